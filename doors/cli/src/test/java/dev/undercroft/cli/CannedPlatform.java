package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.platform.ConfigReport;
import dev.undercroft.platform.ConnectionUrls;
import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.DoctorReport;
import dev.undercroft.platform.DumpWritten;
import dev.undercroft.platform.FilesLaidOut;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.LintReport;
import dev.undercroft.platform.LogLines;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationDrafted;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.MigrationSquashed;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.ProjectCommand;
import dev.undercroft.platform.SchemaApplied;
import dev.undercroft.platform.SchemaPlan;
import dev.undercroft.platform.SchemaPushed;
import dev.undercroft.platform.SchemaText;
import dev.undercroft.platform.Started;
import dev.undercroft.platform.Stopped;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers each verb with an answer of its type, and remembers what it was asked. */
final class CannedPlatform implements Platform {

  private static final Instant THEN = Instant.parse("2026-02-03T04:05:06Z");

  final List<Command<?>> asked = new ArrayList<>();
  private final Map<Class<?>, Object> answers = new HashMap<>();
  private RuntimeException failure;

  CannedPlatform() {
    give(summary());
    give(
        new InstanceStatus(
            InstanceStatus.State.HEALTHY,
            4711,
            Optional.of(THEN),
            Optional.of(summary()),
            Optional.of(health(HealthReport.Status.HEALTHY))));
    give(
        new Started(
            summary(),
            new Started.Running() {
              @Override
              public void awaitStop() {}

              @Override
              public void stop() {}
            }));
    give(new Stopped(Stopped.How.CLEANLY, 4711, Duration.ofMillis(420)));
    give(report(MigrationReport.State.APPLIED));
    give(deployments(MigrateCommand.Action.RUN));
    give(health(HealthReport.Status.HEALTHY));
    inspections();
    schemas();
    give(new ProjectCommand.FilesWritten(List.of(Path.of("a", "new")), List.of(Path.of("old"))));
  }

  private void inspections() {
    give(
        new DoctorReport(
            List.of(
                new DoctorReport.Check("java", DoctorReport.Result.FINE, "25.0.3", ""),
                new DoctorReport.Check(
                    "disk",
                    DoctorReport.Result.WARNING,
                    "1.2 GB free in /var",
                    "Make room: 5 GB are needed to grow."))));
    give(
        new ConnectionUrls(
            List.of(
                new ConnectionUrls.ConnectionUrl(
                    "shop", "shop_app", "postgresql://shop_app:secret@127.0.0.1:54321/shop_dev"))));
    give(
        new ConfigReport(
            List.of(
                new ConfigReport.Setting("", "server.port", "8000", "default", "TCP port"),
                new ConfigReport.Setting(
                    "", "database.url", "postgresql://u:***@h/d", ".env line 3", "Address"))));
  }

  {
    CannedBackups.all().forEach(this::give);
    CannedSafety.all().forEach(this::give);
  }

  void refuse(Problem... problems) {
    failure = new ProblemException(List.of(problems));
  }

  void fail(RuntimeException defect) {
    failure = defect;
  }

  void give(Object answer) {
    answers.put(answer.getClass(), answer);
  }

  @Override
  public <R> R run(Caller caller, Command<R> command, Progress progress) {
    asked.add(command);
    if (failure != null) {
      throw failure;
    }
    progress.report("first step", 1, 2);
    progress.report("second step", 2, 2);
    if (command.outcome() == LogLines.class) {
      return command.outcome().cast(new LogLines(Stream.of("one", "two")));
    }
    return command.outcome().cast(answers.get(command.outcome()));
  }

  private void schemas() {
    give(new SchemaText("CREATE TABLE item (id integer);\n", List.of()));
    give(new DumpWritten(Path.of("shop.sql"), 3, 1234, 56789, Duration.ofMillis(420)));
    give(
        new MigrationDrafted(
            "shop",
            Optional.of(Path.of("").toAbsolutePath().resolve("migrations/20260203040506_orders")),
            "CREATE TABLE orders (id bigint);\n",
            "DROP TABLE orders;\n",
            List.of(),
            List.of(),
            List.of("undo: leads back exactly"),
            Optional.empty(),
            List.of()));
    give(
        new MigrationSquashed(
            "shop",
            Path.of("").toAbsolutePath().resolve("migrations/20260203040506_all"),
            List.of("20260203040506_orders"),
            "CREATE TABLE orders (id bigint);\n",
            List.of("the same")));
    give(
        new SchemaPushed(
            "shop", "shop_dev", List.of("SELECT 1"), List.of(), List.of(), Duration.ofMillis(42)));
    give(new FilesLaidOut(3, List.of()));
    give(schemaPlan());
    give(new LintReport(List.of()));
    give(
        new SchemaApplied(
            "postgres://me@localhost/shop", 1, true, schemaPlan(), Duration.ofMillis(420)));
  }

