package dev.undercroft.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong schemas beside the lines and messages with which Prisma 7 refuses them. Prisma stops after
 * the first sort of mistake; here all are told together.
 */
class PrismaErrorsTest {

  static Stream<String> cases() {
    try {
      return Arrays.stream(
          Files.readString(Path.of("src/test/golden/errors.txt")).split("\n====\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void what_prisma_refuses_is_refused_in_its_words(String text) {
    String schema = text.substring(0, text.indexOf("\n--\n"));
    Set<String> wanted =
        new TreeSet<>(text.substring(schema.length() + "\n--\n".length()).strip().lines().toList());
    assertThat(messages(schema)).containsAll(wanted);
  }

  /** The line and the first line of each message. */
  private static Set<String> messages(String schema) {
    Set<String> messages = new TreeSet<>();
    try {
      PrismaSchema.toSql("s", List.of(new SqlSource("s", schema)));
    } catch (ProblemException refused) {
      for (Problem problem : refused.problems()) {
        messages.add(
            problem
                .message()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^s:(\\d+):\\d+: ", "$1 ")
                .replaceFirst("(Parse error: .*) \\(.*", "$1"));
      }
    }
    return messages;
  }
}
