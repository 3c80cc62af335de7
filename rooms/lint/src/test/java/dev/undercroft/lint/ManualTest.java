package dev.undercroft.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule stands in the manual as it is in the code, and its examples are judged as it says. */
class ManualTest {

  static Stream<Manual> ofFiles() {
    return Manual.read().stream().filter(one -> Rule.of(one.code()).orElseThrow().isOfFiles());
  }

  private static List<String> codes(String example) {
    List<SqlSource> migrations =
        Manual.migrations(example).stream().map(text -> new SqlSource("m.sql", text)).toList();
    return new Linter(Dialect.POSTGRESQL)
        .read(List.of(), migrations).stream().map(finding -> finding.rule().code()).toList();
  }

  @Test
  void every_rule_has_one_section_with_its_severity_and_its_remedy() {
    List<Manual> manual = Manual.read();
    assertThat(manual.stream().map(Manual::code))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Rule.values()).map(Rule::code).toList());
    for (Manual one : manual) {
      Rule rule = Rule.of(one.code()).orElseThrow();
      assertThat(one.severity())
          .as(one.code())
          .isEqualTo(rule.severity().name().toLowerCase(Locale.ROOT));
      assertThat(one.remedy()).as(one.code()).isEqualTo(rule.remedy());
    }
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void the_bad_example_is_found(Manual rule) {
    assertThat(codes(rule.examples().getFirst())).contains(rule.code());
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void the_better_example_is_not(Manual rule) {
    if (!rule.code().equals("syntax")) {
      assertThat(codes(rule.examples().getLast())).doesNotContain(rule.code());
    }
  }
}
