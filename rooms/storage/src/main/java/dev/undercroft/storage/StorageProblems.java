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

  /**
   * Something stored is not what was stored.
   *
   * @param sealedFor the object's name, behind the id of its repository where it has one: people
   *     look for the name
   */
  static ProblemException damaged(String sealedFor, String what) {
    String object = sealedFor.replaceFirst("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/", "");
    return Problem.of("STORAGE_DAMAGED", ProblemKind.EXTERNAL, object + " is damaged: " + what)
        .withRemedy(
            "`undercroft backup verify` tells which backups are sound. Bring the object back from"
                + " another copy, or take a full backup at once: undercroft backup create --full")
        .with("object", object)
        .exception();
  }
}
