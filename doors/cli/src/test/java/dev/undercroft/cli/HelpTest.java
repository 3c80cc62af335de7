package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir private Path folder;

  static List<String> words() {
    return Words.ALL.stream().map(Word::path).toList();
  }

  static List<String> examples() {
    List<String> examples = new ArrayList<>();
    for (Word word : Words.ALL) {
      Words.verb(word.path()).examples().forEach(example -> examples.add(example.command()));
    }
    Matcher inRoot =
        Pattern.compile("(?m)^  (undercroft [a-z].*)$")
            .matcher(Help.root(new Call.Screen(false, 80, Style.PLAIN)));
    while (inRoot.find()) {
      examples.add(inRoot.group(1));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("words")
  void the_help_of_each_command_is_as_written_down(String path) {
    Desk desk = new Desk(folder);
    String[] words = (path + " --help").split(" ", -1);
    assertThat(desk.run(words)).isZero();
    Golden.check("help/" + path.replace(' ', '-') + ".txt", desk.out());
    assertThat(desk.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(desk.platformsMade()).isZero();
  }

  @Test
  void the_first_page_and_the_page_of_a_group_are_as_written_down() {
    Desk desk = new Desk(folder);
    assertThat(desk.run()).isZero();
    String first = desk.out();
    Golden.check("help/first-page.txt", first);
    assertThat(desk.run("--help")).isZero();
    assertThat(desk.out()).isEqualTo(first);
    assertThat(desk.run("migrate")).isZero();
    Golden.check("help/group-migrate.txt", desk.out());
    assertThat(desk.run("help", "migrate", "deploy")).isZero();
    Golden.check("help/migrate-deploy.txt", desk.out());
  }

  @ParameterizedTest
  @MethodSource("words")
  void each_command_has_an_example_that_begins_with_itself(String path) {
    assertThat(Words.verb(path).path()).isEqualTo(path);
    assertThat(Words.verb(path).examples())
        .isNotEmpty()
        .allMatch(example -> example.command().startsWith("undercroft " + path));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void each_example_runs(String example) throws IOException {
    Desk desk = new Desk(folder);
    desk.variables.put("PATH", folder.resolve("bin").toString());
    Path psql = folder.resolve("bin/psql");
    Files.createDirectories(psql.getParent());
    Files.writeString(psql, "#!/bin/sh\nexit 0\n");
    assertThat(psql.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("plan.json"), JsonAnswer.of(CannedPlatform.schemaPlan()));
    Matcher matcher = ARGUMENT.matcher(example);
    List<String> arguments = new ArrayList<>();
    while (matcher.find()) {
      arguments.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    assertThat(arguments.removeFirst()).isEqualTo("undercroft");
    assertThat(desk.run(arguments.toArray(new String[0])))
        .as("%s%n%s", example, desk.err())
        .isZero();
  }
}
