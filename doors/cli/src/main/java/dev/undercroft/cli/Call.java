package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One command being carried out: what was typed, and where the answer goes. Not thread-safe. */
final class Call {

  private final Typed typed;
  private final Terminal terminal;
  private final Supplier<Platform> platform;

  /** How one stream looks. Immutable. */
  record Screen(boolean isTerminal, int width, Style style) {}

  Call(Typed typed, Terminal terminal, Supplier<Platform> platform) {
    this.typed = typed;
    this.terminal = terminal;
    this.platform = platform;
  }

  Terminal terminal() {
    return terminal;
  }

  Screen screen() {
    return new Screen(
        terminal.faces().out(),
        terminal.width(),
        Style.of(typed.colours(), terminal.faces().out(), terminal));
  }

  Screen errorScreen() {
    return new Screen(
        terminal.faces().err(),
        terminal.width(),
        Style.of(typed.colours(), terminal.faces().err(), terminal));
  }

  boolean has(Option option) {
    return typed.has(option);
  }

  Optional<String> text(Option option) {
    return typed.text(option);
  }

  /** All values of an option that may be repeated. */
  List<String> texts(Option option) {
    return typed.texts(option);
  }

  List<String> operands() {
    return typed.operands();
  }

  boolean isQuiet() {
    return typed.has(GlobalOptions.QUIET);
  }

  boolean isJson() {
    return typed.text(GlobalOptions.JSON).filter(String::isEmpty).isPresent();
  }

  /** A whole number that an option gives. */
  int number(Option option, int least, int otherwise) {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("\\d{1,9}") || Integer.parseInt(text.get()) < least) {
      throw Problem.of(
              "CLI_NOT_A_NUMBER",
              ProblemKind.USAGE,
              option.name() + " cannot be '" + text.get() + "'")
          .withRemedy("Write a whole number of at least " + least + ".")
          .exception();
    }
    return Integer.parseInt(text.get());
  }

  /** What this command is about. */
  Scope scope() {
    Map<String, String> flags = new LinkedHashMap<>();
    typed
        .text(GlobalOptions.ENVIRONMENT)
        .ifPresent(environment -> flags.put("environment", environment));
    for (String setting : typed.texts(GlobalOptions.SET)) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw Problem.of(
                "CLI_SET_WITHOUT_VALUE", ProblemKind.USAGE, "--set cannot be '" + setting + "'")
            .withRemedy("Write --set NAME=VALUE, for example --set server.port=9000.")
            .exception();
      }
      flags.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    Optional<String> project = typed.text(GlobalOptions.PROJECT);
    Optional<Path> folder = project.flatMap(this::projectFolder);
    return new Scope(
        folder.orElse(terminal.directory()),
        folder.isPresent() ? List.of() : project.map(List::of).orElse(List.of()),
        flags);
  }

  /** The folder that the person named, if it is one. */
  private Optional<Path> projectFolder(String named) {
    try {
      Path folder = terminal.directory().resolve(named).normalize();
      if (folder.endsWith("undercroft.toml") && folder.getParent() != null) {
        folder = folder.getParent();
      }
      return Files.isRegularFile(folder.resolve("undercroft.toml"))
          ? Optional.of(folder)
          : Optional.empty();
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  /** Carries out a verb of the product and shows how far it has come. */
  <R> R run(Command<R> command) {
    if (isQuiet() || isJson()) {
      return platform.get().run(caller(), command);
    }
    try (ProgressLine progress =
        new ProgressLine(terminal.err(), errorScreen(), InstantSource.system())) {
      return platform.get().run(caller(), command, progress);
    }
  }

  private static Caller caller() {
    return new Caller.LocalOperator(System.getProperty("user.name", "?"));
  }

  /** Gives the answer: as JSON when that was asked for, else as text. */
  <R> void answer(R outcome, Function<R, String> text) {
    if (isJson()) {
      terminal.out().println(JsonAnswer.of(outcome));
    } else {
      terminal.out().print(text.apply(outcome));
    }
    terminal.out().flush();
  }

  /** Says something beside the answer. */
  void say(String text) {
    if (!isQuiet() && !isJson()) {
      terminal.err().println(text);
    }
  }
}
