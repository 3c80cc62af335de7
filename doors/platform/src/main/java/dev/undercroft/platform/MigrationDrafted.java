package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A migration that was made from the wanted schema.
 *
 * @param project the project's name
 * @param folder the migration's folder; empty when nothing was written
 * @param sql what it does; empty text when there is nothing to migrate
 * @param down how it is undone; empty text where that could not be proved
 * @param hazards what can go wrong, a sentence each
 * @param questions lines for an answers file: what may be a rename. Nothing is written as long as
 *     there are some
 * @param proof what became of trying it on a copy
 * @param deployed what deploying it did; empty when it was not deployed
 * @param notes what was left out of the sources, or met and not understood
 */
public record MigrationDrafted(
    String project,
    Optional<Path> folder,
    String sql,
    String down,
    List<String> hazards,
    List<String> questions,
    List<String> proof,
    Optional<Deployments> deployed,
    List<Problem> notes) {

  /** Copies the lists. */
  public MigrationDrafted {
    hazards = List.copyOf(hazards);
    questions = List.copyOf(questions);
    proof = List.copyOf(proof);
    notes = List.copyOf(notes);
  }

  MigrationDrafted deployed(Deployments deployments) {
    return new MigrationDrafted(
        project, folder, sql, down, hazards, questions, proof, Optional.of(deployments), notes);
  }
}
