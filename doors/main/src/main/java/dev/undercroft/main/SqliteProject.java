package dev.undercroft.main;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.engine.Engine;
import dev.undercroft.main.ProjectDatabase.Aftermath;
import dev.undercroft.main.ProjectDatabase.Shown;
import dev.undercroft.main.ProjectDatabase.Ways;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import dev.undercroft.sqlite.SqliteEngine;
import java.util.List;

/** One project in a SQLite file: no roles, so that every way leads to the same. Immutable. */
record SqliteProject(Project project, Settings settings) {

  /** The database; the file is made when it is first opened. */
  ProjectDatabase prepare(SqliteAddress address) {
    Engine engine = SqliteEngine.create();
    ConnectionSource source = engine.connecting().to(address, project.name());
    PoolSettings pool =
        address.pool(
            PoolSettings.DEFAULT
                .withMaximum(settings.get(DatabaseSettings.POOL_MAX))
                .withMinimum(settings.get(DatabaseSettings.POOL_MIN))
                .withAcquire(settings.get(DatabaseSettings.POOL_ACQUIRE_TIMEOUT)));
    return new ProjectDatabase(
        address.database(),
        new Ways(source, source, source),
        new Migrations(
            engine.migrating().of(address),
            new MigrationLayout(project.migrations(), project.seed()),
            MigrationOptions.DEFAULT
                .withAppliedBy(System.getProperty("user.name", "?"))
                .withMarker(ProjectDatabase.marker(settings))),
        engine.vitals(),
        new Shown(address.display(), project.folder()),
        pool,
        new Aftermath(List.of(), () -> {}));
  }
}
