package dev.undercroft.bench;

import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.Repository;
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

/** One backup in a process of its own; prints CPU seconds and the most memory it had, in kB. */
public final class BackupBenchRun {

  private static final int WORKERS = 2;

  private BackupBenchRun() {}

  /** Backs up. Arguments: port, folder, {@code sql} or {@code files}, data directory. */
  public static void main(String[] args) throws Exception {
    String url = "jdbc:postgresql://" + PostgresServer.HOST + ":" + args[0] + "/postgres";
    MasterKey key = MasterKey.parse(Secret.of("ab".repeat(31) + "01"), "the bench");
    Repository repository =
        Repository.open(new DiskBlobStore(Path.of(args[1])), new KeyRing(List.of(key)));
    Optional<Path> data =
        args[2].equals("files") ? Optional.of(Path.of(args[3])) : Optional.empty();
    SqlBackupSource source =
        new SqlBackupSource(
            () -> DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD),
            data);
    var header =
        new PhysicalBackup(repository, source, new PhysicalBackup.Options("full", "", WORKERS, ""))
            .take((since, until) -> Optional.empty(), Progress.NONE);
    if (!header.corrupt().isEmpty()) {
      throw new IllegalStateException("damaged pages: " + header.corrupt());
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
}
