package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder {@code .undercroft} of a workspace: everything the product makes at run time, and
 * nothing a person writes. Immutable.
 *
 * @param folder the folder itself, absolute
 */
record StateFolder(Path folder) {

  /** What a person calls it: the workspace it belongs to, or itself when it was named. */
  Path named() {
    Path workspace = folder.getParent();
    return workspace != null && folder.endsWith(".undercroft") ? workspace : folder;
  }

  /** What runs. */
  Path runFile() {
    return folder.resolve("run.json");
  }

  /** Held by the process that serves. */
  Path lockFile() {
    return folder.resolve("instance.lock");
  }

  /** Secrets the product made. */
  Path secrets() {
    return folder.resolve("secrets");
  }

  /** The operator token. */
  Path tokenFile() {
    return secrets().resolve("operator.token");
  }

  /** The passwords of the embedded server's roles, as psql reads them. */
  Path passwordFile() {
    return secrets().resolve("pgpass");
  }

  /** Letters of the applications. */
  Path outbox() {
    return folder.resolve("outbox");
  }

  /** Logs. */
  Path logs() {
    return folder.resolve("logs");
  }

  /** Who changed what. */
  Path auditFile() {
    return folder.resolve("audit.jsonl");
  }

  /** What is set up already. */
  Path setUpFile() {
    return folder.resolve("set-up.json");
  }

  /** Whether a living process serves from here. */
  boolean isServed() {
    return new RunFile(runFile()).read().flatMap(RunState::process).isPresent();
  }

  /** The state folder to which the last start with another data folder went. */
  Optional<StateFolder> elsewhere() {
    try {
      return Files.exists(pointer())
          ? Optional.of(new StateFolder(Path.of(Files.readString(pointer()).strip())))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Remembers for later commands that this start goes to another folder. */
  void pointTo(StateFolder other) {
    try {
      Files.createDirectories(folder);
      Files.writeString(pointer(), other.folder() + "\n");
    } catch (IOException cause) {
      throw notWritable(String.valueOf(cause.getMessage())).exception(cause);
    }
  }

  /** The last start was here. */
  void pointNowhere() {
    try {
      Files.deleteIfExists(pointer());
    } catch (IOException cause) {
      throw notWritable(String.valueOf(cause.getMessage())).exception(cause);
    }
  }

  private Path pointer() {
    return folder.resolve("elsewhere");
  }

  /**
   * Makes the folder and its logs, if they are not there.
   *
   * @throws dev.undercroft.base.ProblemException if it cannot be written
   */
  void make() {
    try {
      Files.createDirectories(logs());
      Files.createDirectories(secrets());
      if (!Files.isWritable(folder)) {
        throw notWritable("the file system or its permissions forbid it").exception();
      }
    } catch (IOException cause) {
      throw notWritable(String.valueOf(cause.getMessage())).exception(cause);
    }
  }

  private Problem notWritable(String why) {
    return Problem.of(
            "MAIN_STATE_NOT_WRITABLE", ProblemKind.EXTERNAL, folder + " cannot be written to")
        .withDetail(why)
        .withRemedy(
            "Make the folder writable for this account, or choose another with `up --data FOLDER`.");
  }
}
