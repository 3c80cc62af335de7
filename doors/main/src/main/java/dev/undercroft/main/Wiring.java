package dev.undercroft.main;

import dev.undercroft.backups.ClusterBackups;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Branches;
import dev.undercroft.evolve.Databases;
import dev.undercroft.evolve.Drafting;
import dev.undercroft.evolve.DriftCheck;
import dev.undercroft.evolve.Evolution;
import dev.undercroft.evolve.PlannedRun;
import dev.undercroft.evolve.Push;
import dev.undercroft.evolve.Squashing;
import dev.undercroft.platform.AuditEntry;
import dev.undercroft.platform.BranchVerb;
import dev.undercroft.platform.DraftVerb;
import dev.undercroft.platform.DriftVerb;
import dev.undercroft.platform.GuardedPlatform;
import dev.undercroft.platform.Histories;
import dev.undercroft.platform.LintGround;
import dev.undercroft.platform.MigrateVerbs;
import dev.undercroft.platform.OpenProjects;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.ProjectVerbs;
import dev.undercroft.platform.PushVerb;
import dev.undercroft.platform.SchemaVerbs;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.SettingsVerbs;
import dev.undercroft.platform.SquashVerb;
import dev.undercroft.platform.Verbs;
import dev.undercroft.safety.ProjectSafety;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.ServerSettings;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sqliteschema.SqliteDatabases;
import dev.undercroft.sqliteschema.SqliteSchemas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Puts the house together: the only place that knows who gets what. */
final class Wiring {

  private Wiring() {}

  /** The product, ready for its first verb. */
  static Platform platform() {
    Meters meters = new Meters();
    Hosts hosts = new DatabaseHosts();
    AtomicReference<Platform> whole = new AtomicReference<>();
    InstanceLife life =
        new InstanceLife(() -> new Startup.Tools(hosts, whole.get(), meters.registry()));
    OpenProjects.Opener opener = scope -> Opened.of(scope, life::instanceOf, hosts);
    SettingsVerbs settings = new SettingsVerbs(Ground::select, Ground::surroundings);
    Verbs verbs =
        new Verbs(
            life,
            migrating(opener, new StoredHistories(life::instanceOf)),
            new ProjectVerbs(opener, settings),
            new Inspections(opener, settings),
            new SchemaVerbs(
                Wiring::evolution,
                () -> new PlannedRun(new SchemaDatabases(), new PostgresSchemas()),
                new SqliteDumps(new PostgresDumps()),
                Wiring::linted),
            new DraftVerb(Wiring::drafting, InstantSource.system()),
            pushing(opener),
            new SquashVerb(Wiring::squashing),
            new ClusterBackups(new BackupGround(hosts), InstantSource.system()),
            new ProjectSafety(scope -> SafetyGround.of(scope, hosts), InstantSource.system()));
    Platform platform =
        new GuardedPlatform(
            verbs, new AuditFile(Wiring::auditFile), meters, InstantSource.system());
    whole.set(platform);
    return platform;
  }

  private static Evolution evolution(Dialect sql) {
    return sql == Dialect.SQLITE
        ? new Evolution(sqlite(), new SqliteSchemas())
        : new Evolution(new SchemaDatabases(), new PostgresSchemas());
  }

  private static Databases sqlite() {
    return new SqliteDatabases(new SchemaDatabases().replays());
  }

  /** A migration is in the SQL of the project's database. */
  private static Drafting drafting(Scope scope, Project project) {
    return Ground.isOnSqlite(scope, project)
        ? new Drafting(sqlite(), new SqliteSchemas())
        : new Drafting(new SchemaDatabases(), new PostgresSchemas());
  }

  private static MigrateVerbs migrating(OpenProjects.Opener opener, Histories histories) {
    return new MigrateVerbs(
        opener,
        histories,
        new DriftVerb(
            () -> new DriftCheck(new SchemaDatabases(), new PostgresSchemas()), Wiring::compared),
        new BranchVerb(() -> new Branches(new SchemaDatabases(), new PostgresSchemas())));
  }

  private static Squashing squashing(Scope scope, Project project) {
    refuseSqlite(
        "migrate squash",
        "Leave the migrations as they are; each is carried out once.",
        scope,
        project);
    return new Squashing(new SchemaDatabases(), new PostgresSchemas());
  }

  private static void refuseSqlite(String verb, String remedy, Scope scope, Project project) {
    if (Ground.isOnSqlite(scope, project)) {
      throw Problem.of(
              "MAIN_NOT_ON_SQLITE",
              ProblemKind.INPUT,
              "`%s` knows PostgreSQL, and %s is on SQLite".formatted(verb, project.name()))
          .withRemedy(remedy)
          .exception();
    }
  }

  private static PushVerb pushing(OpenProjects.Opener opener) {
    return new PushVerb(
        opener,
        (scope, project) -> {
          refuseSqlite(
              "schema push",
              "Try the schema on a file of its own with `undercroft schema apply --url sqlite:FILE"
                  + " --to schema`, or write the migration with `undercroft migrate dev`.",
              scope,
              project);
          return new Push(new SchemaDatabases(), new PostgresSchemas());
        },
        scope -> Ground.read(scope, Purpose.COMMAND).settings().get(ServerSettings.ENVIRONMENT));
  }

  /** The projects whose settings want their database compared before it is deployed. */
  private static Set<String> compared(Scope scope) {
    return Ground.read(scope, Purpose.COMMAND).projects().entrySet().stream()
        .filter(one -> one.getValue().get(DatabaseSettings.MIGRATE_DRIFT_CHECK))
        .map(one -> one.getKey().name())
        .collect(Collectors.toSet());
  }

  /** What lint must know of projects, by their names. */
  private static Map<String, LintGround> linted(Scope scope) {
    Map<String, LintGround> grounds = new TreeMap<>();
    Ground.read(scope, Purpose.COMMAND)
        .projects()
        .forEach((project, settings) ->
            grounds.put(
                project.name(),
                new LintGround(
                    settings.find(DatabaseSettings.LINT_SINCE),
                    Ground.isOnSqlite(scope, project) ? Dialect.SQLITE : Dialect.POSTGRESQL)));
    return grounds;
  }

  /**
   * Where no project is yet, as before {@code init}, the folder itself gets the audit; a schema
   * that is changed outside of any project concerns none.
   */
  private static Optional<Path> auditFile(AuditEntry entry) {
    Path directory = Path.of(entry.directory());
    try {
      return Optional.of(Ground.stateOf(Scope.of(directory)).auditFile());
    } catch (ProblemException noProjectYet) {
      return entry.verb().startsWith("schema ")
          ? Optional.empty()
          : Optional.of(new StateFolder(directory.resolve(".undercroft")).auditFile());
    }
  }
}
