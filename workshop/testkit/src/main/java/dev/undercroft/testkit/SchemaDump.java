package dev.undercroft.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code pg_dump} says about the definitions in a database on PostgreSQL 15. */
public final class SchemaDump {

  private SchemaDump() {}

  /**
   * The lines of {@code pg_dump --schema-only}, sorted, without empty ones and comments.
   *
   * @throws AssertionError if the dump fails
   */
  public static List<String> of(PostgresDatabase database)
      throws IOException, InterruptedException {
    String program = PostgresVersion.V15.binaries().program("pg_dump").toString();
    ProcessBuilder builder =
        new ProcessBuilder(program, "--schema-only", "--dbname", database.url());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("pg_dump failed: " + text);
    }
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.startsWith("\\"))
        .sorted()
        .toList();
  }
}
