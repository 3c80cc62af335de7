package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Progress;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL's own tools say of a restored directory. */
class OfficialToolsTest {

  private static final PostgresVersion V15 = PostgresVersion.V15;

  @TempDir private Path folder;

  @Test
  @Tag("CP-062")
  @Tag("CP-149")
  void a_restored_increment_passes_pg_verifybackup_and_pg_amcheck() throws Exception {
    Repository repository = Rig.repository(folder.resolve("repository"));
    try (PostgresServer server = PostgresServer.start(V15, Rig.options(V15))) {
      Rig rig = new Rig(server.port());
      try (WalReceiver receiver = new WalReceiver(rig.log(), repository, problem -> {})) {
        receiver.start();
        rig.execute(
            """
            create table item (n int primary key, t text);
            create index item_t on item (t);
            insert into item select g, md5(g::text) from generate_series(1, 20000) g;
            """);
        rig.backUp(repository, Method.FULL, Progress.NONE);
        rig.execute("update item set t = t || 'x' where n % 50 = 0");
        rig.execute("delete from item where n % 7 = 0");
        rig.execute("create database other");
        rig.backUp(repository, Method.INCREMENTAL, Progress.NONE);
      }
    }
    Path restored = folder.resolve("restored");
    fill(repository, restored);
    assertThat(verify(restored)).contains("successfully verified");
    try (RandomAccessFile file =
        new RandomAccessFile(restored.resolve("global/1262").toFile(), "rw")) {
      file.seek(100);
      file.write(file.read() ^ 1);
    }
    assertThat(verify(restored)).contains("checksum mismatch", "global/1262");
    try (PostgresServer copy = PostgresServer.startOn(V15, data -> fill(repository, data))) {
      assertThat(Tools.amcheck(V15, copy)).isEmpty();
    }
  }

  private static void fill(Repository repository, Path data) throws java.io.IOException {
    RestorePlan plan = new RestorePlanner(repository).plan(RestoreWish.latest());
    new Restorer(repository, 2).restore(plan.id(), data, Progress.NONE);
    new RestoredLog(plan).prepare(data);
  }

  private static String verify(Path data) throws Exception {
    return Tools.run(
        V15,
        "pg_verifybackup",
        "--ignore=undercroft_log",
        "--wal-directory=" + data.resolve("undercroft_log"),
        data.toString());
  }
}