  static SchemaPlan schemaPlan() {
    return new SchemaPlan(
        true,
        List.of(
            new SchemaPlan.Change(
                "removed", "column public.item.note", "- column public.item.note")),
        "12-34",
        List.of("12", "34"),
        List.of("data-loss"),
        List.of(
            new SchemaPlan.Step(
                "column public.item.note",
                "ALTER TABLE public.item DROP COLUMN note",
                "ACCESS EXCLUSIVE",
                "catalog",
                "shared",
                List.of(
                    new SchemaPlan.Hazard(
                        "data-loss", "The values of column public.item.note are lost.", null)))),
        List.of("column public.item.note -> remark"),
        "proved on a copy",
        "begin;\nALTER TABLE public.item DROP COLUMN note;\ncommit;\n",
        List.of(),
        List.of());
  }

  static InstanceSummary summary() {
    return new InstanceSummary(
        "http://localhost:8000",
        Path.of("/home/me/shop/.undercroft/secrets/operator.token"),
        "PostgreSQL 18.6, embedded, port 54321",
        "postgresql://postgres@127.0.0.1:54321/postgres"
            + "?passfile=/home/me/shop/.undercroft/secrets/pgpass",
        Path.of("/home/me/shop/.undercroft/data"),
        List.of(
            new InstanceSummary.ServedProject(
                "shop",
                "The Shop",
                "shop_dev",
                "postgresql://shop_app@localhost:54321/shop_dev",
                Path.of("/home/me/shop/.undercroft/secrets/shop_app.password"),
                3,
                1,
                true)),
        Duration.ofMillis(1834));
  }

  static MigrationReport report(MigrationReport.State last) {
    return new MigrationReport(
        List.of(
            new MigrationReport.ProjectMigrations(
                "shop",
                "shop_dev",
                true,
                List.of(
                    new MigrationReport.Entry(
                        "20260102030405_first",
                        MigrationReport.State.APPLIED,
                        Optional.of(THEN),
                        "shop_migrator@desk",
                        Optional.of(Duration.ofMillis(12)),
                        3,
                        3,
                        Optional.empty()),
                    new MigrationReport.Entry(
                        "20260102030406_second",
                        last,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        0,
                        2,
                        problem(last))),
                problem(last).stream().toList())));
  }

  private static Optional<Problem> problem(MigrationReport.State last) {
    return last != MigrationReport.State.FAILED
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                    "MIGRATE_FAILED",
                    ProblemKind.CONFLICT,
                    "20260102030406_second failed: column \"y\" does not exist")
                .withDetail("migration.sql:3:8\n  |\n3 | select y\n  |        ^")
                .withRemedy("Repair it and run `undercroft migrate resolve`."));
  }

  static Deployments deployments(MigrateCommand.Action action) {
    return new Deployments(
        List.of(
            new Deployments.Deployment(
                "shop",
                action,
                List.of(),
                List.of("20260102030406_second"),
                1,
                List.of("10_users.sql"),
                action == MigrateCommand.Action.DRY_RUN
                    ? List.of("create table a (id int)", "create table b (id int)")
                    : List.of(),
                List.of(),
                Duration.ofMillis(65))));
  }

  static HealthReport health(HealthReport.Status status) {
    return new HealthReport(
        status,
        THEN,
        List.of(
            new HealthReport.ProjectHealth(
                "shop",
                status,
                Optional.of(Duration.ofMillis(2)),
                Optional.of(4),
                Optional.of(100),
                Optional.of(8_388_608L),
                status == HealthReport.Status.HEALTHY ? "" : "ACCESS_TIMEOUT")));
  }
}
