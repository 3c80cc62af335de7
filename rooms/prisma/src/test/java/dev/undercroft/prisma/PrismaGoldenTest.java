package dev.undercroft.prisma;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Schemas of our own beside the statements that Prisma 7's schema engine makes of them in an empty
 * database, without its comments. The order of statements is nobody's promise. Extensions that a
 * schema uses and does not name are left to migrations there; here they are made.
 */
class PrismaGoldenTest {

  private static final Path GOLDEN = Path.of("src/test/golden");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".prisma"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Set<String> statements(String sql) {
    Set<String> statements = new TreeSet<>();
    Arrays.stream(sql.split(";\\s*\\n"))
        .map(one ->
            one.replaceAll("\\s+", " ")
                .replace("\"public\".", "")
                .replaceAll(" ?([(),]) ?", "$1")
                .strip())
        .filter(one -> !one.isEmpty())
        .forEach(statements::add);
    return statements;
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_schema_means_what_prisma_makes_of_it(String name) {
    String wanted = read(name.replace(".prisma", ".sql"));
    String ours = PrismaSchema.toSql(name, List.of(new SqlSource(name, read(name)))).text();
    Set<String> known = statements(wanted);
    Set<String> said = statements(ours);
    said.removeIf(one -> one.startsWith("CREATE EXTENSION") && !known.contains(one));
    assertThat(said).containsExactlyElementsOf(known);
  }

  private static String read(String name) {
    try {
      return Files.readString(GOLDEN.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
