package dev.undercroft.platform;

/**
 * Looking, without changing anything.
 *
 * @param <R> what the verb answers
 */
public sealed interface InspectCommand<R> extends Command<R> {

  /** Asks every database how it is, by real queries with a time limit. */
  record Health(Scope scope) implements InspectCommand<HealthReport> {
    @Override
    public String verb() {
      return "health";
    }

    @Override
    public Class<HealthReport> outcome() {
      return HealthReport.class;
    }
  }

  /**
   * Looks at machine, versions, permissions, disk, ports and files for what would get in the way.
   */
  record Doctor(Scope scope) implements InspectCommand<DoctorReport> {
    @Override
    public String verb() {
      return "doctor";
    }

    @Override
    public Class<DoctorReport> outcome() {
      return DoctorReport.class;
    }
  }

  /** Every setting, its value and where it came from; secrets as {@code ***}. */
  record Config(Scope scope) implements InspectCommand<ConfigReport> {
    @Override
    public String verb() {
      return "config";
    }

    @Override
    public Class<ConfigReport> outcome() {
      return ConfigReport.class;
    }
  }
}
