package dev.undercroft.main;

import dev.undercroft.cli.Cli;
import dev.undercroft.cli.Terminal;
import dev.undercroft.platform.Platform;
import java.util.List;
import java.util.function.Supplier;

/** Where the process begins. Loads the product only for commands that need it. */
public final class Main {

  /**
   * The command is done and left no thread behind, so the process ends by itself. Ending it by
   * {@link System#exit} makes the JDK look for a logger, which takes longer than a short command.
   */
  private static final int NOTHING_TO_END = -1;

  private Main() {}

  /** Carries out one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code = run(List.of(arguments));
    if (code != NOTHING_TO_END) {
      System.exit(code);
    }
  }

  /** The exit code, or {@link #NOTHING_TO_END}. */
  static int run(List<String> arguments) {
    Product product = new Product();
    int code = new Cli(Terminal.ofProcess(), product).run(arguments);
    return code == 0 && !product.isUsed ? NOTHING_TO_END : code;
  }

  /** The product, wired when a command first asks for it. */
  private static final class Product implements Supplier<Platform> {
    private boolean isUsed;

    @Override
    public Platform get() {
      isUsed = true;
      // A serving instance changes this later; everything else tells its problems itself.
      var _ = Logging.quiet();
      return Wiring.platform();
    }
  }
}
