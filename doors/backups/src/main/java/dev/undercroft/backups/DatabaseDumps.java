package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Progress;
import dev.undercroft.pgdump.DatabaseDump;
import dev.undercroft.pgdump.DumpOptions;
import dev.undercroft.pgdump.Dumped;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the projects' databases down as SQL, each into a file, and copies the file. What is old
 * goes last, and only if everything before succeeded. One thread at a time.
 */
final class DatabaseDumps {

  private final Clusters clusters;
  private final Site site;
  private final InstantSource clock;

  DatabaseDumps(Clusters clusters, Site site, InstantSource clock) {
    this.clusters = clusters;
    this.site = site;
    this.clock = clock;
  }

  BackupAnswer.Dumped run(BackupCommand.Dump wanted, Progress progress) throws IOException {
    List<BackupAnswer.DumpLine> made = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    try (Cluster cluster = clusters.open(wanted.scope())) {
      for (Project project : site.projects().keySet()) {
        made.add(dump(project, cluster, progress));
      }
    }
    for (Project project : site.projects().keySet()) {
      removed.addAll(new DumpPlace(project, site.settingsOf(project)).prune(clock.instant()));
    }
    return new BackupAnswer.Dumped(made, removed);
  }

  private BackupAnswer.DumpLine dump(Project project, Cluster cluster, Progress progress)
      throws IOException {
    long begun = System.nanoTime();
    DumpPlace place = new DumpPlace(project, site.settingsOf(project));
    Path file = place.fresh(clock.instant());
    PostgresAddress address =
        cluster.administrator().withDatabase(database(project, cluster.administrator()));
    PostgresConnections connections = new PostgresConnections(address, "undercroft dump");
    // Readable for its owner alone, like the file it becomes.
    Path text = Files.createTempFile(file.resolveSibling("."), ".dump-", ".sql");
    try {
      Dumped dumped = new DatabaseDump(connections::open, DumpOptions.ALL, progress).toFile(text);
      String sum = DumpFile.write(text, file, BackupPlace.keys(site.settingsOf(project)));
      Optional<String> copy = place.upload(file, sum);
      return new BackupAnswer.DumpLine(
          String.valueOf(file.getFileName()).replaceFirst("\\.sql.*", ""),
          project.name(),
          file,
          copy,
          Files.size(file),
          sum,
          dumped.tables(),
          dumped.rows(),
          Duration.ofNanos(System.nanoTime() - begun));
    } finally {
      Files.deleteIfExists(text);
    }
  }

  /** The database of a project; of a remote server, the address's. */
  private String database(Project project, PostgresAddress administrator) {
    return site.settingsOf(project).find(DatabaseSettings.URL).isPresent()
        ? administrator.database()
        : site.databaseOf(project);
  }
}
