package dev.undercroft.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Destination;
import dev.undercroft.platform.BackupCommand.Method;
import dev.undercroft.platform.BackupCommand.Moment;
import dev.undercroft.platform.BackupCommand.ReadBack;
import dev.undercroft.platform.BackupCommand.Recovery;
import dev.undercroft.platform.Scope;
import dev.undercroft.testkit.GcsServer;
import dev.undercroft.testkit.OpenFolder;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository in a bucket: with the key alone it is enough to get everything back. */
class BucketBackupTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .with("summarize_wal", "on")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  @TempDir(factory = OpenFolder.class)
  private Path folder;

  @Test
  @Tag("CP-037")
  @Tag("CP-154")
  @Tag("CP-151")
  void the_bucket_and_the_key_alone_bring_a_lost_server_back() throws Exception {
    try (S3Bucket bucket = S3Bucket.start(folder)) {
      comesBack(
          "s3://" + S3Bucket.NAME + "/shop",
          Map.of(
              "BACKUP_S3_ENDPOINT",
              bucket.endpoint().toString(),
              "BACKUP_S3_ACCESS_KEY",
              S3Bucket.ACCESS_KEY,
              "BACKUP_S3_SECRET_KEY",
              S3Bucket.SECRET_KEY));
    }
  }

  @Test
  @Tag("CP-038")
  @Tag("CP-053")
  @Tag("CP-154")
  void so_do_a_bucket_of_google_and_the_key() throws Exception {
    try (GcsServer google = GcsServer.start()) {
      comesBack(
          "gs://" + GcsServer.BUCKET + "/shop",
          Map.of(
              "BACKUP_GCS_ENDPOINT",
              google.endpoint().toString(),
              "BACKUP_GCS_KEY_FILE",
              google.keyFile(folder).toString()));
      assertThat(google.names()).isNotEmpty().allMatch(name -> name.startsWith("shop/"));
    }
  }

  private void comesBack(String place, Map<String, String> access) throws Exception {
    RemoteServer remote = null;
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      execute(server, "create table item as select g from generate_series(1, 700) g");
      remote =
          new RemoteServer(
              RemoteServer.address(server, PostgresServer.USER, PostgresServer.PASSWORD),
              variables(place, access, "ab".repeat(31) + "07"));
      ClusterBackups backups = new ClusterBackups(remote, InstantSource.system());
      Scope here = scope("here");
      backups.run(new BackupCommand.Create(here, Method.FULL, ReadBack.YES), Progress.NONE);
      execute(server, "insert into item values (701)");
      BackupAnswer answer =
          backups.run(
              new BackupCommand.Create(here, Method.INCREMENTAL, ReadBack.YES), Progress.NONE);
      assertThat(((BackupAnswer.Made) answer).repository()).isEqualTo(place);
    }
    Scope elsewhere = scope("elsewhere");
    BackupAnswer restored =
        new ClusterBackups(remote, InstantSource.system())
            .run(
                new BackupCommand.Restore(
                    elsewhere,
                    Moment.latest(),
                    new Destination(Optional.of(folder.resolve("copy")), Map.of(), Recovery.RUN)),
                Progress.NONE);
    assertThat(((BackupAnswer.Restored) restored).recovered()).isTrue();
    assertThat(rowsIn(folder.resolve("copy"))).isEqualTo(701);
    RemoteServer guessing =
        new RemoteServer(remote.address(), variables(place, access, "ba".repeat(31) + "70"));
    assertThatThrownBy(() ->
            new ClusterBackups(guessing, InstantSource.system())
                .run(new BackupCommand.Listing(elsewhere), Progress.NONE))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().message()).doesNotContain("ba".repeat(31)));
  }

  /** What the copy itself answers, long after the original is gone. */
  private static long rowsIn(Path copy) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.in(copy), Progress.NONE);
        Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/postgres".formatted(server.host(), server.port()),
                PostgresServer.USER,
                PostgresServer.PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from item")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Scope scope(String name) throws Exception {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("undercroft.toml"), "[project]\nname = \"shop\"\n");
    return Scope.of(project);
  }

  private static Map<String, String> variables(
      String place, Map<String, String> access, String key) {
    Map<String, String> all = new TreeMap<>(access);
    all.put("BACKUP_REPOSITORY", place);
    all.put("BACKUP_ENCRYPTION_KEY", key);
    return all;
  }

  private static void execute(PostgresServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
