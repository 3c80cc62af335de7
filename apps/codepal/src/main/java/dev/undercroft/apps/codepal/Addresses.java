package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.PasswordPolicy;
import dev.undercroft.identity.Passwords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What mail addresses, names and passwords of people may be like. Pure. */
final class Addresses {

  private static final int LONGEST = 255;
  private static final int LONGEST_NAME = 100;
  private static final int SHORTEST_PASSWORD = 8;
  private static final Pattern FORM =
      Pattern.compile(
          "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]+"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}]{2,63}");
  private static final PasswordPolicy PASSWORDS =
      new PasswordPolicy(
          SHORTEST_PASSWORD,
          Passwords.LONGEST,
          Set.of(),
          Set.of(PasswordPolicy.Refusal.COMMON, PasswordPolicy.Refusal.SINGLE_CHARACTER));

  private Addresses() {}

  /** One form of an address, by which it is stored and looked for. */
  static String normal(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with an address in normal form. */
  static Optional<Problem> wrong(String address) {
    return address.length() <= LONGEST && FORM.matcher(address).matches()
        ? Optional.empty()
        : Optional.of(
            Problem.of("CODEPAL_EMAIL", ProblemKind.INPUT, "this is no mail address")
                .withRemedy("Write it like name@example.com.")
                .with("pointer", "/email"));
  }

  /** What is wrong with a name for people. */
  static Optional<Problem> wrongName(String name) {
    return Texts.wrongLine(name.strip(), "/name", new Texts.Length(1, LONGEST_NAME));
  }

  /** Everything that is wrong with a new password. */
  static List<Problem> wrongPassword(Secret password, String address) {
    return PASSWORDS.problems(password, List.of(address)).stream()
        .map(problem -> problem.with("pointer", "/password"))
        .toList();
  }
}
