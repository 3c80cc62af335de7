package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Verification;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, versions, names and holders that are not what they should be. */
class RepositoryFaultsTest {

  private static final String WRONG_KEY = "another key than the repository's";
  private static final String NO_KEY = "no key for an encrypted repository";
  private static final String KEY_FOR_PLAIN = "a key for a repository that is not encrypted";
  private static final String ROTATED = "the key rotated and the old one taken away";
  private static final String LOST = "the folder of the wrapped keys lost";
  private static final String NEWER = "a repository written by a newer version";
  private static final String AMBIGUOUS = "the beginning of two backups' ids";
  private static final String UNKNOWN = "an id that does not exist";
  private static final String SCHEDULERS = "two processes back up at once";
  private static final String SLOT = "the replication slot dropped and the log gone";
  private static final String FUTURE = "a target that nothing reaches";

  @TempDir private Path folder;

  @Test
  @Tag("CP-035")
  void what_does_not_fit_is_refused_by_name_and_nothing_is_lost() throws Exception {
    FaultTable faults = announced();
    try (PostgresServer server =
        PostgresServer.start(PostgresVersion.V18, Rig.options(PostgresVersion.V18))) {
      Rig rig = new Rig(server.port());
      BackupSummary first = rig.backUpVerified(repository(Rig.keys()));
      rig.backUpVerified(repository(Rig.keys()));
      names(faults, first);
      schedulers(rig, faults);
      keys(faults, first);
      newer(faults);
      slot(rig, faults);
    }
    faults.complete();
  }

  private static FaultTable announced() {
    return new FaultTable("What does not fit")
        .expect(WRONG_KEY, "STORAGE_KEY_MISSING with the id of the key that is needed")
        .expect(NO_KEY, "BACKUP_REPOSITORY_ENCRYPTED")
        .expect(
            KEY_FOR_PLAIN, "BACKUP_REPOSITORY_PLAIN: nothing is written in the clear beside a key")
        .expect(ROTATED, "everything opens with the new key alone; no data was written again")
        .expect(LOST, "BACKUP_KEY_LOST, and what to bring back")
        .expect(NEWER, "BACKUP_REPOSITORY_NEWER; nothing is written")
        .expect(AMBIGUOUS, "BACKUP_AMBIGUOUS with both ids")
        .expect(UNKNOWN, "BACKUP_UNKNOWN")
        .expect(
            SCHEDULERS, "BACKUP_LEASE_HELD with the process that has the right; the first succeeds")
        .expect(
            SLOT,
            "BACKUP_WAL_LOST is told; moments in the gap are refused; the next backup ends it")
        .expect(FUTURE, "BACKUP_TARGET_UNREACHABLE with what can be reached");
  }

  private Path store() {
    return folder.resolve("repository");
  }

  private Repository repository(KeyRing keys) throws IOException {
    return Repository.open(new DiskBlobStore(store()), keys);
  }

