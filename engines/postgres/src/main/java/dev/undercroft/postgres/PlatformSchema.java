package dev.undercroft.postgres;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The statements that install the platform's schema in a project's database. Stateless. */
public final class PlatformSchema {

  private static final String RESOURCE = "platform.sql";

  private PlatformSchema() {}

  /** In the order in which they must run; running them again changes nothing. */
  public static List<String> statements() {
    try (InputStream in = PlatformSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is not in the program");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Script.read(new SqlSource(RESOURCE, text), Dialect.POSTGRESQL)
          .orThrow()
          .statements()
          .stream()
          .map(Statement::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
