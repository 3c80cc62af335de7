package dev.undercroft.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  private static String excerpt(String text, String mark) {
    return Excerpt.of(new SqlSource("f.sql", text), text.indexOf(mark));
  }

  @Test
  void shows_file_line_column_the_line_and_a_caret() {
    assertThat(excerpt("a\nb\r\nselect wrong;\nd", "wrong"))
        .isEqualTo("f.sql:3:8\n3 | select wrong;\n  |        ^");
  }

  @Test
  void the_caret_stands_right_behind_tabs_wide_and_combining_characters() {
    assertThat(excerpt("\tx wrong", "wrong")).endsWith("1 |     x wrong\n  |       ^");
    assertThat(excerpt("'日本' wrong", "wrong")).endsWith("1 | '日本' wrong\n  |        ^");
    assertThat(excerpt("'e\u0301' wrong", "wrong")).endsWith("\n  |     ^");
    assertThat(excerpt("'🎧' wrong", "wrong")).startsWith("f.sql:1:5\n").endsWith("\n  |      ^");
  }

  @Test
  void of_a_very_long_line_only_the_part_around_the_place_is_shown() {
    String text = "a".repeat(5000) + " wrong " + "b".repeat(5000);
    String[] lines = excerpt(text, "wrong").split("\n", -1);
    assertThat(lines[0]).isEqualTo("f.sql:1:5002");
    assertThat(lines[1]).hasSizeLessThan(130).contains(" wrong ").startsWith("1 | …").endsWith("…");
    assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("wrong"));
  }

  @Test
  void what_a_terminal_would_obey_is_not_passed_on() {
    assertThat(excerpt("a\u001b[31m\u202eb wrong", "wrong"))
        .contains("a\uFFFD[31m\uFFFDb wrong")
        .doesNotContain("\u001b");
  }

  @Test
  void the_end_of_a_text_is_a_place() {
    assertThat(Excerpt.of(new SqlSource("f", "select"), 6))
        .isEqualTo("f:1:7\n1 | select\n  |       ^");
    assertThat(Excerpt.of(new SqlSource("f", ""), 0)).isEqualTo("f:1:1\n1 | \n  | ^");
  }
}
