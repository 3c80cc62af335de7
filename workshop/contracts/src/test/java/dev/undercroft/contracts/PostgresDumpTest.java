package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pg_dump writes is SQL with settings, functions and rows of COPY: it can be a migration. */
@DatabaseTest
class PostgresDumpTest {

  private static final List<String> GUARDS = List.of("\\restrict", "\\unrestrict");

  @TempDir Path folder;

  @Test
  void a_dump_of_an_application_deployed_elsewhere_gives_the_same_dump(
      @On(PostgresVersion.V15) PostgresDatabase first,
      @On(PostgresVersion.V15) PostgresDatabase second)
      throws Exception {
    Path application = Path.of(System.getProperty("undercroft.root"), "apps", "seda");
    PostgresTarget original = prepared(first);
    new Migrations(original.dialect(), MigrationLayout.of(application), MigrationOptions.DEFAULT)
        .setup(Progress.NONE);
    original.execute(
        "create function price() returns text language sql as 'select ''$$''::text'",
        "create table odd (t text)",
        "insert into odd values (E'\\\\.'), (E'a\\tb\\n;'), ('$$')");
    String dump = dump(first);
    assertThat(dump).contains("COPY public.odd (t) FROM stdin;", "$_$").hasSizeGreaterThan(20_000);

    ProjectFiles files = new ProjectFiles(folder).write("migrations/1_dump.sql", dump);
    PostgresTarget copy = prepared(second);
    Migrations migrations =
        new Migrations(copy.dialect(), files.layout(), MigrationOptions.DEFAULT);
    if (GUARDS.stream().anyMatch(dump::contains)) {
      ProblemException refused =
          catchThrowableOfType(ProblemException.class, () -> migrations.deploy(Progress.NONE));
      assertThat(refused.problems())
          .hasSize(2)
          .extracting(Problem::code)
          .containsOnly("SQL_META_COMMAND");
    }
    files.write("migrations/1_dump.sql", withoutGuards(dump));
    migrations.deploy(Progress.NONE);
    assertThat(withoutGuards(dump(second))).isEqualTo(withoutGuards(dump));
  }

  private static PostgresTarget prepared(PostgresDatabase database) {
    PostgresTarget target = new PostgresTarget(database);
    target.execute(
        "create schema undercroft",
        "create function undercroft.tenant() returns text language sql as 'select null::text'",
        "create function undercroft.tenant_uuid() returns uuid language sql as 'select null::uuid'",
        "create function undercroft.actor_role() returns text language sql as 'select null::text'");
    return target;
  }

  private static String withoutGuards(String dump) {
    return dump.lines()
        .filter(line -> GUARDS.stream().noneMatch(line::startsWith))
        .collect(Collectors.joining("\n"));
  }

  private static String dump(PostgresDatabase database) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            PostgresVersion.V15.binaries().program("pg_dump").toString(),
            "--exclude-schema=undercroft",
            "--host=" + PostgresServer.HOST,
            "--port=" + database.server().port(),
            "--username=" + database.user(),
            database.name());
    builder.environment().put("PGPASSWORD", database.password());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }
}
