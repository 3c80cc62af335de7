package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.PasswordPolicy.CharacterClass;
import dev.undercroft.identity.PasswordPolicy.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final PasswordPolicy STRICT =
      new PasswordPolicy(8, 128, EnumSet.allOf(CharacterClass.class), EnumSet.allOf(Refusal.class));

  @ParameterizedTest
  @CsvSource({
    "Va!id7words,''",
    "Sh0rt!,SHORT",
    "no-upper-7x,UPPER",
    "NO-LOWER-7X,LOWER",
    "No-Digit-Here,DIGIT",
    "NoSpecial77x,SPECIAL",
    "abcD!7xyzzy,SEQUENCE",
    "321Go!now-then,SEQUENCE",
    "Password1!,COMMON",
    "P@ssw0rd99!,COMMON",
    "Anna.Berg!1,COMMON",
  })
  void each_rule_is_named(String password, String expected) {
    assertThat(codes(STRICT, password)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456",
        "qwerty",
        "qwertyuiop",
        "1qaz2wsx",
        "iloveyou",
        "dragon123",
        "monkeymonkey",
        "letmein!",
        "asdfghjkl",
        "qwerty123456",
        "aaaaaaaa",
        "zxcvbnm,./1",
        "Football2024",
        "abcdefgh",
        "trustno1",
        "$h@d0w"
      })
  void passwords_that_are_tried_first_are_known(String password) {
    PasswordPolicy list = new PasswordPolicy(1, 64, Set.of(), Set.of(Refusal.COMMON));
    assertThat(codes(list, password)).isEqualTo("COMMON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"correct horse battery staple", "tide-marble-Quay-9", "Grüße vom Rhein", "8fK2!x"})
  void others_are_not(String password) {
    PasswordPolicy list = new PasswordPolicy(1, 64, Set.of(), Set.of(Refusal.COMMON));
    assertThat(codes(list, password)).isEmpty();
  }

  @Test
  void length_counts_characters_not_bytes_and_all_problems_come_together() {
    assertThat(codes(new PasswordPolicy(4, 4, Set.of(), Set.of()), "😀😀ü€")).isEmpty();
    assertThat(codes(STRICT, "aaa")).isEqualTo("SHORT UPPER DIGIT SPECIAL SINGLE COMMON");
  }

  private static String codes(PasswordPolicy policy, String password) {
    List<Problem> problems = policy.problems(Secret.of(password), List.of("anna.berg@example.com"));
    assertThat(problems).noneMatch(problem -> problem.toString().contains(password));
    return String.join(
        " ",
        problems.stream()
            .map(problem -> problem.code().substring("IDENTITY_PASSWORD_".length()))
            .toList());
  }
}