  private static ProblemException refused(String code, ThrowingCallable work) {
    ProblemException[] told = new ProblemException[1];
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo(code);
              assertThat(e.first().remedy()).isNotBlank();
              told[0] = e;
            });
    return told[0];
  }

  private void names(FaultTable faults, BackupSummary first) throws Exception {
    BackupCatalog catalog = new BackupCatalog(repository(Rig.keys()));
    ProblemException both = refused("BACKUP_AMBIGUOUS", () -> catalog.require("backup-"));
    assertThat(both.first().detail()).contains(first.id()).hasLineCount(2);
    faults.fired(AMBIGUOUS);
    refused("BACKUP_UNKNOWN", () -> catalog.require("backup-1999"));
    refused("BACKUP_UNKNOWN", () -> catalog.require(""));
    faults.fired(UNKNOWN);
    assertThat(catalog.require(first.id()).id()).isEqualTo(first.id());
    refused(
        "BACKUP_TARGET_UNREACHABLE",
        () ->
            new RestorePlanner(repository(Rig.keys()))
                .plan(RestoreWish.of(new RecoveryTarget.AtTime(Instant.now().plusSeconds(9999)))));
    faults.fired(FUTURE);
  }

  private void schedulers(Rig rig, FaultTable faults) throws Exception {
    boolean[] tried = {false};
    Progress hook =
        (step, done, total) -> {
          if (step.equals("copying") && !tried[0]) {
            tried[0] = true;
            try (OtherProcess second = OtherProcess.backingUp(rig, store())) {
              OtherProcess.Ended ended = second.ended();
              assertThat(ended.exit()).isEqualTo(1);
              assertThat(ended.text())
                  .contains("process " + ProcessHandle.current().pid())
                  .contains("works on the repository's backup");
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    assertThat(rig.backUp(repository(Rig.keys()), Method.FULL, hook).isRestorable()).isTrue();
    assertThat(tried[0]).isTrue();
    faults.fired(SCHEDULERS);
  }

  private void keys(FaultTable faults, BackupSummary first) throws Exception {
    MasterKey old = key("ab".repeat(31) + "01");
    MasterKey fresh = key("cd".repeat(31) + "02");
    ProblemException missing =
        refused(
            "STORAGE_KEY_MISSING",
            () -> new BackupCatalog(repository(new KeyRing(List.of(fresh)))).list());
    assertThat(missing.first().message()).contains(old.id());
    faults.fired(WRONG_KEY);
    refused("BACKUP_REPOSITORY_ENCRYPTED", () -> repository(null));
    faults.fired(NO_KEY);
    Repository plain = Repository.open(new DiskBlobStore(folder.resolve("plain")), null);
    assertThat(plain.encrypted()).isFalse();
    refused(
        "BACKUP_REPOSITORY_PLAIN",
        () -> Repository.open(new DiskBlobStore(folder.resolve("plain")), Rig.keys()));
    faults.fired(KEY_FOR_PLAIN);
    assertThat(repository(new KeyRing(List.of(fresh, old))).rewrap()).isPositive();
    Repository rotated = repository(new KeyRing(List.of(fresh)));
    assertThat(new Verification(rotated).verify(first.id(), Progress.NONE)).isEmpty();
    faults.fired(ROTATED);
    Path aside = Files.move(store().resolve("keys"), folder.resolve("keys"));
    ProblemException lost =
        refused(
            "BACKUP_KEY_LOST", () -> new BackupCatalog(repository(Rig.keys())).require(first.id()));
    assertThat(lost.first().remedy()).contains("keys/");
    faults.fired(LOST);
    Files.move(aside, store().resolve("keys"));
  }

  private static MasterKey key(String text) {
    return MasterKey.parse(Secret.of(text), "the test");
  }

  private void newer(FaultTable faults) throws Exception {
    Path identity = store().resolve("repository.json");
    String before = Files.readString(identity);
    Files.writeString(identity, before.replace("\"format\":1", "\"format\":2"));
    assertThat(Files.readString(identity)).isNotEqualTo(before);
    refused("BACKUP_REPOSITORY_NEWER", () -> repository(Rig.keys()));
    Files.writeString(identity, before);
    faults.fired(NEWER);
  }

  private void slot(Rig rig, FaultTable faults) throws Exception {
    Repository repository = repository(Rig.keys());
    rig.execute(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active");
    rig.execute("create table gone as select g from generate_series(1, 100) g");
    Instant moment =
        Instant.ofEpochMilli(
            Long.parseLong(
                rig.query("select (extract(epoch from clock_timestamp()) * 1000)::bigint")));
    for (int i = 0; i < 3; i++) {
      rig.execute("select pg_switch_wal()");
      rig.execute("checkpoint");
      rig.execute("create table gone" + i + " as select g from generate_series(1, 100) g");
    }
    Queue<Problem> troubles = new ConcurrentLinkedQueue<>();
    try (WalReceiver receiver = new WalReceiver(rig.log(), repository, troubles::add)) {
      receiver.start();
      Await.until(
          "the loss is told",
          () -> troubles.stream().anyMatch(one -> one.code().equals("BACKUP_WAL_LOST")));
      refused(
          "BACKUP_TARGET_UNREACHABLE",
          () ->
              new RestorePlanner(repository)
                  .plan(RestoreWish.of(new RecoveryTarget.AtTime(moment))));
      BackupSummary after = rig.backUpVerified(repository);
      assertThat(
              new RestorePlanner(repository).plan(RestoreWish.of(new RecoveryTarget.Latest())).id())
          .isEqualTo(after.id());
    }
    faults.fired(SLOT);
  }
}
