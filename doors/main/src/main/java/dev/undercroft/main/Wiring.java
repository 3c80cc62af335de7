package dev.undercroft.main;

import dev.undercroft.backups.ClusterBackups;
import dev.undercroft.base.ProblemException;
import dev.undercroft.evolve.Databases;
import dev.undercroft.evolve.Drafting;
import dev.undercroft.evolve.Evolution;
import dev.undercroft.platform.AuditEntry;
import dev.undercroft.platform.DraftVerb;
import dev.undercroft.platform.GuardedPlatform;
import dev.undercroft.platform.MigrateVerbs;
import dev.undercroft.platform.OpenProjects;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.ProjectVerbs;
import dev.undercroft.platform.SchemaVerbs;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.SettingsVerbs;
import dev.undercroft.platform.Verbs;
import dev.undercroft.safety.ProjectSafety;
import dev.undercroft.settings.Project;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sqliteschema.SqliteDatabases;
import dev.undercroft.sqliteschema.SqliteSchemas;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
            new MigrateVerbs(opener, new StoredHistories(life::instanceOf)),
            new ProjectVerbs(opener, settings),
            new Inspections(opener, settings),
            new SchemaVerbs(Wiring::evolution, new SqliteDumps(new PostgresDumps())),
            new DraftVerb(Wiring::drafting, InstantSource.system()),
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
