package dev.undercroft.embedded;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The folders of one embedded server. What the server itself reads and writes is in {@code place},
 * which is the home folder, or a folder below {@code /var/lib/undercroft} when the server's user
 * cannot enter the home folder; then {@code data.location} in the home folder names it, and {@code
 * home} in that place names the home folder.
 *
 * @param home the home folder
 * @param place where data, logs and socket are
 */
record ServerPlace(Path home, Path place) {

  static final Path SHARED = Path.of("/var/lib/undercroft");

  private static final String UNFINISHED = "data.unfinished-";
  static final String LOCATION = "data.location";
  static final String HOME = "home";
  // One byte less than sun_path of Linux, and the name PostgreSQL appends (.s.PGSQL.65535.lock).
  private static final int LONGEST_SOCKET_FOLDER = 107 - 21;

  /** Finds the folders, making those that are missing. */
  static ServerPlace prepare(Path home, ServerAccount account) {
    return prepare(home, account, SHARED);
  }

  static ServerPlace prepare(Path home, ServerAccount account, Path shared) {
    try {
      Files.createDirectories(home);
      Path recorded = home.resolve(LOCATION);
      if (Files.exists(recorded)) {
        Path place = Path.of(Files.readString(recorded).strip());
        if (!Files.isDirectory(place)) {
          throw moved(home, place);
        }
        Files.writeString(place.resolve(HOME), home + "\n");
        return new ServerPlace(home, place);
      }
      if (account.canEnter(home) || Files.exists(home.resolve("data"))) {
        return new ServerPlace(home, home);
      }
      Path place = free(shared, hash(home));
      Files.createDirectories(place);
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.writeString(place.resolve(HOME), home + "\n");
      Files.writeString(recorded, place + "\n");
      return new ServerPlace(home, place);
    } catch (IOException e) {
      throw notWritable(home, e);
    }
  }

  /**
   * A new home begins anew: data of an earlier folder of the same name, whose passwords went with
   * it, stay as they are.
   */
  private static Path free(Path shared, String name) {
    Path place = shared.resolve(name);
    for (int number = 2; Files.exists(place.resolve("data")); number++) {
      place = shared.resolve(name + "-" + number);
    }
    return place;
  }

  static ProblemException notWritable(Path folder, IOException cause) {
    if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
      return diskFull(folder, cause);
    }
    return Problem.of(
            "EMBEDDED_NOT_WRITABLE",
            ProblemKind.EXTERNAL,
            "the folder " + folder + " for the server's data cannot be written")
        .withDetail(cause.getClass().getSimpleName() + ": " + cause.getMessage())
        .withRemedy(
            "Check owner, permissions, free space, and that the file system is not read-only; or"
                + " choose another folder with up --data DIR.")
        .with("path", folder)
        .exception(cause);
  }

  private static ProblemException diskFull(Path folder, IOException cause) {
    return Problem.of(
            "EMBEDDED_DISK_FULL",
            ProblemKind.EXHAUSTED,
            "the disk that holds " + folder + " is full")
        .withRemedy("Free space there, then start again; nothing is lost.")
        .with("path", folder)
        .exception(cause);
  }

  /**
   * Refuses to make a data directory where it would not fit.
   *
   * @param needed in bytes
   */
  void checkSpace(long needed) throws IOException {
    long free = Files.getFileStore(place).getUsableSpace();
    if (free < needed) {
      throw Problem.of(
              "EMBEDDED_DISK_FULL",
              ProblemKind.EXHAUSTED,
              "a data directory needs "
                  + new ByteSize(needed)
                  + ", and the disk that holds "
                  + place
                  + " has "
                  + new ByteSize(free)
                  + " left")
          .withRemedy("Free space there, or choose another folder with up --data DIR.")
          .with("path", place)
          .exception();
    }
  }

  private static ProblemException moved(Path home, Path place) {
    return Problem.of(
            "EMBEDDED_DATA_MISSING",
            ProblemKind.NOT_FOUND,
            "the server's data should be in " + place + ", and that folder is not there")
        .withRemedy(
            "Bring the folder back; or, if the data may be lost, delete "
                + home.resolve(LOCATION)
                + " to begin anew.")
        .exception();
  }

  private static String hash(Path home) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(home.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The data directory. */
  Path data() {
    return place.resolve("data");
  }

  /**
   * A folder in which a data directory is made; renamed to {@link #data()} when it is complete. A
   * new one each time: a killed process leaves a program behind that goes on writing into the old.
   */
  Path newUnfinished() {
    return place.resolve(UNFINISHED + UUID.randomUUID());
  }

  /** Deletes what interrupted attempts left; what is still written to goes the next time. */
  void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(place, UNFINISHED + "*")) {
      for (Path one : all) {
        try {
          Folders.delete(one);
        } catch (IOException stillWritten) {
          System.getLogger("undercroft.embedded")
              .log(System.Logger.Level.DEBUG, "not deleted yet: " + one, stillWritten);
        }
      }
    }
  }

  /** The folder of the server's log. */
  Path logs() {
    return place.resolve("logs").resolve("postgres");
  }

  /** What the server says before its log begins. */
  Path startLog() {
    return home.resolve("logs").resolve("postgres-start.log");
  }

  /** The folder of the Unix socket: short enough for the operating system. */
  Path socket() {
    Path here = place.resolve("socket");
    return here.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_FOLDER
        ? here
        : Path.of(System.getProperty("java.io.tmpdir"), "undercroft-" + hash(place));
  }

  /** Remembers the port. */
  Path port() {
    return home.resolve("postgres.port");
  }

  /** The folder of secrets. */
  SecretFolder secrets() {
    return new SecretFolder(home.resolve("secrets"));
  }
}
