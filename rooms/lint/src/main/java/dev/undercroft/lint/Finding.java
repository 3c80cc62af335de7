package dev.undercroft.lint;

/**
 * One thing that was found. Immutable.
 *
 * @param rule which rule it breaks
 * @param place where: file, line and column, or an object of a database
 * @param message what is there, naming thing and value; no full stop
 * @param excerpt the line with a caret under the place; empty text for an object of a database
 */
public record Finding(Rule rule, Place place, String message, String excerpt) {

  /**
   * Where something was found.
   *
   * @param file the file, or the object as people call it
   * @param line from 1; 0 for an object of a database
   * @param column in characters from 1; 0 for an object of a database
   */
  public record Place(String file, int line, int column) {

    /** {@code file:line:column}, or the object alone. */
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }
}
