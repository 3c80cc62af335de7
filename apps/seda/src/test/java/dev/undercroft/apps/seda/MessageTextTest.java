package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("   ", "SEDA_MESSAGE_EMPTY"),
        Arguments.of("a".repeat(2001), "SEDA_MESSAGE_TOO_LONG"),
        Arguments.of("🎧".repeat(2001), "SEDA_MESSAGE_TOO_LONG"),
        Arguments.of("one\u0000two", "SEDA_MESSAGE_CONTROL_CHARACTER"),
        Arguments.of("WHAT A TRACK", "SEDA_MESSAGE_SHOUTS"),
        Arguments.of("ДОБРЫЙ ВЕЧЕР", "SEDA_MESSAGE_SHOUTS"),
        Arguments.of("https://a.fm http://b.fm www.c.fm", "SEDA_MESSAGE_LINKS"),
        Arguments.of("You can Buy Followers here", "SEDA_MESSAGE_SPAM"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  void a_text_that_breaks_a_rule_is_refused(String text, String code) {
    var thrown = catchThrowableOfType(ProblemException.class, () -> MessageText.accept(text));
    assertThat(thrown.problems()).extracting(Problem::code).contains(code);
  }

  @Test
  void all_broken_rules_are_named_together() {
    var thrown =
        catchThrowableOfType(
            ProblemException.class,
            () -> MessageText.accept("CLICK HERE HTTP://A.FM HTTP://B.FM HTTP://C.FM"));
    assertThat(thrown.problems())
        .extracting(Problem::code)
        .containsExactly("SEDA_MESSAGE_SHOUTS", "SEDA_MESSAGE_LINKS", "SEDA_MESSAGE_SPAM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "YES YES!",
        "1234567890 1234",
        "Line one\n\tline two",
        "https://a.fm https://b.fm",
        "🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧"
      })
  void a_text_within_the_rules_is_kept(String text) {
    assertThat(MessageText.accept(text)).isEqualTo(text);
  }

  @Test
  void the_longest_text_is_kept() {
    assertThat(MessageText.accept("🎧".repeat(2000))).hasSize(4000);
  }

  @ParameterizedTest
  @CsvSource({
    "what the Fuck is this,what the **** is this",
    "a shitake mushroom,a shitake mushroom",
    "  spare me  ,spare me"
  })
  void listed_words_are_masked(String text, String stored) {
    assertThat(MessageText.accept(text)).isEqualTo(stored);
  }
}
