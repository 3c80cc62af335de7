package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.HistorySql.Author;
import dev.undercroft.migrate.MigrationSession.ProjectObject;
import dev.undercroft.migrate.Undoer.Range;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The verbs around migrations of one project in one database. Every verb opens its own sessions and
 * closes them. Thread-safe; two deploying verbs at once, here or in other processes, wait for each
 * other.
 */
public final class Migrations {

  private static final int MOST_DROPS = 500;

  private final MigrationDialect dialect;
  private final MigrationLayout layout;
  private final MigrationOptions options;
  private final Clock clock = Clock.systemUTC();
  private final Pause pause = Pause.REAL;

  /**
   * Nothing is read or opened yet.
   *
   * @param dialect the database, as the migrator sees it
   * @param layout where the files are
   * @param options how to deploy
   * @throws ProblemException when the database cannot do what the options ask for
   */
  public Migrations(MigrationDialect dialect, MigrationLayout layout, MigrationOptions options) {
    Unsupported.check(dialect, options);
    this.dialect = dialect;
    this.layout = layout;
    this.options = options;
  }

  /** The same, and pending files of lower versions than one applied are applied, not refused. */
  public Migrations applyingLate() {
    return new Migrations(dialect, layout, options.withLate(MigrationOptions.LateFiles.APPLY));
  }

  /**
   * How files and history compare. Changes nothing, creates nothing.
   *
   * @throws ProblemException with every problem of the files together, or when the database cannot
   *     be read
   */
  public MigrationStatus status() {
    MigrationFolder folder = folder();
    try (MigrationSession session = dialect.open()) {
      return status(session, folder);
    }
  }

  private MigrationStatus status(MigrationSession session, MigrationFolder folder) {
    History history = new HistoryReader(session, dialect).read(folder);
    Comparison comparison = new Comparison(folder, history, options.late());
    List<Problem> problems = new ArrayList<>(comparison.blockers());
    comparison.entries().stream()
        .flatMap(entry -> entry.problem().stream())
        .filter(problem -> !problems.contains(problem))
        .filter(problem -> !problem.code().equals("MIGRATE_LATE"))
        .forEach(problems::add);
    session
        .deployer()
        .ifPresent(deployer ->
            problems.add(
                Problem.of(
                        "MIGRATE_DEPLOYER_BUSY",
                        ProblemKind.CONFLICT,
                        "a deployer is at work on " + dialect.target())
                    .withDetail("It is " + deployer + ".")
                    .withRemedy("Wait for it, and ask again.")));
    return new MigrationStatus(dialect.target(), history.exists(), comparison.entries(), problems);
  }

  /**
   * What {@link #status} would say of a database in which nothing was ever deployed, or which does
   * not exist yet. Opens nothing.
   *
   * @throws ProblemException with every problem of the files together
   */
  public MigrationStatus statusOfNew() {
    Comparison comparison = new Comparison(folder(), History.NONE, options.late());
    return new MigrationStatus(
        dialect.target(), false, comparison.entries(), comparison.blockers());
  }

  /**
   * What {@link #deploy} would do; this is {@code deploy --dry-run}. Changes nothing.
   *
   * @throws ProblemException as {@link #status}; blockers are in the plan
   */
  public DeployPlan plan() {
    MigrationFolder folder = folder();
    try (MigrationSession session = dialect.open()) {
      History history = new HistoryReader(session, dialect).read(folder);
      return new DeployPlanner(dialect, folder, history, options).plan().plan();
    }
  }

  /**
   * Applies what is pending, in order; stops at the first that fails.
   *
   * @throws ProblemException when something blocks or a statement fails; what was applied before it
   *     stays applied and is in the history
   */
  public DeployResult deploy(Progress progress) {
    MigrationFolder folder = folder();
    return turn().take(progress, lock -> deploy(lock, folder, progress));
  }

