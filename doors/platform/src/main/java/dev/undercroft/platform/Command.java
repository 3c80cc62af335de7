package dev.undercroft.platform;

/**
 * One verb of the product with everything it needs, as a value. Every door builds these and gives
 * them to {@link Platform#run}; nothing else changes or reads a project. Immutable.
 *
 * @param <R> what the verb answers; a record that a door can print or write as JSON
 */
public sealed interface Command<R>
    permits LifeCommand,
        MigrateCommand,
        ProjectCommand,
        InspectCommand,
        SchemaCommand,
        BackupCommand,
        SafetyCommand {

  /** The verb as a user types it, for example {@code migrate deploy}; also its name in metrics. */
  String verb();

  /** What the verb is about. */
  Scope scope();

  /** The type of the answer. */
  Class<R> outcome();
}
