package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.Consent;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.migrate.SeedResult;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The migrations and seeds of the applications themselves, deployed as a migrator deploys them. */
@DatabaseTest
class ApplicationsTest {

  private static final String[] PREPARED = {
    "create role p_owner nologin",
    "create role p_migrator login password 'm' bypassrls",
    "create role p_app",
    "grant p_owner to p_migrator",
    "do $$ begin execute format('grant create on database %I to p_owner', current_database());"
        + " end $$",
    "do $$ begin execute format('alter database %I owner to p_owner', current_database()); end $$",
    "create schema undercroft authorization p_owner",
    "grant usage on schema undercroft to public",
    "alter schema public owner to p_owner",
    "create function undercroft.tenant() returns text language sql stable as"
        + " $$ select nullif(current_setting('undercroft.tenant', true), '') $$",
    "create function undercroft.tenant_uuid() returns uuid language sql stable as"
        + " $$ select nullif(current_setting('undercroft.tenant', true), '')::uuid $$",
    "create function undercroft.actor_role() returns text language sql stable as"
        + " $$ select nullif(current_setting('undercroft.role', true), '') $$"
  };

  private static List<Path> applications() throws IOException {
    Path apps = Path.of(System.getProperty("undercroft.root"), "apps");
    try (Stream<Path> folders = Files.list(apps)) {
      return folders.filter(app -> Files.isDirectory(app.resolve("migrations"))).sorted().toList();
    }
  }

  @EachServer
  void every_application_is_set_up_once_reset_and_set_up_again(PostgresDatabase database)
      throws IOException {
    PostgresTarget target = new PostgresTarget(database);
    target.execute(PREPARED);
    assertThat(applications()).hasSize(5);
    for (Path application : applications()) {
      Migrations migrations =
          new Migrations(
              PostgresTarget.dialect(target.address().withUser("p_migrator", Secret.of("m"))),
              MigrationLayout.of(application),
              MigrationOptions.DEFAULT.withOwner(new Identifier("p_owner")));
      assertThat(migrations.setup(Progress.NONE).deploy().applied())
          .as("%s", application)
          .isNotEmpty();
      assertThat(migrations.status().current()).as("%s", application).isTrue();
      assertThat(
              target.column(
                  "select distinct relowner::regrole from pg_class where relnamespace"
                      + " = 'public'::regnamespace"))
          .as("%s", application)
          .containsExactly("p_owner");
      assertThat(migrations.setup(Progress.NONE).deploy().applied()).isEmpty();
      migrations.reset(Consent.NONE, Progress.NONE);
      long rows =
          migrations.seed(Progress.NONE).seeds().stream().mapToLong(SeedResult.Seeded::rows).sum();
      assertThat(rows).as("%s: rows a second seed changes", application).isZero();
      target.execute(
          "drop schema public cascade",
          "create schema public authorization p_owner",
          "delete from undercroft.migration_statement",
          "delete from undercroft.migration");
    }
  }
}
