package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.time.Duration;
import java.util.List;

/**
 * A development database that was made what the wanted schema says.
 *
 * @param project the project's name
 * @param database the name of its database
 * @param statements what ran, in order; empty when nothing was to do
 * @param questions lines for an answers file: what may be a rename. Nothing ran if there are some
 * @param notes what was left out of the schema, or met and not understood
 * @param took how long it took
 */
public record SchemaPushed(
    String project,
    String database,
    List<String> statements,
    List<String> questions,
    List<Problem> notes,
    Duration took) {

  /** Copies the lists. */
  public SchemaPushed {
    statements = List.copyOf(statements);
    questions = List.copyOf(questions);
    notes = List.copyOf(notes);
  }
}
