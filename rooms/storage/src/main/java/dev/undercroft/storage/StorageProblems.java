package dev.undercroft.storage;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;

/** The problems that more than one class of this room reports. Stateless. */
final class StorageProblems {

  private StorageProblems() {}

  static ProblemException notFound(BlobName name, Throwable cause) {
    return Problem.of("STORAGE_NOT_FOUND", ProblemKind.NOT_FOUND, "there is no blob " + name)
        .withRemedy("List the store; the blob was removed, or the name belongs to another store.")
        .exception(cause);
  }

  static ProblemException damaged(String object, String what) {
    return Problem.of("STORAGE_DAMAGED", ProblemKind.EXTERNAL, object + " is damaged: " + what)
        .withRemedy(
            "Do not restore from it. Take another backup or another copy of the repository.")
        .with("object", object)
        .exception();
  }
}
