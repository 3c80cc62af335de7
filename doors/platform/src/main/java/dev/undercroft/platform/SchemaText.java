package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.util.List;

/**
 * A schema as text.
 *
 * @param text in the format that was asked for
 * @param notes what was left out of it, or met and not understood
 */
public record SchemaText(String text, List<Problem> notes) {

  /** Copies the list. */
  public SchemaText {
    notes = List.copyOf(notes);
  }
}
