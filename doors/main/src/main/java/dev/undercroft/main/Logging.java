package dev.undercroft.main;

import dev.undercroft.settings.LogFormat;
import dev.undercroft.settings.LogLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends log lines to the console and to a file that rotates: 5 files of 10 MB. The file is always
 * JSON; the console is text on a terminal and JSON elsewhere, unless told otherwise.
 */
final class Logging implements AutoCloseable {

  private static final int FILE_BYTES = 10 << 20;
  private static final int FILES = 5;

  /** Libraries say at INFO what concerns only those who develop them. */
  private static final List<String> QUIET =
      List.of("org.eclipse.jetty", "io.javalin", "com.zaxxer.hikari", "org.jooq", "org.postgresql");

  /** What JUL would forget: it keeps loggers by weak reference, and their levels with them. */
  private final List<Logger> kept = new ArrayList<>();

  /**
   * How to log.
   *
   * @param level how much
   * @param database how much about the database
   * @param format how a line on the console looks
   * @param terminal whether the console is a terminal
   */
  record Wish(LogLevel level, LogLevel database, LogFormat format, boolean terminal) {}

  /** Commands that do not serve: problems are told by the command itself, so only warnings. */
  static Logging quiet() {
    Logging logging = new Logging();
    LogManager.getLogManager().reset();
    Logger root = logging.keep("");
    root.addHandler(console(new LineFormats.Text(), Level.WARNING));
    root.setLevel(Level.WARNING);
    return logging;
  }

  /**
   * A serving instance. A person who watches is not drowned in statements unless they ask for more
   * with the level; the file has them.
   */
  static Logging of(Wish wish, @Nullable Path folder) throws IOException {
    Logging logging = new Logging();
    LogManager.getLogManager().reset();
    Logger root = logging.keep("");
    boolean text =
        wish.format() == LogFormat.TEXT || (wish.format() == LogFormat.AUTO && wish.terminal());
    boolean watched = wish.terminal() && julLevel(wish.level()).intValue() >= Level.INFO.intValue();
    root.addHandler(
        console(
            text ? new LineFormats.Text() : new LineFormats.Json(),
            watched ? Level.INFO : Level.ALL));
    if (folder != null) {
      FileHandler file =
          new FileHandler(folder.resolve("undercroft.%g.log").toString(), FILE_BYTES, FILES, true);
      file.setFormatter(new LineFormats.Json());
      root.addHandler(file);
    }
    root.setLevel(julLevel(wish.level()));
    QUIET.forEach(name -> logging.keep(name).setLevel(Level.WARNING));
    logging.keep("undercroft.database").setLevel(julLevel(wish.database()));
    return logging;
  }

  private Logger keep(String name) {
    Logger logger = Logger.getLogger(name);
    kept.add(logger);
    return logger;
  }

  private static Handler console(Formatter formatter, Level level) {
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(formatter);
    console.setLevel(level);
    return console;
  }

  private static Level julLevel(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case QUERY -> Level.FINE;
      case DEBUG -> Level.ALL;
    };
  }

  /** Writes what is waiting and closes the file. */
  @Override
  public void close() {
    for (Logger logger : kept) {
      for (Handler handler : logger.getHandlers()) {
        handler.flush();
        if (handler instanceof FileHandler) {
          handler.close();
        }
      }
    }
  }
}
