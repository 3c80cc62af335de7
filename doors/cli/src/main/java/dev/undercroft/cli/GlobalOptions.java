package dev.undercroft.cli;

import java.util.List;
import java.util.Optional;

/** The options that every command has. */
final class GlobalOptions {

  static final Option HELP = Option.flag("--help -h", "Shows this help.");
  static final Option PROJECT =
      Option.of(
          "--project -p",
          "NAME|FOLDER",
          "The project to work on; by default the one around the working directory, or all of the"
              + " workspace.");
  static final Option ENVIRONMENT =
      Option.of(
          "--environment -e --env",
          "NAME",
          "development, test, qa, sandbox, staging or production.");
  static final Option SET =
      Option.of("--set", "NAME=VALUE", "Gives a setting for this run; may be repeated.");
  static final Option JSON = Option.flag("--json", "Answers in JSON, for programs.");
  static final Option QUIET =
      Option.flag("--quiet -q", "Says nothing but the answer: no progress, no advice.");
  static final Option COLOR =
      Option.of("--color", "WHEN", "auto, always or never; auto also obeys NO_COLOR.");
  static final Option NO_COLOR = Option.flag("--no-color", "The same as --color=never.");
  static final Option DEBUG = Option.flag("--debug", "Shows where in the program a problem arose.");

  static final List<Option> ALL =
      List.of(PROJECT, ENVIRONMENT, SET, JSON, QUIET, COLOR, NO_COLOR, DEBUG, HELP);

  private GlobalOptions() {}

  static Optional<Option> named(String name) {
    for (Option option : ALL) {
      if (option.names().contains(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