  private DeployResult deploy(DeployLock lock, MigrationFolder folder, Progress progress) {
    DeployResult result = deployer().deploy(lock, folder, progress);
    if (!options.marker().equals(DatabaseMarker.NONE)
        && Markers.read(lock.session(), dialect).equals(DatabaseMarker.NONE)) {
      mark(lock.session(), options.marker());
    }
    return result;
  }

  /** Runs the seeds again, in name order, each in one transaction; stops at the first problem. */
  public SeedResult seed(Progress progress) {
    List<SqlFile> seeds = FolderReader.readSeeds(layout.seeds());
    return turn().take(progress, lock -> seeder().seed(lock, seeds, progress));
  }

  /** {@link #deploy}, then {@link #seed}; stops at the first problem. */
  public SetupResult setup(Progress progress) {
    MigrationFolder folder = folder();
    List<SqlFile> seeds = FolderReader.readSeeds(layout.seeds());
    return turn().take(progress, lock -> setup(lock, folder, seeds, progress));
  }

  private SetupResult setup(
      DeployLock lock, MigrationFolder folder, List<SqlFile> seeds, Progress progress) {
    DeployResult deployed = deploy(lock, folder, progress);
    return new SetupResult(deployed, seeder().seed(lock, seeds, progress));
  }

  /**
   * Corrects the history after a person has repaired the database by hand.
   *
   * @param migration the migration's full name, for example {@code 20250709035454_init_auth}
   * @throws ProblemException when there is no such migration, or it needs no such correction
   */
  public MigrationStatus resolve(String migration, Resolution resolution) {
    return correct((correction, now) -> correction.resolve(migration, resolution, now.instant()));
  }

  /**
   * Takes an existing database into care: marks migrations as applied without running them. The
   * history must be empty.
   *
   * @param upTo the last migration to mark; empty for all
   */
  public MigrationStatus baseline(Optional<String> upTo) {
    return correct((correction, now) -> correction.baseline(upTo, now.instant()));
  }

  private MigrationStatus correct(BiFunction<Correction, Clock, List<String>> correction) {
    MigrationFolder folder = folder();
    return turn()
        .take(
            Progress.NONE,
            lock -> {
              MigrationSession session = lock.session();
              History history = new HistoryReader(session, dialect).read(folder);
              Author author = new Author(DeployTurn.who(options), session.serverVersion());
              List<String> writes = new ArrayList<>();
              if (!history.exists()) {
                writes.addAll(dialect.history().create());
              }
              writes.addAll(
                  correction.apply(new Correction(dialect, folder, history, author), clock));
              session.write(writes);
              History now = new HistoryReader(session, dialect).read(folder);
              Comparison comparison = new Comparison(folder, now, options.late());
              return new MigrationStatus(
                  dialect.target(), true, comparison.entries(), comparison.blockers());
            });
  }

  /** What {@link #down} would undo: the last {@code count} applied migrations, latest first. */
  public DownPlan planDown(int count) {
    return planDown(new Range(count, Optional.empty()));
  }

  /** What {@link #down} would undo so that {@code lastThatStays} is the latest applied one. */
  public DownPlan planDownTo(String lastThatStays) {
    return planDown(new Range(0, Optional.of(lastThatStays)));
  }

  private DownPlan planDown(Range range) {
    MigrationFolder folder = folder();
    try (MigrationSession session = dialect.open()) {
      return planDown(session, folder, range);
    }
  }

  private DownPlan planDown(MigrationSession session, MigrationFolder folder, Range range) {
    History history = new HistoryReader(session, dialect).read(folder);
    return new Undoer(dialect, options, clock).plan(folder, history, range);
  }

  /**
   * Undoes migrations by their {@code down.sql}, each in one transaction with its history row.
   *
   * @throws ProblemException when the plan is not what would be planned now, or has blockers, or
   *     the database is guarded
   */
  public DownResult down(DownPlan plan, Consent consent, Progress progress) {
    MigrationFolder folder = folder();
    return turn()
        .take(
            progress,
            lock -> {
              MigrationSession session = lock.session();
              allow("migrate down", session, consent);
              Range range = new Range(plan.steps().size(), Optional.empty());
              if (!planDown(session, folder, range).equals(plan)) {
                throw Problem.of(
                        "MIGRATE_PLAN_STALE",
                        ProblemKind.CONFLICT,
                        "files or history have changed since this was planned")
                    .withRemedy("Plan again, and look at it.")
                    .exception();
              }
              return new Undoer(dialect, options, clock).down(lock, folder, plan, progress);
            });
  }

