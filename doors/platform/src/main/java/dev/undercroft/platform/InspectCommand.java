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

  /**
   * How programs reach the databases, with the password. For the machine itself: never over the
   * network.
   *
   * @param as the role
   */
  record Url(Scope scope, As as) implements InspectCommand<ConnectionUrls> {

    /** A role to connect as. */
    public enum As {
      /** The application's: reads and writes what row policies allow. */
      APP,
      /** That of background work: reads and writes, not bound by row policies. */
      SYSTEM,
      /** That of migrations: may change the schema. */
      MIGRATOR,
      /** Reads only. */
      ANALYTICS,
      /** That of backups: reads everything. */
      BACKUP,
      /** The embedded server's superuser. */
      SUPERUSER
    }

    @Override
    public String verb() {
      return "url";
    }

    @Override
    public Class<ConnectionUrls> outcome() {
      return ConnectionUrls.class;
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
