package dev.undercroft.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backups.FaultyProxy.Fault;
import dev.undercroft.backups.FaultyProxy.Kind;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Destination;
import dev.undercroft.platform.BackupCommand.Method;
import dev.undercroft.platform.BackupCommand.Moment;
import dev.undercroft.platform.BackupCommand.ReadBack;
import dev.undercroft.platform.BackupCommand.Recovery;
import dev.undercroft.platform.Scope;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups into a bucket whose server does not always do as it should. */
class FaultyBucketTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .with("summarize_wal", "on")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  /** More often than the client tries again. */
  private static final int ALWAYS = 100;

  @TempDir private Path folder;
  private FaultyProxy proxy;
  private ClusterBackups backups;
  private Scope scope;

  @Test
  @Tag("CP-037")
  void a_bucket_that_misbehaves_for_a_moment_is_borne_and_longer_is_told() throws Exception {
    FaultTable faults = new FaultTable("An S3 server that misbehaves");
    try (S3Bucket bucket = S3Bucket.start(folder);
        FaultyProxy between = FaultyProxy.before(bucket.endpoint());
        PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      proxy = between;
      backups = new ClusterBackups(remote(server), InstantSource.system());
      scope = scope();
      create();
      for (Fault each :
          List.of(
              new Fault(Kind.BROKEN, "PUT", "packs", 1),
              new Fault(Kind.BUSY, "PUT", "packs", 2),
              new Fault(Kind.SILENT, "PUT", "keys", 1),
              new Fault(Kind.SLOW, "GET", "packs", 2),
              new Fault(Kind.BUSY, "GET", "manifest", 1))) {
        borne(faults, each);
      }
      lasting(faults);
      restoring(faults);
    }
    faults.complete();
  }

  private void create() {
    BackupAnswer.Made made =
        (BackupAnswer.Made)
            backups.run(
                new BackupCommand.Create(scope, Method.AUTOMATIC, ReadBack.YES), Progress.NONE);
    assertThat(made.backup().state()).isEqualTo(BackupAnswer.State.VERIFIED);
  }

  private int count() {
    return ((BackupAnswer.Listing) backups.run(new BackupCommand.Listing(scope), Progress.NONE))
        .backups()
        .size();
  }

  private void borne(FaultTable faults, Fault fault) {
    String name = text(fault) + ", " + fault.times() + (fault.times() == 1 ? " time" : " times");
    faults.expect(name, "tried again; the backup succeeds and is read back sound");
    proxy.set(fault);
    create();
    assertThat(proxy.fired()).as(name).isEqualTo(fault.times());
    for (int i = 0; i < fault.times(); i++) {
      faults.fired(name);
    }
  }

  private static String text(Fault fault) {
    String what =
        switch (fault.kind()) {
          case BROKEN -> "500";
          case BUSY -> "503";
          case SLOW -> "an answer that drips";
          case TRUNCATED -> "an answer cut in the middle";
          case SILENT -> "no answer although it was done";
        };
    return what + " to " + fault.method() + " of " + fault.path();
  }

  private void lasting(FaultTable faults) {
    String name = "503 to every PUT of packs";
    faults.expect(name, "the backup fails, says which bucket and why, and does not exist");
    int before = count();
    proxy.set(new Fault(Kind.BUSY, "PUT", "packs", ALWAYS));
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("BACKUP_PLACE_UNUSABLE");
              assertThat(e.first().message()).contains("s3://backups/shop");
            });
    assertThat(proxy.fired()).isPositive();
    faults.fired(name);
    proxy.set(new Fault(Kind.BUSY, "NONE", "", 0));
    assertThat(count()).isEqualTo(before);
    create();
  }

  private void restoring(FaultTable faults) {
    String name = "every answer to GET of packs cut in the middle";
    faults.expect(name, "the restore fails; no pg_control in the target; the next one succeeds");
    proxy.set(new Fault(Kind.TRUNCATED, "GET", "packs", ALWAYS));
    Path half = folder.resolve("half");
    assertThatThrownBy(() -> restore(half)).isInstanceOf(ProblemException.class);
    assertThat(proxy.fired()).isPositive();
    assertThat(half.resolve("data/global/pg_control")).doesNotExist();
    assertThat(half.resolve("global/pg_control")).doesNotExist();
    faults.fired(name);
    proxy.set(new Fault(Kind.BUSY, "NONE", "", 0));
    assertThat(restore(folder.resolve("whole")).recovered()).isTrue();
  }

  private BackupAnswer.Restored restore(Path into) {
    return (BackupAnswer.Restored)
        backups.run(
            new BackupCommand.Restore(
                scope, Moment.latest(), new Destination(Optional.of(into), Map.of(), Recovery.RUN)),
            Progress.NONE);
  }

  private Scope scope() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("undercroft.toml"), "[project]\nname = \"shop\"\n");
    return Scope.of(project);
  }

  private RemoteServer remote(PostgresServer server) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("BACKUP_REPOSITORY", "s3://" + S3Bucket.NAME + "/shop");
    variables.put("BACKUP_S3_ENDPOINT", proxy.endpoint().toString());
    variables.put("BACKUP_S3_ACCESS_KEY", S3Bucket.ACCESS_KEY);
    variables.put("BACKUP_S3_SECRET_KEY", S3Bucket.SECRET_KEY);
    variables.put("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07");
    return new RemoteServer(
        RemoteServer.address(server, PostgresServer.USER, PostgresServer.PASSWORD), variables);
  }
}
