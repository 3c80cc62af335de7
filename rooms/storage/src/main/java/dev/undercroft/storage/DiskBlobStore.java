package dev.undercroft.storage;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as files below one folder. Thread-safe, also between processes.
 *
 * <p>A blob is written to a temporary file beside its place, flushed to the medium, and then given
 * its name by {@code link} (which fails when the name exists) or {@code rename} (which replaces);
 * then the folder is flushed. A crash leaves at most a temporary file, which no listing shows and
 * {@link #sweep} removes. Files are readable by their owner alone.
 */
public final class DiskBlobStore implements BlobStore {

  private static final String TEMPORARY = ".part-";

  private final Path root;

  /** A store below a folder, which is made when it is missing. */
  public DiskBlobStore(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    makeFolder(this.root);
  }

  @Override
  public void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException {
    Path place = path(name);
    if (overwrite == Overwrite.REFUSE && Files.exists(place)) {
      throw exists(name, null);
    }
    makeFolder(folderOf(place));
    Path part = place.resolveSibling(TEMPORARY + UUID.randomUUID());
    try {
      write(part, content);
      if (overwrite == Overwrite.REPLACE) {
        Files.move(
            part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.createLink(place, part);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(name, e);
    } finally {
      Files.deleteIfExists(part);
    }
    flush(folderOf(place));
  }

  private static void write(Path part, BlobContent content) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel = FileChannel.open(part, options, ownerOnly);
        InputStream in = content.open()) {
      OutputStream out = Channels.newOutputStream(channel);
      long written = in.transferTo(out);
      if (written != content.size()) {
        throw new IOException("content gave " + written + " bytes of " + content.size());
      }
      channel.force(true);
    }
  }

  @Override
  public InputStream open(BlobName name, long offset, long length) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path(name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw StorageProblems.notFound(name, e);
    }
    channel.position(Math.min(offset, channel.size()));
    return new BoundedInput(Channels.newInputStream(channel), length);
  }

  @Override
  public Optional<BlobStat> find(BlobName name) throws IOException {
    try {
      return Optional.of(stat(path(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Stream<BlobStat> list(String prefix) throws IOException {
    int slash = prefix.lastIndexOf('/');
    Path start = slash < 0 ? root : root.resolve(prefix.substring(0, slash)).normalize();
    if (!start.startsWith(root) || !Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      return Stream.empty();
    }
    try {
      return filesBelow(start).stream()
          .filter(file -> !file.getFileName().toString().startsWith(TEMPORARY))
          .filter(file -> root.relativize(file).toString().startsWith(prefix))
          .flatMap(this::statIfThere)
          .sorted(Comparator.comparing(BlobStat::name))
          .toList()
          .stream();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** All files there; what is deleted meanwhile is passed over. */
  private static List<Path> filesBelow(Path start) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return files;
  }

  /** A file that is deleted while it is being listed is simply not listed. */
  private Stream<BlobStat> statIfThere(Path file) {
    try {
      return Stream.of(stat(file));
    } catch (NoSuchFileException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(BlobName name) throws IOException {
    // Not flushed: a deletion that a power failure takes back is done again by whoever wanted it.
    Files.deleteIfExists(path(name));
  }

  /**
   * Removes what crashed writers left behind.
   *
   * @param before temporary files older than this go; a younger one may belong to a living writer
   * @return how many were removed
   */
  public int sweep(Instant before) throws IOException {
    int removed = 0;
    for (Path file : filesBelow(root)) {
      if (file.getFileName().toString().startsWith(TEMPORARY) && removeOld(file, before)) {
        removed++;
      }
    }
    return removed;
  }

  /** Its writer may finish or another sweep remove it meanwhile. */
  private static boolean removeOld(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before)
          && Files.deleteIfExists(file);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private BlobStat stat(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new BlobStat(
        BlobName.of(root.relativize(file).toString()),
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  private Path path(BlobName name) {
    return root.resolve(name.text());
  }

  private Path folderOf(Path place) {
    Path folder = place.getParent();
    return folder == null ? root : folder;
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static RuntimeException exists(BlobName name, @Nullable Exception cause) {
    Problem problem =
        Problem.of("STORAGE_EXISTS", ProblemKind.CONFLICT, "blob " + name + " exists already")
            .withRemedy(
                "Blobs are written once; choose another name, or check who else writes here.");
    return cause == null ? problem.exception() : problem.exception(cause);
  }
}
