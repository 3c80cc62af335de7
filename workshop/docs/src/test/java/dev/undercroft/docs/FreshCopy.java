package dev.undercroft.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The repository as a reader has it after cloning and building, but for sources, which no
 * documented command reads: the launcher's build is the classes and jars of this test's own class
 * path.
 */
final class FreshCopy implements AutoCloseable {

  private static final Set<String> LEFT_OUT =
      Set.of("target", ".git", ".undercroft", "dist", "secrets", "src", "acceptance");

  private final Path folder;

  private FreshCopy(Path folder) {
    this.folder = folder;
  }

  /** Copies the repository at {@code root} to a folder that is not there yet. */
  static FreshCopy make(Path root, Path folder) throws IOException {
    copy(root, folder);
    FreshCopy copy = new FreshCopy(folder);
    copy.build();
    Path bin = Files.createDirectory(folder.resolve("target/bin"));
    Files.createSymbolicLink(bin.resolve("undercroft"), folder.resolve("undercroft"));
    return copy;
  }

  Path folder() {
    return folder;
  }

  /** A folder for PATH with the command in it. */
  Path bin() {
    return folder.resolve("target/bin");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(place.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(place).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (!name.startsWith(".env") || name.equals(".env.example")) {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** What the launcher looks for; its stamp is newer than every source. */
  private void build() throws IOException {
    Path build = folder.resolve("target/launcher/build-test");
    Path lib = Files.createDirectories(build.resolve("lib"));
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Files.exists(Path.of(entry)) || entry.isEmpty()) {
        continue;
      }
      String name = Path.of(entry).getFileName().toString();
      boolean isOwn = name.startsWith("undercroft-") || Files.isDirectory(Path.of(entry));
      // A folder of classes counts as well as a jar: Java looks at what is behind the link.
      Files.createSymbolicLink(
          lib.resolve((isOwn ? "undercroft-" : "other-") + ++number + ".jar"), Path.of(entry));
    }
    Files.writeString(build.resolve("java"), System.getProperty("java.home") + "\n");
    Files.createSymbolicLink(folder.resolve("target/launcher/current"), Path.of("build-test"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(build.resolve("stamp"));
  }

  /** Takes the links away that lead out of the folder. */
  @Override
  public void close() throws IOException {
    try (var links = Files.list(folder.resolve("target/launcher/build-test/lib"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
