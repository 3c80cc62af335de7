package dev.undercroft.main;

import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.base.SecretStore;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.main.ProjectDatabase.Aftermath;
import dev.undercroft.main.ProjectDatabase.Shown;
import dev.undercroft.main.ProjectDatabase.Ways;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationOptions.SeedPolicies;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.PostgresMigrationDialect;
import dev.undercroft.postgres.PostgresVitals;
import dev.undercroft.postgres.ProvisionPlan;
import dev.undercroft.postgres.ProvisionTarget;
import dev.undercroft.postgres.Provisioned;
import dev.undercroft.postgres.Provisioning;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One project on a PostgreSQL server. Immutable. */
record PostgresProject(Project project, Settings settings) {

  /**
   * Makes the database and its roles, if they are not there.
   *
   * @param admin a role that may do so, at the server itself
   * @param queries where requests go; the same, or a pooler before it
   * @param secrets the passwords of the roles
   */
  ProjectDatabase prepare(PostgresAddress admin, PostgresAddress queries, SecretStore secrets) {
    Provisioning provisioning = new Provisioning(admin, secrets);
    Provisioned provisioned =
        provisioning.apply(ProvisionTarget.of(project.name(), admin.database()), Progress.NONE);
    Provisioned.Ways ways = provisioned.ways();
    boolean single = provisioned.mode() == ProvisionPlan.Mode.SINGLE_ROLE;
    PostgresAddress application =
        single ? queries : queries.withUser(ways.app().user(), ways.app().password());
    PostgresConnections migrator =
        new PostgresConnections(ways.migrator(), "undercroft migrations of " + project.name());
    return new ProjectDatabase(
        admin.database(),
        new Ways(
            migrator,
            new PostgresConnections(limited(application), project.name(), provisioned.contextKey()),
            new PostgresConnections(
                single ? queries : queries.withUser(ways.system().user(), ways.system().password()),
                project.name() + " system",
                provisioned.contextKey())),
        new Migrations(
            new PostgresMigrationDialect(migrator),
            new MigrationLayout(project.migrations(), project.seed()),
            options(provisioned)),
        new PostgresVitals(),
        shown(application, secrets),
        queries.pool(poolSettings()),
        new Aftermath(provisioned.warnings(), () -> grant(provisioning, provisioned)));
  }

  /** A pooler may not take options of a session; there the server's own limits hold. */
  private PostgresAddress limited(PostgresAddress application) {
    if (application.isTransactionPooled()
        || application.parameter(PostgresParameter.OPTIONS).isPresent()) {
      return application;
    }
    long limit = settings.get(DatabaseSettings.STATEMENT_TIMEOUT).toMillis();
    return application.with(PostgresParameter.OPTIONS, "-c statement_timeout=" + limit);
  }

  private MigrationOptions options(Provisioned provisioned) {
    MigrationOptions options =
        MigrationOptions.DEFAULT
            .withLockTimeout(
                settings.get(DatabaseSettings.MIGRATE_LOCK_TIMEOUT),
                settings.get(DatabaseSettings.MIGRATE_LOCK_RETRIES) + 1)
            .withStatementTimeout(settings.get(DatabaseSettings.MIGRATE_STATEMENT_TIMEOUT))
            .withAppliedBy(System.getProperty("user.name", "?"))
            .withMarker(ProjectDatabase.marker(settings));
    return switch (provisioned.mode()) {
      case OWN_ROLES -> options.withOwner(provisioned.target().roles().owner());
      case SINGLE_ROLE -> options.withSeedPolicies(SeedPolicies.LIFT_FORCE);
    };
  }

  private PoolSettings poolSettings() {
    return PoolSettings.DEFAULT
        .withMaximum(settings.get(DatabaseSettings.POOL_MAX))
        .withMinimum(settings.get(DatabaseSettings.POOL_MIN))
        .withAcquire(settings.get(DatabaseSettings.POOL_ACQUIRE_TIMEOUT))
        .withConnect(settings.get(DatabaseSettings.CONNECT_TIMEOUT))
        .withIdle(settings.get(DatabaseSettings.POOL_IDLE_TIMEOUT));
  }

  private Shown shown(PostgresAddress application, SecretStore secrets) {
    PostgresAddress bare =
        application.withUser(application.user(), dev.undercroft.base.Secret.of(""));
    Path file =
        secrets instanceof SecretFolder folder ? folder.file(application.user()) : project.folder();
    return new Shown(bare.display(), file);
  }

  private void grant(Provisioning provisioning, Provisioned provisioned) {
    try {
      String text = Files.exists(project.grants()) ? Files.readString(project.grants()) : "";
      provisioning.grant(provisioned, new SqlSource(project.grants().toString(), text));
    } catch (IOException cause) {
      throw Problem.of(
              "MAIN_GRANTS_UNREADABLE", ProblemKind.INPUT, project.grants() + " cannot be read")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the file readable, in UTF-8.")
          .exception(cause);
    }
  }
}
