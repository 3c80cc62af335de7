package dev.undercroft.main;

import dev.undercroft.access.StatementObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Times every statement of a project's pools, warns of slow ones, and tells of those that failed as
 * errors: they are what is left of this log outside development. Literals are cut out of the text
 * before it is logged; values of parameters never are in it. Thread-safe.
 */
final class StatementWatch implements StatementObserver {

  private static final int SHOWN = 500;

  private final System.Logger log = System.getLogger("undercroft.database");
  private final String project;
  private final Duration slow;
  private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

  /**
   * Watches.
   *
   * @param project the project's name
   * @param slow from which time on a statement is reported
   * @param meters takes the times
   */
  StatementWatch(String project, Duration slow, MeterRegistry meters) {
    this.project = project;
    this.slow = slow;
    for (Outcome outcome : Outcome.values()) {
      timers.put(
          outcome,
          Timer.builder("undercroft.statements")
              .description("Time from a statement to its first answer")
              .tag("project", project)
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  @Override
  public void ended(String sql, Duration took, Outcome outcome) {
    Timer timer = timers.get(outcome);
    if (timer != null) {
      timer.record(took);
    }
    if (outcome == Outcome.FAILED) {
      log.log(
          Level.ERROR,
          () ->
              "Failed database query after "
                  + took.toMillis()
                  + "ms in "
                  + project
                  + ": "
                  + shown(sql));
    } else if (took.compareTo(slow) > 0) {
      log.log(
          Level.WARNING,
          () -> "Slow database query: " + took.toMillis() + "ms in " + project + ": " + shown(sql));
    } else {
      log.log(Level.DEBUG, () -> project + " " + took.toNanos() / 1000 + " us: " + shown(sql));
    }
  }

  private static String shown(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ").replaceAll("'(?:[^']|'')*'", "'…'");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
