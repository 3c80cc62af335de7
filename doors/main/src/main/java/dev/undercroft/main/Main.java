package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.cli.Cli;
import dev.undercroft.cli.Terminal;
import dev.undercroft.platform.Platform;
import java.util.List;

/** Where the process begins. Loads the product only for commands that need it. */
public final class Main {

  private Main() {}

  /** Carries out one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new Cli(Terminal.ofProcess(), Main::platform).run(List.of(arguments)));
  }

  private static Platform platform() {
    throw Problem.of("MAIN_NOT_WIRED", ProblemKind.INTERNAL, "this build has no engine")
        .withRemedy("Use a newer build.")
        .exception();
  }
}
