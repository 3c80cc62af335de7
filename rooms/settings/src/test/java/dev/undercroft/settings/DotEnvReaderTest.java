package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvReaderTest {

  private static DotEnv read(String text) {
    return DotEnvReader.read(".env", text, Map.of("HOME", "/home/me"), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0007',
      value = {
        "A=b|b",
        "A = b c |b c",
        "export A=b|b",
        "A=b # comment|b",
        "A=|''",
        "A=''|''",
        "A= # only a comment|''",
        "A='it $HOME \\n'|it $HOME \\n",
        "A=\"two\\nlines\"|two\\u000alines",
        "A=\"a \\\"quote\\\" and \\\\ and \\$HOME\"|a \"quote\" and \\ and $HOME",
        "A=$HOME/x|/home/me/x",
        "A=${HOME}/x|/home/me/x",
        "A=${NONE:-other}|other",
        "A=\"${HOME} is home\" # really|/home/me is home",
        "A=`a 'b' \"c\"`|a 'b' \"c\"",
        "A=C:\\dir\\new|C:\\dir\\new",
        "A=a=b|a=b",
        "A=postgres://u:p@h:5432/d?x=1&y=2|postgres://u:p@h:5432/d?x=1&y=2"
      })
  void values_are_read_as_users_expect(String line, String expected) {
    DotEnv read = read(line);
    assertThat(read.problems()).isEmpty();
    assertThat(read.values().get("A").text())
        .isEqualTo(expected.equals("''") ? "" : expected.replace("\\u000a", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0007',
      value = {
        "A|is not followed by =",
        "=b|a name was expected",
        "A=\"open|never closed",
        "A='x'y|follows the closing quote",
        "A=pass#word|# stands inside",
        "A=\"\\q\"|means nothing",
        "A=$NONE|refers to NONE",
        "A=${|not followed by a name",
        "export A|is not followed by ="
      })
  void errors_name_the_line_and_what_to_do(String line, String expected) {
    DotEnv read = read("# first\n" + line + "\nB=2\n");
    assertThat(read.problems()).hasSize(1);
    Problem problem = read.problems().getFirst();
    assertThat(problem.message()).startsWith(".env line 2: ").contains(expected);
    assertThat(problem.remedy()).isNotEmpty();
  }

  @Test
  void every_error_is_reported_and_no_value_appears_in_one() {
    DotEnv read = read("A=hidden#value\nB='hidden' value\nC=1\nC=hidden\nD=\"hidden\n");
    assertThat(read.problems()).hasSize(4);
    assertThat(read.problems().toString()).doesNotContain("hidden");
    assertThat(read.values().get("C").text()).isEqualTo("1");
  }

  @Test
  void quoted_values_span_lines_and_later_lines_keep_their_numbers() {
    DotEnv read = read("KEY='-----BEGIN\r\nabc\r\n-----END'\r\nNEXT=1");
    assertThat(read.values().get("KEY").text()).isEqualTo("-----BEGIN\nabc\n-----END");
    assertThat(read.values().get("NEXT").line()).isEqualTo(4);
  }

  @Test
  void a_value_may_refer_to_an_earlier_one_and_the_process_wins() {
    DotEnv read = read("USER_NAME=me\nHOME=/other\nA=${USER_NAME}@$HOME");
    assertThat(read.values().get("A").text()).isEqualTo("me@/home/me");
  }
}
