package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the data directory. It is made under another name and renamed when it is complete, so that
 * one that was interrupted is recognised and made anew.
 */
record ClusterInit(ServerPlace place, ServerBinaries binaries, ServerAccount account) {

  /** The file in a data directory that says that it is ours. */
  static final String MARKER = "undercroft.cluster";

  /** Forty for the databases, sixteen for the first log segment, and as much to work with. */
  private static final long NEEDED_BYTES = 112L << 20;

  private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

  /**
   * Makes sure that there is a data directory of ours for this version.
   *
   * @return whether it was made now
   */
  boolean ensure(Secret superuserPassword) {
    Path data = place.data();
    try {
      if (isEmptyOrMissing(data)) {
        place.deleteUnfinished();
        initialize(place.newUnfinished(), superuserPassword);
        return true;
      }
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.place(), e);
    }
    checkOurs(data);
    return false;
  }

  /** Whether there is a data directory of ours. */
  boolean isPresent() {
    return Files.exists(place.data().resolve(MARKER));
  }

  private static boolean isEmptyOrMissing(Path data) throws IOException {
    if (!Files.exists(data)) {
      return true;
    }
    if (!Files.isDirectory(data)) {
      return false;
    }
    try (Stream<Path> files = Files.list(data)) {
      return files.findAny().isEmpty();
    }
  }

  private void checkOurs(Path data) {
    if (!Files.exists(data.resolve(MARKER)) || !Files.exists(data.resolve("PG_VERSION"))) {
      throw Problem.of(
              "EMBEDDED_FOREIGN_DIRECTORY",
              ProblemKind.CONFLICT,
              "the folder " + data + " is not empty and was not made by Undercroft")
          .withRemedy("Choose another folder with up --data DIR; nothing was changed there.")
          .with("path", data)
          .exception();
    }
    String version = ServerLog.tail(data.resolve("PG_VERSION"), 20);
    if (!version.equals(String.valueOf(binaries.major()))) {
      throw otherMajor(data, version);
    }
    checkOwner(data);
  }

  private ProblemException otherMajor(Path data, String version) {
    return Problem.of(
            "EMBEDDED_OTHER_MAJOR",
            ProblemKind.CONFLICT,
            "the data in "
                + data
                + " is of PostgreSQL "
                + version
                + ", and the server is "
                + binaries.version())
        .withDetail("PostgreSQL's files differ from one major version to the next.")
        .withRemedy(
            ("Let engine.binaries name an installation of PostgreSQL %s to go on with it; to move"
                    + " to %d, dump the databases there with pg_dump, and restore the dumps into a"
                    + " new folder with up --data DIR.")
                .formatted(version, binaries.major()))
        .with("path", data)
        .with("data", version)
        .with("server", binaries.version())
        .exception();
  }

  private void checkOwner(Path data) {
    try {
      String owner = Files.getOwner(data).getName();
      if (!owner.equals(account.name())) {
        throw Problem.of(
                "EMBEDDED_OTHER_OWNER",
                ProblemKind.CONFLICT,
                "the data in "
                    + data
                    + " belongs to the user "
                    + owner
                    + ", and the server would run as "
                    + account.name())
            .withRemedy(
                "Run as " + owner + ", or hand it over: chown -R " + account.name() + " " + data)
            .exception();
      }
    } catch (IOException e) {
      throw ServerPlace.notWritable(data, e);
    }
  }

  private void initialize(Path unfinished, Secret superuserPassword) throws IOException {
    place.checkSpace(NEEDED_BYTES);
    Files.createDirectory(unfinished);
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwx------"));
    Path made = unfinished.resolve("data");
    Path passwordFile = unfinished.resolve("password");
    try {
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, superuserPassword.reveal());
      account.own(unfinished);
      ProcessRun run = ProcessRun.of(account.command(command(made, passwordFile)));
      if (run.exitCode() != 0) {
        throw StartFailure.ofInit(place, run.output());
      }
      complete(made);
    } finally {
      Folders.delete(unfinished);
    }
  }

  /**
   * The built-in locale sorts by code point and knows all letters of Unicode; unlike the locales of
   * operating systems and of ICU it never changes under an index.
   */
  private List<String> command(Path data, Path passwordFile) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.addAll(List.of("-D", data.toString(), "--username=" + EmbeddedSettings.SUPERUSER));
    command.addAll(List.of("--pwfile=" + passwordFile, "--auth=scram-sha-256"));
    command.addAll(List.of("--encoding=UTF8", "--data-checksums", "--no-instructions"));
    if (binaries.major() >= FIRST_WITH_BUILTIN_LOCALE) {
      command.addAll(List.of("--locale=C", "--locale-provider=builtin"));
      command.add("--builtin-locale=C.UTF-8");
    } else {
      command.add("--locale=C.UTF-8");
    }
    return command;
  }

  private void complete(Path made) throws IOException {
    Files.writeString(
        made.resolve("postgresql.conf"),
        "\ninclude '" + ServerConfiguration.FILE + "'\n",
        StandardOpenOption.APPEND);
    Path marker = Files.writeString(made.resolve(MARKER), binaries.version() + "\n");
    account.own(marker);
    Files.deleteIfExists(place.data());
    Files.move(made, place.data(), StandardCopyOption.ATOMIC_MOVE);
  }
}
