package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code .undercroft} of a workspace: everything the product makes at run time, and
 * nothing a person writes. Immutable.
 *
 * @param folder the folder itself, absolute
 */
record StateFolder(Path folder) {

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
            "Make the folder writable for this account; --data moves only the server's data.");
  }
}
