package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Writes the files of a backup into an empty folder. {@code pg_control} gets its name last, after
 * everything else is on the medium, so that a folder left behind by a crash cannot be started;
 * {@link #restore} refuses it until it is emptied. A {@code backup_manifest} lies beside the files,
 * for {@code pg_verifybackup}. One thread at a time.
 */
public final class Restorer {

  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int BUFFER = 256 * 1024;

  private final Repository repository;
  private final int workers;
  private final Tablespaces tablespaces;

  /** A restorer with so many workers at once; tablespaces go where they were. */
  public Restorer(Repository repository, int workers) {
    this(repository, workers, Tablespaces.moved(Map.of()));
  }

  /** A restorer with so many workers at once. */
  public Restorer(Repository repository, int workers, Tablespaces tablespaces) {
    this.repository = repository;
    this.workers = workers;
    this.tablespaces = tablespaces;
  }

  /** Where the files of one backup go. */
  private record Target(Path data, Map<String, Path> tablespaces, ServerManifest manifest) {}

  /**
   * Writes a backup's files.
   *
   * @param backup id of the backup
   * @param target an empty or missing folder
   * @return the backup's header
   * @throws ProblemException {@code BACKUP_TARGET_NOT_EMPTY}; {@code BACKUP_DAMAGED} when a stored
   *     object is not what was written; then the target has no {@code pg_control}
   */
  public BackupHeader restore(String backup, Path target, Progress progress) throws IOException {
    requireEmpty(target);
    try (Manifest manifest = Manifest.open(repository, backup)) {
      BackupHeader header = manifest.header();
      Map<String, Path> placed = tablespaces.of(header);
      Tablespaces.requireEmpty(placed);
      Files.createDirectories(target, FOLDER);
      link(target, placed);
      Path control;
      try (ServerManifest files = new ServerManifest(target, header)) {
        Target place = new Target(target, placed, files);
        control = writeFiles(manifest, place, progress);
        write(place, "backup_label", header.stop().label());
        if (!placed.isEmpty()) {
          write(place, "tablespace_map", Tablespaces.map(placed));
        }
        files.complete();
      }
      for (Path location : placed.values()) {
        flushAll(location);
      }
      flushFolders(target);
      Files.move(control, target.resolve("global/pg_control"), StandardCopyOption.ATOMIC_MOVE);
      flush(target.resolve("global"));
      return header;
    }
  }

  private static void link(Path target, Map<String, Path> placed) throws IOException {
    Path links = Files.createDirectories(target.resolve("pg_tblspc"), FOLDER);
    for (var each : placed.entrySet()) {
      Files.createDirectories(each.getValue(), FOLDER);
      Files.createSymbolicLink(links.resolve(each.getKey()), each.getValue());
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw Problem.of("BACKUP_TARGET_NOT_EMPTY", ProblemKind.CONFLICT, target + " is not empty")
            .withRemedy(
                "Name a folder that does not exist yet; an earlier attempt's folder can be deleted.")
            .exception();
      }
    }
  }

  private Path writeFiles(Manifest manifest, Target target, Progress progress) throws IOException {
    AtomicLong done = new AtomicLong();
    FilesToWrite files = new FilesToWrite(manifest);
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        results.add(
            threads.submit(() -> {
              work(files, manifest.header(), target, done, progress);
              return null;
            }));
      }
      for (Future<?> each : results) {
        await(each);
      }
    }
    Path control = target.data().resolve("global/pg_control.restored");
    if (!Files.exists(control)) {
      throw Problem.of(
              "BACKUP_DAMAGED",
              ProblemKind.EXTERNAL,
              "the manifest of " + manifest.header().id() + " has no pg_control")
          .withRemedy("Restore another backup.")
          .exception();
    }
    return control;
  }

  private static void await(Future<?> worker) throws IOException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UncheckedIOException cause -> throw cause.getCause();
        case RuntimeException cause -> throw cause;
        case IOException cause ->
            throw new IOException("a worker failed: " + cause.getMessage(), cause);
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void work(
      FilesToWrite files, BackupHeader header, Target target, AtomicLong done, Progress progress)
      throws IOException {
    PackReaders packs = new PackReaders(repository, header.packs());
    Optional<FilesToWrite.Part> next = files.take();
    while (next.isPresent()) {
      FilesToWrite.Part part = next.get();
      FileEntry entry = part.entry();
      if (entry.kind() == FileKind.EMPTY_FOLDER) {
        Files.createDirectories(safe(target, entry), FOLDER);
      } else {
        OptionalLong checksum = writePart(part, safe(target, entry), packs);
        if (checksum.isPresent()) {
          target.manifest().add(entry.path(), entry.size(), checksum.getAsLong());
        }
      }
      progress.report("restoring", done.addAndGet(part.bytes()), header.bytes());
      next = files.take();
    }
  }

  /** A manifest is input: a path that leaves the target is refused. */
  private static Path safe(Target target, FileEntry entry) {
    String[] names = entry.path().split("/", 3);
    Path location =
        names.length > 1 && names[0].equals("pg_tblspc")
            ? target.tablespaces().get(names[1])
            : null;
    if (location != null) {
      return inside(location, entry, names.length == 2 ? "" : names[2]);
    }
    Path path = inside(target.data(), entry, entry.path());
    return entry.kind() == FileKind.CONTROL ? path.resolveSibling("pg_control.restored") : path;
  }

  private static Path inside(Path folder, FileEntry entry, String name) {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder.normalize()) || entry.path().isEmpty()) {
      throw Problem.of(
              "BACKUP_DAMAGED",
              ProblemKind.EXTERNAL,
              "the manifest names a file outside the data directory: " + entry.path())
          .withRemedy("Somebody changed the manifest; use another copy of the repository.")
          .exception();
    }
    return path;
  }

  /** Gives the file's CRC-32C when this was its last part. */
  private static OptionalLong writePart(FilesToWrite.Part part, Path path, PackReaders packs)
      throws IOException {
    FileEntry entry = part.entry();
    CRC32C checksum = new CRC32C();
    try (RandomAccessFile file = opened(entry, path)) {
      for (Run run : entry.runs().subList(part.first(), part.until())) {
        long left = entry.size() - run.unit() * Run.UNIT;
        long length = Math.min((long) run.count() * Run.UNIT, left);
        if (run.pack() == Run.ZEROS) {
          zeros(checksum, length);
        } else {
          byte[] frame = packs.frame(run);
          int from = run.slot() * Run.UNIT;
          file.seek(run.unit() * Run.UNIT);
          file.write(frame, from, (int) length);
          checksum.update(frame, from, (int) length);
        }
      }
      if (!part.done()) {
        return OptionalLong.empty();
      }
      file.getChannel().force(true);
      return OptionalLong.of(part.isWhole() ? checksum.getValue() : checksum(file));
    }
  }

  /** Whoever comes first gives the file its size; its holes are zeros. */
  private static RandomAccessFile opened(FileEntry entry, Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path.resolveSibling(".").normalize(), FOLDER);
      try {
        Files.createFile(path, FILE);
      } catch (FileAlreadyExistsException byAnotherWorker) {
        return new RandomAccessFile(path.toFile(), "rw");
      }
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    if (file.length() < entry.size()) {
      file.setLength(entry.size());
    }
    return file;
  }

  /** Of a file whose parts were written by several workers: read once more, from memory. */
  private static long checksum(RandomAccessFile file) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] bytes = new byte[BUFFER];
    file.seek(0);
    for (int count = file.read(bytes); count >= 0; count = file.read(bytes)) {
      checksum.update(bytes, 0, count);
    }
    return checksum.getValue();
  }

  private static void zeros(CRC32C checksum, long length) {
    byte[] page = new byte[Run.UNIT];
    for (long left = length; left > 0; left -= page.length) {
      checksum.update(page, 0, (int) Math.min(left, page.length));
    }
  }

  private static void write(Target target, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path path = Files.createFile(target.data().resolve(name), FILE);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    target.manifest().add(name, bytes.length, checksum.getValue());
  }

  private static void flushFolders(Path target) throws IOException {
    for (String needed : Set.of("pg_wal", "pg_wal/archive_status", "pg_tblspc", "pg_replslot")) {
      Files.createDirectories(target.resolve(needed), FOLDER);
    }
    flushAll(target);
  }

  private static void flushAll(Path top) throws IOException {
    try (Stream<Path> folders = Files.walk(top)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        flush(folder);
      }
    }
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
