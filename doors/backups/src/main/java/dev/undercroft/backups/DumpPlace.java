package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.DumpSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where one project's dumps are: its folder, and where they are copied to. One thread at a time.
 */
final class DumpPlace {

  private final Project project;
  private final Settings settings;
  private final Path folder;
  private final DumpName name;

  DumpPlace(Project project, Settings settings) {
    this.project = project;
    this.settings = settings;
    this.folder = settings.findPath(DumpSettings.DIR).orElseThrow();
    this.name =
        new DumpName(
            settings.get(DumpSettings.NAME), ZoneId.of(settings.get(BackupSettings.TIME_ZONE)));
  }

  /**
   * The file that a dump of now goes to.
   *
   * @throws ProblemException {@code BACKUP_DUMP_EXISTS}: nothing is overwritten
   */
  Path fresh(Instant now) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    boolean sealed = BackupPlace.keys(settings) != null;
    boolean compressed = settings.get(BackupSettings.COMPRESSION);
    Path file =
        folder.resolve(
            name.of(project.name(), now)
                + ".sql"
                + (compressed ? ".gz" : "")
                + (sealed ? ".enc" : ""));
    if (Files.exists(file)) {
      throw Problem.of("BACKUP_DUMP_EXISTS", ProblemKind.CONFLICT, file + " exists already")
          .withRemedy(
              "Move it away, or let BACKUP_DUMP_NAME hold {stamp} or {id}, so that two dumps of a"
                  + " day have two names.")
          .exception();
    }
    return file;
  }

  private Pattern files() {
    return name.files(project.name());
  }

  /**
   * Copies a dump and its checksum to where the settings say, and reads it back.
   *
   * @return where it is, for people; empty when it is not to be copied
   */
  Optional<String> upload(Path file, String sum) throws IOException {
    Optional<String> place = settings.find(DumpSettings.UPLOAD);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try (OpenStore store = OpenStore.of(settings, place.get())) {
      String text = String.valueOf(file.getFileName());
      BlobName blob = BlobName.of(text);
      store.blobs().put(blob, BlobContent.of(file), BlobStore.Overwrite.REFUSE);
      BlobName beside = BlobName.of(text + DumpFile.CHECKSUM);
      String line = sum + "  " + text + "\n";
      store.blobs().put(beside, BlobContent.of(line), BlobStore.Overwrite.REPLACE);
      if (!DumpFile.sum(store.blobs().open(blob, 0, Long.MAX_VALUE)).equals(sum)) {
        throw new IOException(store.shown() + " gives back other bytes than it was given");
      }
      removeOld(store.blobs());
      return Optional.of(store.shown() + "/" + text);
    }
  }

  /** The newest stays whatever its age. */
  private void removeOld(BlobStore blobs) throws IOException {
    Instant before =
        Instant.now().minus(Duration.ofDays(settings.get(BackupSettings.RETENTION_DAYS)));
    List<BlobStat> ours;
    try (Stream<BlobStat> all = blobs.list("")) {
      ours =
          all.filter(blob -> files().matcher(blob.name().text()).matches())
              .sorted(Comparator.comparing(BlobStat::stored).reversed())
              .skip(1)
              .filter(blob -> blob.stored().isBefore(before))
              .toList();
    }
    for (BlobStat old : ours) {
      blobs.delete(old.name());
      blobs.delete(BlobName.of(old.name().text() + DumpFile.CHECKSUM));
    }
  }

  /**
   * Removes the files of this machine that are older than the settings keep them, but never the
   * newest.
   *
   * @return their names
   */
  List<String> prune(Instant now) throws IOException {
    Instant before = now.minus(Duration.ofDays(settings.get(DumpSettings.DAYS)));
    List<String> removed = new ArrayList<>();
    List<Path> newestFirst = local();
    for (Path file : newestFirst.subList(Math.min(1, newestFirst.size()), newestFirst.size())) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.delete(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + DumpFile.CHECKSUM));
        removed.add(String.valueOf(file.getFileName()));
      }
    }
    return removed;
  }

  private List<Path> local() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> files().matcher(String.valueOf(file.getFileName())).matches())
          .forEach(found::add);
    }
    Comparator<Path> byTime = Comparator.comparingLong(file -> file.toFile().lastModified());
    found.sort(byTime.thenComparing(Path::getFileName).reversed());
    return found;
  }

  /**
   * The file of a dump: of this machine, else fetched from where dumps are copied to.
   *
   * @param dump a path, or the name of a dump without its suffix, or the unique beginning of one
   * @param scratch an empty folder for what is fetched
   * @throws ProblemException {@code BACKUP_UNKNOWN} or {@code BACKUP_AMBIGUOUS}
   */
  Path find(String dump, Path directory, Path scratch) throws IOException {
    Path path = directory.resolve(dump).normalize();
    if (Files.isRegularFile(path)) {
      return path;
    }
    TreeSet<String> here = new TreeSet<>();
    for (Path file : local()) {
      here.add(String.valueOf(file.getFileName()));
    }
    Optional<String> one = one(dump, here);
    if (one.isPresent()) {
      return folder.resolve(one.get());
    }
    Optional<String> place = settings.find(DumpSettings.UPLOAD);
    if (place.isPresent()) {
      return fetched(dump, place.get(), scratch);
    }
    throw unknown(dump);
  }

  private Path fetched(String dump, String place, Path scratch) throws IOException {
    try (OpenStore store = OpenStore.of(settings, place)) {
      TreeSet<String> there = new TreeSet<>();
      try (Stream<BlobStat> all = store.blobs().list("")) {
        all.map(blob -> blob.name().text())
            .filter(text -> files().matcher(text).matches())
            .forEach(there::add);
      }
      String file = one(dump, there).orElseThrow(() -> unknown(dump));
      for (String each : List.of(file, file + DumpFile.CHECKSUM)) {
        try (InputStream in = store.blobs().open(BlobName.of(each), 0, Long.MAX_VALUE)) {
          Files.copy(in, scratch.resolve(each));
        }
      }
      return scratch.resolve(file);
    }
  }

  private static Optional<String> one(String dump, Set<String> files) {
    List<String> exact =
        files.stream()
            .filter(file -> file.equals(dump) || file.replaceFirst("\\.sql.*", "").equals(dump))
            .toList();
    List<String> matches =
        exact.isEmpty() ? files.stream().filter(file -> file.startsWith(dump)).toList() : exact;
    if (matches.size() > 1) {
      throw Problem.of(
              "BACKUP_AMBIGUOUS",
              ProblemKind.INPUT,
              "'" + dump + "' is the beginning of " + matches.size() + " dumps")
          .withDetail(String.join("\n", matches))
          .withRemedy("Write more of the name.")
          .exception();
    }
    return matches.stream().findFirst();
  }

  private ProblemException unknown(String dump) {
    return Problem.of("BACKUP_UNKNOWN", ProblemKind.NOT_FOUND, "there is no dump '" + dump + "'")
        .withRemedy("Look into " + folder + ", or give the path of the file.")
        .exception();
  }
}
