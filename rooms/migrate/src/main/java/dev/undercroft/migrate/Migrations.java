package dev.undercroft.migrate;

import dev.undercroft.base.Progress;
import java.util.List;
import java.util.Optional;

/**
 * The verbs around migrations of one project in one database. Every verb opens its own sessions and
 * closes them. Thread-safe; two deploying verbs at once, here or in other processes, wait for each
 * other.
 */
// The bodies follow; until then each throws.
@SuppressWarnings("DoNotCallSuggester")
public final class Migrations {

  private final MigrationDialect dialect;
  private final MigrationLayout layout;
  private final MigrationOptions options;

  /**
   * Nothing is read or opened yet.
   *
   * @param dialect the database, as the migrator sees it
   * @param layout where the files are
   * @param options how to deploy
   */
  public Migrations(MigrationDialect dialect, MigrationLayout layout, MigrationOptions options) {
    this.dialect = dialect;
    this.layout = layout;
    this.options = options;
  }

  /**
   * How files and history compare. Changes nothing, creates nothing.
   *
   * @throws dev.undercroft.base.ProblemException with every problem of the files together, or when
   *     the database cannot be read
   */
  public MigrationStatus status() {
    throw notYet();
  }

  /**
   * What {@link #deploy} would do; this is {@code deploy --dry-run}. Changes nothing.
   *
   * @throws dev.undercroft.base.ProblemException as {@link #status}; blockers are in the plan
   */
  public DeployPlan plan() {
    throw notYet();
  }

  /**
   * Applies what is pending, in order; stops at the first that fails.
   *
   * @throws dev.undercroft.base.ProblemException when something blocks or a statement fails; what
   *     was applied before it stays applied and is in the history
   */
  public DeployResult deploy(Progress progress) {
    throw notYet();
  }

  /** Runs the seeds again, in name order, each in one transaction; stops at the first problem. */
  public SeedResult seed(Progress progress) {
    throw notYet();
  }

  /** {@link #deploy}, then {@link #seed}; stops at the first problem. */
  public SetupResult setup(Progress progress) {
    throw notYet();
  }

  /**
   * Corrects the history after a person has repaired the database by hand.
   *
   * @param migration the migration's full name, for example {@code 20250709035454_init_auth}
   */
  public MigrationStatus resolve(String migration, Resolution resolution) {
    throw notYet();
  }

  /**
   * Takes an existing database into care: marks migrations as applied without running them. The
   * history must be empty.
   *
   * @param upTo the last migration to mark; empty for all
   */
  public MigrationStatus baseline(Optional<String> upTo) {
    throw notYet();
  }

  /** What {@link #down} would undo: the last {@code count} applied migrations, latest first. */
  public DownPlan planDown(int count) {
    throw notYet();
  }

  /** What {@link #down} would undo so that {@code lastThatStays} is the latest applied one. */
  public DownPlan planDownTo(String lastThatStays) {
    throw notYet();
  }

  /** Undoes migrations by their {@code down.sql}, each in one transaction with its history row. */
  public DownResult down(DownPlan plan, Consent consent, Progress progress) {
    throw notYet();
  }

  /** Every object {@link #reset} would drop. Changes nothing. */
  public ResetPlan planReset() {
    throw notYet();
  }

  /**
   * Drops the project's objects and the history, deploys from the start, and seeds when the project
   * has seeds.
   *
   * @throws dev.undercroft.base.ProblemException when the database is marked as production and the
   *     consent does not name it
   */
  public ResetResult reset(Consent consent, Progress progress) {
    throw notYet();
  }

  /** What this database says of itself; {@link DatabaseMarker#NONE} when it says nothing. */
  public DatabaseMarker marker() {
    throw notYet();
  }

  /** Writes what this database says of itself. */
  public void mark(DatabaseMarker marker) {
    throw notYet();
  }

  private UnsupportedOperationException notYet() {
    return new UnsupportedOperationException(
        "not built yet: " + List.of(dialect.target(), layout, options));
  }
}
