package dev.undercroft.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {

  @Test
  void what_went_stands_before_what_came() {
    assertThat(LineDifference.of("a\nb\nc\n", "a\nx\ny\nc\n"))
        .isEqualTo("@@ line 2 @@\n- b\n+ x\n+ y");
    assertThat(LineDifference.of("a\nb\n", "a\n")).isEqualTo("@@ line 2 @@\n- b");
    assertThat(LineDifference.of("", "a\n")).isEqualTo("@@ line 1 @@\n+ a");
    assertThat(LineDifference.of("a\na\n", "a\na\na\n")).isEqualTo("@@ line 3 @@\n+ a");
    assertThat(LineDifference.of("a", "a\n"))
        .isEqualTo("the lines are the same; the file's end differs");
  }

  @Test
  void a_long_difference_is_cut_and_says_so() {
    String many =
        IntStream.range(0, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    String shown = LineDifference.of(many, "x".repeat(1000));
    assertThat(shown.lines()).hasSizeLessThan(25);
    assertThat(shown).contains("- … and 80 more").contains("xxx…");
  }

  @Test
  void changes_far_from_each_other_are_shown_apart() {
    assertThat(LineDifference.of("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\nf\n"))
        .isEqualTo("@@ line 2 @@\n- b\n+ B\n@@ line 6 @@\n+ f");
  }
}
