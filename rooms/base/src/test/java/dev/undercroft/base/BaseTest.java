package dev.undercroft.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "123,123",
    "8kB,8192",
    "8 KB,8192",
    "64MB,67108864",
    "2GiB,2147483648",
    "1t,1099511627776"
  })
  void byte_size_reads_binary_units(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MB", "MB", "1XB", "99999999999999999T"})
  void byte_size_refuses_what_is_not_a_size(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("BASE_NOT_A_SIZE");
              assertThat(e.first().message()).isEqualTo("'" + text + "' is not a size");
              assertThat(e.first().remedy()).contains("64MB");
            });
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "1023,1023 B", "1536,1.5 kB", "10485760,10 MB", "3298534883328,3.0 TB"})
  void byte_size_prints_for_people(long bytes, String text) {
    assertThat(new ByteSize(bytes)).hasToString(text);
  }

  @Test
  void secret_never_prints_itself() {
    Secret secret = Secret.of("correct horse");
    assertThat(secret).hasToString("***");
    assertThat("" + List.of(secret)).doesNotContain("horse");
    assertThat(secret.reveal()).isEqualTo("correct horse");
    assertThat(secret.fingerprint()).hasSize(8).isNotEqualTo(Secret.of("other").fingerprint());
    assertThat(secret).isEqualTo(Secret.of("correct horse")).isNotEqualTo(Secret.of("x"));
  }

  @ParameterizedTest
  @CsvSource({"staus,status", "deplyo,deploy", "migrat,migrate", "stutas,status"})
  void nearest_finds_the_word_that_was_meant(String typed, String meant) {
    assertThat(Nearest.to(typed, List.of("status", "deploy", "migrate", "up"))).contains(meant);
  }

  @Test
  void nearest_stays_silent_when_nothing_is_near() {
    assertThat(Nearest.to("backup", List.of("status", "deploy", "up"))).isEmpty();
  }

  @Test
  void identifier_quotes_its_quotes() {
    assertThat(new Identifier("we\"ird").quoted()).isEqualTo("\"we\"\"ird\"");
    assertThat(new Identifier("é".repeat(32)).isTooLong()).isTrue();
    assertThat(new Identifier("e".repeat(63)).isTooLong()).isFalse();
    assertThatThrownBy(() -> new Identifier("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void problem_keeps_its_context_in_order_and_refuses_a_shapeless_code() {
    Problem problem =
        Problem.of("BASE_SAMPLE", ProblemKind.CONFLICT, "a thing is taken")
            .with("b", 1)
            .with("a", 2);
    assertThat(problem.context().keySet()).containsExactly("b", "a");
    assertThatThrownBy(() -> Problem.of("oops", ProblemKind.INPUT, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
