package dev.undercroft.bench;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.bench.MigrationBench.Tool;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.PostgresMigrationDialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/** One deploy of one tool; prints how long the call took. */
public final class MigrationBenchRun {

  private MigrationBenchRun() {}

  /** Arguments: tool, host, port, database, user, folder; the password is in {@code PGPASSWORD}. */
  public static void main(String[] args) {
    String password = Objects.requireNonNull(System.getenv("PGPASSWORD"));
    int port = Integer.parseInt(args[2]);
    Path folder = Path.of(args[5]);
    long start = System.nanoTime();
    if (Tool.valueOf(args[0]) == Tool.FLYWAY) {
      Flyway.configure()
          .dataSource(
              "jdbc:postgresql://" + args[1] + ":" + port + "/" + args[3], args[4], password)
          .locations("filesystem:" + folder.resolve("flyway"))
          .load()
          .migrate();
    } else {
      PostgresAddress address =
          new PostgresAddress(
              List.of(new HostPort(args[1], port)),
              args[3],
              args[4],
              Secret.of(password),
              Map.of());
      new Migrations(
              new PostgresMigrationDialect(
                  new PostgresConnections(address, "undercroft bench"), address),
              MigrationLayout.of(folder.resolve("ours")),
              MigrationOptions.DEFAULT)
          .deploy(Progress.NONE);
    }
    System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
  }
}
