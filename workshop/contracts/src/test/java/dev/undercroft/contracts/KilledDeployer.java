package dev.undercroft.contracts;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.sqlite.SqliteConnections;
import dev.undercroft.sqlite.SqliteMigrationDialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * A deployer in a process of its own, to be killed: says each step it reaches, and at one of them
 * stops for ever.
 */
final class KilledDeployer {

  private KilledDeployer() {}

  /**
   * Arguments: project folder, at which step to stop (0 stops nowhere), and either port, database,
   * user and password, or the file of an SQLite database.
   */
  public static void main(String[] args) {
    int stop = Integer.parseInt(args[1]);
    int[] step = {0};
    new Migrations(
            args.length == 3 ? sqlite(Path.of(args[2])) : postgres(args),
            MigrationLayout.of(Path.of(args[0])),
            MigrationOptions.DEFAULT.withAppliedBy("killed"))
        .deploy((what, done, total) -> {
          step[0]++;
          System.out.println("step " + step[0] + " " + what);
          if (step[0] == stop) {
            System.out.println("stopped");
            waitToBeKilled();
          }
        });
    System.out.println("finished");
  }

  private static MigrationDialect postgres(String[] args) {
    return PostgresTarget.dialect(
        new PostgresAddress(
            List.of(new HostPort("127.0.0.1", Integer.parseInt(args[2]))),
            args[3],
            args[4],
            Secret.of(args[5]),
            Map.of()));
  }

  private static MigrationDialect sqlite(Path file) {
    SqliteAddress address =
        new SqliteAddress(
            file,
            SqliteAddress.Mode.CREATE,
            SqliteAddress.DEFAULT_BUSY_TIMEOUT,
            OptionalInt.empty());
    return new SqliteMigrationDialect(new SqliteConnections(address), address);
  }

  private static void waitToBeKilled() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
