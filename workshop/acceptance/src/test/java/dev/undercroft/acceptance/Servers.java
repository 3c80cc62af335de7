package dev.undercroft.acceptance;

import dev.undercroft.pgcatalog.PostgresScratchServer;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import java.sql.DriverManager;

/** The servers of the testkit as scratch servers. */
final class Servers {

  private Servers() {}

  /** Makes its databases beside the given one. */
  static PostgresScratchServer beside(PostgresDatabase database) {
    return new PostgresScratchServer(name ->
        name.isEmpty()
            ? database.connect()
            : DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                    .formatted(PostgresServer.HOST, database.server().port(), name),
                database.user(),
                database.password()));
  }

  /** The password of the superuser; a server that trusts everybody does not ask for it. */
  static String password() {
    return PostgresServer.PASSWORD;
  }
}