  /** Every object {@link #reset} would drop. Changes nothing. */
  public ResetPlan planReset() {
    try (MigrationSession session = dialect.open()) {
      return new ResetPlan(
          dialect.target(),
          dialect.database(),
          Markers.read(session, dialect),
          session.projectObjects().stream().map(ProjectObject::name).toList());
    }
  }

  /**
   * Drops the project's objects and the history, deploys from the start, and seeds when the project
   * has seeds.
   *
   * @throws ProblemException when the database is guarded and the consent does not name it, or the
   *     files are not sound: then nothing is dropped
   */
  public ResetResult reset(Consent consent, Progress progress) {
    MigrationFolder folder = folder();
    List<SqlFile> seeds = FolderReader.readSeeds(layout.seeds());
    return turn()
        .take(
            progress,
            lock -> {
              allow("migrate reset", lock.session(), consent);
              refuseUnsound(folder);
              List<String> dropped = drop(lock.session(), progress);
              return new ResetResult(dropped, setup(lock, folder, seeds, progress));
            });
  }

  /** The database may have been made before anybody marked it: what the options say counts too. */
  private void allow(String verb, MigrationSession session, Consent consent) {
    DatabaseMarker stored = Markers.read(session, dialect);
    boolean isOpen = stored.guard() == DatabaseMarker.Guard.OPEN;
    Markers.allow(verb, isOpen ? options.marker() : stored, dialect, consent);
  }

  private void refuseUnsound(MigrationFolder folder) {
    DeployPlan plan = new DeployPlanner(dialect, folder, History.NONE, options).plan().plan();
    if (!plan.blockers().isEmpty()) {
      throw new ProblemException(plan.blockers());
    }
  }

  /**
   * In one transaction, unless the objects are so many that their locks would not fit into the
   * server's table of locks; then the history goes first, so that it never claims what is gone.
   */
  private List<String> drop(MigrationSession session, Progress progress) {
    List<ProjectObject> objects = session.projectObjects();
    List<String> writes = new ArrayList<>();
    if (!session.columns(HistorySql.MIGRATION).isEmpty()) {
      writes.addAll(new HistorySql(dialect.history()).clear());
    }
    for (int i = 0; i < objects.size(); i++) {
      writes.add(objects.get(i).drop());
      if (writes.size() >= MOST_DROPS) {
        progress.report("dropping", i, objects.size());
        session.write(writes);
        writes.clear();
      }
    }
    progress.report("dropping", objects.size(), objects.size());
    session.write(writes);
    return objects.stream().map(ProjectObject::name).toList();
  }

  /** What this database says of itself; {@link DatabaseMarker#NONE} when it says nothing. */
  public DatabaseMarker marker() {
    try (MigrationSession session = dialect.open()) {
      return Markers.read(session, dialect);
    }
  }

  /** Writes what this database says of itself. */
  public void mark(DatabaseMarker marker) {
    try (MigrationSession session = dialect.open()) {
      mark(session, marker);
    }
  }

  private void mark(MigrationSession session, DatabaseMarker marker) {
    List<String> writes = new ArrayList<>(dialect.history().create());
    writes.addAll(new HistorySql(dialect.history()).writeMarker(marker, DeployTurn.who(options)));
    session.write(writes);
  }

  private MigrationFolder folder() {
    return FolderReader.read(layout.migrations());
  }

  private DeployTurn turn() {
    return new DeployTurn(dialect, options, pause);
  }

  private Deployer deployer() {
    return new Deployer(dialect, options, clock, pause);
  }

  private Seeder seeder() {
    return new Seeder(dialect, options, clock, pause);
  }
}
