package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands, links and files that the documents name within their sentences exist. */
class DocumentsTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));
  private static final Pattern COMMAND = Pattern.compile("`(?:\\./)?undercroft ([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
  private static final Pattern BUILD = Pattern.compile("\\./build ([a-z]+)");

  @Test
  void each_command_in_a_sentence_is_one_that_can_be_typed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path document : documents()) {
      COMMAND
          .matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1))
          .filter(line -> !isTypeable(line))
          .forEach(line -> wrong.add(document.getFileName() + ": undercroft " + line));
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isTypeable(String line) {
    List<String> words = List.of(line.split(" ", -1));
    for (int length = Math.min(2, words.size()); length > 0; length--) {
      String path = String.join(" ", words.subList(0, length));
      if (Words.exactly(path).isPresent()) {
        try {
          Parser.parse(Words.verb(path), words.subList(length, words.size()));
          return true;
        } catch (RuntimeException refused) {
          return false;
        }
      }
      if (length == words.size() && !Words.below(path).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void each_link_leads_somewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1))
          .filter(target -> !target.contains("://"))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> dead.add(document.getFileName() + " → " + target));
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void each_part_of_the_build_that_is_named_exists() throws IOException {
    String build = Files.readString(ROOT.resolve("build"));
    for (Path document : documents()) {
      BUILD
          .matcher(Files.readString(document))
          .results()
          .forEach(found ->
              assertThat(build).as(document.toString()).containsPattern("\\b" + found.group(1)));
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "AGENTS.md", "CHANGELOG.md")
                  .map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }
}
