package dev.undercroft.bench;

import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.pgbackup.SqlBackupSource;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One backup or restore in a process of its own; prints the CPU seconds and the kilobytes it used.
 */
public final class BackupBenchRun {

  private static final int WORKERS = 2;

  private BackupBenchRun() {}

  /**
   * Backs up or restores. Arguments: folder of the repository; {@code full} or {@code increment},
   * port, {@code sql} or {@code files}, data directory; or {@code restore} and the folder.
   */
  public static void main(String[] args) throws Exception {
    MasterKey key = MasterKey.parse(Secret.of("ab".repeat(31) + "01"), "the bench");
    Repository repository =
        Repository.open(new DiskBlobStore(Path.of(args[0])), new KeyRing(List.of(key)));
    if (args[1].equals("restore")) {
      var _ = new Restorer(repository, WORKERS).restore("full", Path.of(args[2]), Progress.NONE);
    } else {
      backUp(repository, args);
    }
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    String memory =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst()
            .orElse("0");
    System.out.println(cpu.toMillis() / 1000.0 + " " + memory);
  }

  private static void backUp(Repository repository, String[] args) throws Exception {
    String url = "jdbc:postgresql://" + PostgresServer.HOST + ":" + args[2] + "/postgres";
    Optional<Path> data =
        args[3].equals("files") ? Optional.of(Path.of(args[4])) : Optional.empty();
    SqlBackupSource source =
        new SqlBackupSource(
            () -> DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD),
            data);
    PhysicalBackup.Options options =
        new PhysicalBackup.Options(args[1], args[1].equals("increment") ? "full" : "", WORKERS, "");
    BackupHeader header =
        new PhysicalBackup(repository, source, options)
            .take((since, until) -> Optional.empty(), Progress.NONE);
    if (!header.corrupt().isEmpty()) {
      throw new IllegalStateException("damaged pages: " + header.corrupt());
    }
  }
}
