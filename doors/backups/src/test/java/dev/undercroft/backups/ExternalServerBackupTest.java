package dev.undercroft.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Destination;
import dev.undercroft.platform.BackupCommand.Method;
import dev.undercroft.platform.BackupCommand.Moment;
import dev.undercroft.platform.BackupCommand.ReadBack;
import dev.undercroft.platform.BackupCommand.Recovery;
import dev.undercroft.platform.Scope;
import dev.undercroft.testkit.OpenFolder;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that somebody else runs, backed up by a role with no more rights than documented. */
class ExternalServerBackupTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  @TempDir(factory = OpenFolder.class)
  private Path folder;

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  @Tag("CP-139")
  void the_documented_role_backs_up_and_the_copy_answers_it(PostgresVersion version)
      throws Exception {
    Files.writeString(folder.resolve("undercroft.toml"), "[project]\nname = \"shop\"\n");
    Scope scope = Scope.of(folder);
    try (PostgresServer server = PostgresServer.start(version, OPTIONS)) {
      for (String statement : documentedRole()) {
        execute(server, statement);
      }
      execute(server, "create table item as select g from generate_series(1, 500) g");
      RemoteServer remote =
          new RemoteServer(RemoteServer.address(server, "backup", "secret of the test"), Map.of());
      ClusterBackups backups = new ClusterBackups(remote, InstantSource.system());
      BackupAnswer.Made made =
          (BackupAnswer.Made)
              backups.run(
                  new BackupCommand.Create(scope, Method.AUTOMATIC, ReadBack.YES), Progress.NONE);
      assertThat(made.backup().state()).isEqualTo(BackupAnswer.State.VERIFIED);
      BackupAnswer.Restored restored =
          (BackupAnswer.Restored)
              backups.run(
                  new BackupCommand.Restore(
                      scope,
                      Moment.latest(),
                      new Destination(Optional.of(folder.resolve("copy")), Map.of(), Recovery.RUN)),
                  Progress.NONE);
      assertThat(restored.databases()).contains("postgres");
      BackupAnswer.Drilled drilled =
          (BackupAnswer.Drilled) backups.run(new BackupCommand.Drill(scope), Progress.NONE);
      assertThat(drilled.checks())
          .extracting(BackupAnswer.Check::found)
          .anyMatch(found -> found.startsWith("500 rows"));
    }
  }

  /** Word for word what the manual says. */
  private static List<String> documentedRole() throws Exception {
    String manual =
        Files.readString(Path.of(System.getProperty("undercroft.root"), "docs", "backup.md"));
    String sql = manual.substring(manual.indexOf("```sql") + 6);
    return Stream.of(sql.substring(0, sql.indexOf("```")).split(";"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .map(statement -> statement.replace("'…'", "'secret of the test'"))
        .toList();
  }

  private static void execute(PostgresServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
