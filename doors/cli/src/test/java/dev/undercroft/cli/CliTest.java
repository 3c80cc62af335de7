package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InspectCommand;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.LifeCommand;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrateCommand.Consent;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.ProjectCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CliTest {

  private static final TimeZone ZONE = TimeZone.getDefault();

  @TempDir private Path folder;
  private Desk desk;

  @BeforeAll
  static void times_are_shown_in_a_zone_that_the_golden_files_know() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void the_zone_is_as_it_was() {
    TimeZone.setDefault(ZONE);
  }

  @BeforeEach
  void a_project() throws Exception {
    Files.writeString(folder.resolve("undercroft.toml"), "[project]\nname = \"shop\"\n");
    desk = new Desk(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "upp, `undercroft up`",
    "migrate deploy --dry, --dry-run",
    "migrat, `undercroft migrate`",
    "migrate deplyo, `undercroft migrate deploy`",
    "serve, `undercroft up`",
    "db:seed, `undercroft seed`",
    "db seed, `undercroft seed`",
    "prisma migrate deploy, `undercroft migrate deploy`",
    "migrate rollback, `undercroft migrate down`",
    "frobnicate, `undercroft --help`",
    "status --jsno, --json",
    "status --verbos, `undercroft status --help`",
    "--jsno status, --json",
    "--foo, `undercroft --help`",
    "status now, `undercroft status --help`",
    "logs --lines, `undercroft logs --help`",
    "logs --lines many, at least 0",
    "completion, `undercroft completion --help`",
    "completion tcsh, 'bash, zsh or fish'",
    "status --color=pink, 'auto, always or never'",
    "status --set port, NAME=VALUE",
    "migrate resolve, `undercroft migrate resolve --help`",
    "migrate resolve --applied a --rolled-back b, `undercroft migrate resolve --help`",
    "help nothing, `undercroft --help`"
  })
  void wrong_usage_ends_with_2_and_the_way_out(String line, String remedy) {
    assertThat(desk.run(line.split(" ", -1))).isEqualTo(2);
    assertThat(desk.out()).isEmpty();
    assertThat(desk.err()).contains("→", remedy).contains("CLI_");
    assertThat(desk.platform.asked).isEmpty();
  }

  @Test
  void options_may_stand_before_between_and_behind_the_words() {
    for (String line :
        List.of(
            "--project shop migrate status --json",
            "migrate --json --project=shop status",
            "-p shop --json migrate status")) {
      assertThat(desk.run(line.split(" ", -1))).as(line).isZero();
      assertThat(desk.platform.asked.getLast()).isInstanceOf(MigrateCommand.Status.class);
      assertThat(desk.platform.asked.getLast().scope().projects()).containsExactly("shop");
      assertThat(desk.out()).startsWith("{");
    }
  }

  @Test
  void the_scope_has_the_folder_the_project_and_the_settings() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("undercroft.toml"), "[project]\nname = \"other\"\n");
    desk.run("up", "--port", "9000", "-e", "qa", "--set", "log.level=warn", "--project", "other");
    LifeCommand.Up up = (LifeCommand.Up) desk.platform.asked.getLast();
    assertThat(up.mode()).isEqualTo(LifeCommand.Mode.FOREGROUND);
    assertThat(up.scope().directory()).isEqualTo(other);
    assertThat(up.scope().projects()).isEmpty();
    assertThat(up.scope().flags())
        .containsEntry("server.port", "9000")
        .containsEntry("environment", "qa")
        .containsEntry("log.level", "warn");
  }

  @Test
  void the_answer_no_ends_with_3() {
    desk.platform.give(CannedPlatform.report(MigrationReport.State.PENDING));
    assertThat(desk.run("migrate", "status")).isEqualTo(3);
    desk.platform.give(CannedPlatform.health(HealthReport.Status.UNHEALTHY));
    assertThat(desk.run("health")).isEqualTo(3);
    desk.platform.give(
        new InstanceStatus(
            InstanceStatus.State.STOPPED, 0, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(desk.run("status")).isEqualTo(3);
  }

  @Test
  void problems_go_to_the_error_stream_and_with_json_to_the_answer() {
    desk.platform.refuse(
        Problem.of("MIGRATE_FAILED", ProblemKind.CONFLICT, "migration 'x' failed")
            .withDetail("x/migration.sql:3:8\n3 | select y\n  |        ^")
            .withRemedy("Repair the file.")
            .with("migration", "x"));
    assertThat(desk.run("migrate", "deploy")).isEqualTo(1);
    assertThat(desk.out()).isEmpty();
    Golden.check("problem.txt", desk.err());
    assertThat(desk.run("migrate", "deploy", "--json")).isEqualTo(1);
    JsonNode json = JsonMapper.shared().readTree(desk.out());
    assertThat(json.at("/problems/0/code").stringValue()).isEqualTo("MIGRATE_FAILED");
    assertThat(json.at("/problems/0/context/migration").stringValue()).isEqualTo("x");
    assertThat(desk.err()).isEmpty();
  }

  @Test
  void several_problems_are_told_together_and_coloured_on_a_terminal_only() {
    desk.platform.refuse(
        Problem.of("ONE_THING", ProblemKind.INPUT, "one thing is wrong").withRemedy("Do this."),
        Problem.of("OTHER_THING", ProblemKind.INPUT, "another thing is wrong"));
    desk.run("health");
    assertThat(desk.err())
        .contains("one thing", "another thing", "2 problems")
        .doesNotContain("\u001B");
    desk.atTerminal().run("health");
    assertThat(desk.err()).contains("\u001B[31mproblem");
    desk.variables.put("NO_COLOR", "1");
    desk.run("health");
    assertThat(desk.err()).doesNotContain("\u001B[3");
    desk.run("health", "--color=always");
    assertThat(desk.err()).contains("\u001B[31m");
    desk.variables.remove("NO_COLOR");
    desk.run("health", "--no-color");
    assertThat(desk.err()).doesNotContain("\u001B[3");
  }

  @Test
  void a_defect_is_told_without_a_trace_unless_debugging() {
    desk.platform.fail(new IllegalStateException("inner text"));
    assertThat(desk.run("health")).isEqualTo(1);
    assertThat(desk.err()).contains("--debug").doesNotContain("inner text");
    desk.run("health", "--debug");
    assertThat(desk.err()).contains("inner text", "at dev.undercroft");
  }

  @Test
  void progress_is_a_line_that_is_removed_on_a_terminal_plain_lines_elsewhere_and_nothing_quiet() {
    desk.run("health");
    assertThat(desk.err()).isEqualTo("first step\nsecond step\n");
    desk.run("health", "--quiet");
    assertThat(desk.err()).isEmpty();
    desk.run("health", "--json");
    assertThat(desk.err()).isEmpty();
    desk.atTerminal().run("health");
    assertThat(desk.err()).contains("\r\u001B[K").contains("1/2 first step").endsWith("\r\u001B[K");
  }

  @Test
  void a_destructive_verb_needs_the_name_typed_or_given() {
    assertThat(desk.run("reset")).isEqualTo(2);
    assertThat(desk.err()).contains("--confirm=shop");
    assertThat(desk.platform.asked).isEmpty();
    assertThat(desk.run("reset", "--confirm", "shop", "--force")).isZero();
    assertThat(consent()).isEqualTo(new Consent(Optional.of("shop"), true));
    desk.platform.asked.clear();
    assertThat(desk.atTerminal().types("no\n").run("reset")).isEqualTo(2);
    assertThat(desk.platform.asked).isEmpty();
    assertThat(desk.types("shop\n").run("migrate", "reset")).isZero();
    assertThat(desk.err()).contains("Type the project's name");
    assertThat(consent()).isEqualTo(new Consent(Optional.of("shop"), false));
  }

  private Consent consent() {
    return ((MigrateCommand.Reset) desk.platform.asked.getLast()).consent();
  }

  @ParameterizedTest
  @CsvSource({
    "--applied, APPLIED",
    "--rolled-back, ROLLED_BACK",
    "--statement-done, STATEMENT_DONE",
    "--statement-not-done, STATEMENT_NOT_DONE"
  })
  void resolve_hands_on_what_the_migration_counts_as(
      String option, MigrateCommand.Resolve.As meaning) {
    assertThat(desk.run("migrate", "resolve", option, "20260102030405_orders")).isZero();
    assertThat(desk.platform.asked)
        .first()
        .isInstanceOfSatisfying(
            MigrateCommand.Resolve.class,
            command -> {
              assertThat(command.as()).isEqualTo(meaning);
              assertThat(command.migration()).isEqualTo("20260102030405_orders");
            });
    assertThat(desk.run("migrate", "resolve", option, "a", "--applied", "b", "--rolled-back", "c"))
        .isEqualTo(2);
    assertThat(desk.err()).contains("exclude each other");
  }

  @Test
  void replacing_secrets_asks_and_fails_where_nobody_can_be_asked() {
    assertThat(desk.run("secrets", "generate", "--replace")).isEqualTo(2);
    assertThat(desk.err()).contains("--yes");
    assertThat(desk.atTerminal().types("\n").run("secrets", "generate", "--replace")).isEqualTo(2);
    assertThat(desk.platform.asked).isEmpty();
    assertThat(desk.types("y\n").run("secrets", "generate", "--replace", "A")).isZero();
    assertThat(((ProjectCommand.GenerateSecrets) desk.platform.asked.getLast()).overwrite())
        .isEqualTo(ProjectCommand.Overwrite.REPLACE);
  }

  @ParameterizedTest
  @CsvSource({
    "up, up.txt",
    "down, down.txt",
    "status, status.txt",
    "migrate status, migrate-status.txt",
    "migrate deploy, migrate-deploy.txt",
    "health, health.txt",
    "doctor, doctor.txt",
    "config, config.txt",
    "init, init.txt",
    "up --json, up.json",
    "status --json, status.json",
    "migrate status --json, migrate-status.json",
    "migrate deploy --json, migrate-deploy.json",
    "health --json, health.json",
    "doctor --json, doctor.json",
    "config --json, config.json",
    "init --json, init.json"
  })
  void answers_look_as_written_down(String line, String file) {
    desk.run(line.split(" ", -1));
    Golden.check("answers/" + file, desk.out());
  }

  @Test
  void a_failed_migration_shows_its_place_and_a_dry_run_its_sql() {
    desk.platform.give(CannedPlatform.report(MigrationReport.State.FAILED));
    desk.run("migrate", "status");
    Golden.check("answers/migrate-status-failed.txt", desk.out());
    desk.platform.give(CannedPlatform.deployments(MigrateCommand.Action.DRY_RUN));
    desk.run("migrate", "deploy", "--dry-run");
    Golden.check("answers/migrate-deploy-dry-run.txt", desk.out());
    assertThat(((MigrateCommand.Deploy) desk.platform.asked.getLast()).action())
        .isEqualTo(MigrateCommand.Action.DRY_RUN);
  }

  @Test
  void a_table_fits_the_terminal_and_is_whole_elsewhere() {
    desk.width(64).run("migrate", "status", "--no-color");
    assertThat(desk.out()).contains("20260102030405_first").contains("shop_migrator@desk");
    desk.atTerminal().run("migrate", "status", "--no-color");
    assertThat(desk.out().lines())
        .allMatch(line -> line.length() <= 64)
        .anyMatch(line -> line.contains("…"));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120, 200})
  void addresses_are_shown_whole_at_every_width(int columns) {
    desk.width(columns).atTerminal().run("status", "--no-color");
    assertThat(desk.out()).contains("postgresql://shop_app@localhost:54321/shop_dev");
  }

  @Test
  void version_needs_nothing_and_is_known_in_all_forms() {
    assertThat(desk.run("version")).isZero();
    assertThat(desk.out())
        .matches("undercroft \\d+\\.\\d+\\.\\d+.* \\(PostgreSQL \\d.*, Java \\d.*\\)\n");
    assertThat(desk.run("--version")).isZero();
    assertThat(desk.run("-V")).isZero();
    assertThat(desk.out()).startsWith("undercroft ");
    assertThat(desk.platformsMade()).isZero();
  }

  @Test
  void config_shows_only_what_was_changed_when_asked() {
    desk.run("config", "--changed");
    assertThat(desk.out()).contains("database.url").doesNotContain("server.port");
    assertThat(desk.platform.asked.getLast()).isInstanceOf(InspectCommand.Config.class);
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh", "fish"})
  void completion_knows_commands_and_options(String shell) {
    assertThat(desk.run("completion", shell)).isZero();
    assertThat(desk.out()).contains("deploy", "dry-run", "undercroft");
  }

  @ParameterizedTest
  @CsvSource({
    "undercroft migrate dep, deploy",
    "undercroft mig, migrate",
    "undercroft migrate deploy --dr, --dry-run",
    "undercroft up --det, --detach",
    "undercroft secrets g, generate"
  })
  void bash_completes_what_is_typed(String typed, String whole) throws Exception {
    desk.run("completion", "bash");
    Path script = Files.writeString(folder.resolve("completion.bash"), desk.out());
    String words = typed.replaceAll("(\\S+)", "'$1'");
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                // bash refuses this one outside of a completion that it began itself.
                "compopt() { :; }; source '"
                    + script
                    + "'; COMP_WORDS=("
                    + words
                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_undercroft;"
                    + " echo \"${COMPREPLY[*]}\"")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo(whole);
  }
}
