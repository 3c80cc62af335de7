package dev.undercroft.cli;

/** Colours and signs of one stream; plain text where they are not wanted. Immutable. */
enum Style {
  /** With colours, for a terminal. */
  COLOURED,
  /** Without. */
  PLAIN;

  private static final String RESET = "\u001B[0m";

  /** When colours are used. */
  enum When {
    /** On a terminal, unless NO_COLOR is set or the terminal is a dumb one. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /** The style of a stream (see no-color.org for the variable). */
  static Style of(When when, boolean isTerminal, Terminal terminal) {
    return switch (when) {
      case ALWAYS -> COLOURED;
      case NEVER -> PLAIN;
      case AUTO ->
          isTerminal
                  && terminal.variables().getOrDefault("NO_COLOR", "").isEmpty()
                  && !"dumb".equals(terminal.variables().get("TERM"))
              ? COLOURED
              : PLAIN;
    };
  }

  String strong(String text) {
    return wrapped("1", text);
  }

  String faint(String text) {
    return wrapped("2", text);
  }

  String good(String text) {
    return wrapped("32", text);
  }

  String warning(String text) {
    return wrapped("33", text);
  }

  String bad(String text) {
    return wrapped("31", text);
  }

  String name(String text) {
    return wrapped("36", text);
  }

  private String wrapped(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001B[" + code + "m" + text + RESET;
  }
}
