package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.Consent;
import dev.undercroft.migrate.DeployPlan;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.DownPlan;
import dev.undercroft.migrate.DownResult;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.migrate.ResetResult;
import dev.undercroft.migrate.Resolution;
import dev.undercroft.migrate.SeedResult;
import dev.undercroft.migrate.SetupResult;
import dev.undercroft.platform.Deployments.Deployment;
import dev.undercroft.platform.MigrationReport.ProjectMigrations;
import dev.undercroft.platform.OpenProjects.OpenProject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Carries out {@link MigrateCommand}s, project by project, and stops at the first that fails.
 * Thread-safe.
 */
public final class MigrateVerbs {

  private final OpenProjects.Opener opener;
  private final Histories histories;

  /**
   * Nothing is opened yet.
   *
   * @param opener reaches databases for what changes them
   * @param histories reads what was deployed
   */
  public MigrateVerbs(OpenProjects.Opener opener, Histories histories) {
    this.opener = opener;
    this.histories = histories;
  }

  Deployments deploy(MigrateCommand.Deploy command, Progress progress) {
    return switch (command.action()) {
      case RUN ->
          each(
              command.scope(),
              project -> {
                DeployResult result = project.migrations().deploy(progress);
                project.inside().grant();
                return deployed(project, result, List.of());
              });
      case DRY_RUN ->
          each(command.scope(), project -> planned(project, project.migrations().plan()));
    };
  }

  Deployments seed(MigrateCommand.Seed command, Progress progress) {
    return each(command.scope(), project -> seeded(project, project.migrations().seed(progress)));
  }

  Deployments setup(MigrateCommand.Setup command, Progress progress) {
    return each(
        command.scope(),
        project -> {
          SetupResult result = project.migrations().setup(progress);
          project.inside().grant();
          return setUp(project, result);
        });
  }

  Deployments reset(MigrateCommand.Reset command, Progress progress) {
    return each(
        command.scope(),
        project -> {
          Consent consent = consent(command.consent(), project);
          ResetResult result = project.migrations().reset(consent, progress);
          project.inside().grant();
          return setUp(project, result.setup());
        });
  }

  Deployments down(MigrateCommand.Down command, Progress progress) {
    return each(
        command.scope(),
        project -> {
          Consent consent = consent(command.consent(), project);
          Migrations migrations = project.migrations();
          DownPlan plan =
              command.to().map(migrations::planDownTo).orElseGet(() -> migrations.planDown(1));
          return undone(project, migrations.down(plan, consent, progress));
        });
  }

  MigrationReport status(MigrateCommand.Status command) {
    return new MigrationReport(
        histories.of(command.scope()).stream()
            .map(one -> reported(one.project().name(), one.database(), one.status()))
            .toList());
  }

  MigrationReport resolve(MigrateCommand.Resolve command) {
    return report(
        command.scope(),
        project -> project.migrations().resolve(command.migration(), resolution(command.as())));
  }

  MigrationReport baseline(MigrateCommand.Baseline command) {
    return report(command.scope(), project -> project.migrations().baseline(command.upTo()));
  }

  private Deployments each(Scope scope, Function<OpenProject, Deployment> work) {
    try (OpenProjects open = opener.open(scope)) {
      return new Deployments(open.projects().stream().map(work).toList());
    }
  }

  private MigrationReport report(Scope scope, Function<OpenProject, MigrationStatus> work) {
    try (OpenProjects open = opener.open(scope)) {
      return new MigrationReport(
          open.projects().stream()
              .map(project -> reported(project.name(), project.database(), work.apply(project)))
              .toList());
    }
  }

  private static ProjectMigrations reported(
      String project, String database, MigrationStatus status) {
    return new ProjectMigrations(
        project,
        database,
        status.recorded(),
        status.entries().stream().map(MigrateVerbs::entry).toList(),
        status.problems());
  }

  private static MigrationReport.Entry entry(MigrationStatus.Entry entry) {
    return new MigrationReport.Entry(
        entry.name(),
        state(entry.state()),
        entry.at(),
        entry.by(),
        entry.took(),
        entry.statementsDone(),
        entry.statements(),
        entry.problem());
  }

  private static MigrationReport.State state(MigrationStatus.State state) {
    return switch (state) {
      case APPLIED -> MigrationReport.State.APPLIED;
      case PENDING -> MigrationReport.State.PENDING;
      case LATE -> MigrationReport.State.LATE;
      case FAILED -> MigrationReport.State.FAILED;
      case RUNNING -> MigrationReport.State.RUNNING;
      case CHANGED -> MigrationReport.State.CHANGED;
      case MISSING -> MigrationReport.State.MISSING;
    };
  }

  private static Resolution resolution(MigrateCommand.Resolve.As as) {
    return switch (as) {
      case APPLIED -> Resolution.APPLIED;
      case ROLLED_BACK -> Resolution.ROLLED_BACK;
      case STATEMENT_DONE -> Resolution.STATEMENT_DONE;
      case STATEMENT_NOT_DONE -> Resolution.STATEMENT_NOT_DONE;
    };
  }

  /** People name the project; its database may have another name, which counts as well. */
  private static Consent consent(MigrateCommand.Consent given, OpenProject project) {
    return new Consent(
        given.name().map(name -> name.equals(project.name()) ? project.database() : name),
        given.force());
  }

  private static Deployment deployed(OpenProject project, DeployResult result, List<String> seeds) {
    return new Deployment(
        project.name(),
        MigrateCommand.Action.RUN,
        List.of(),
        result.applied().stream().map(DeployResult.Applied::migration).toList(),
        result.alreadyApplied(),
        seeds,
        List.of(),
        warnings(project, result.warnings()),
        result.took());
  }

  private static List<Problem> warnings(OpenProject project, List<Problem> more) {
    return Stream.concat(project.inside().warnings().stream(), more.stream()).toList();
  }

  private static Deployment planned(OpenProject project, DeployPlan plan) {
    return new Deployment(
        project.name(),
        MigrateCommand.Action.DRY_RUN,
        List.of(),
        plan.steps().stream().map(DeployPlan.Step::migration).toList(),
        plan.alreadyApplied(),
        List.of(),
        plan.steps().stream().flatMap(step -> step.statements().stream()).toList(),
        plan.blockers().isEmpty() ? plan.warnings() : plan.blockers(),
        Duration.ZERO);
  }

  private static Deployment setUp(OpenProject project, SetupResult result) {
    Deployment deployment = deployed(project, result.deploy(), files(result.seed()));
    return deployment.taking(deployment.took().plus(result.seed().took()));
  }

  private static Deployment seeded(OpenProject project, SeedResult result) {
    return new Deployment(
        project.name(),
        MigrateCommand.Action.RUN,
        List.of(),
        List.of(),
        0,
        files(result),
        List.of(),
        List.of(),
        result.took());
  }

  private static Deployment undone(OpenProject project, DownResult result) {
    return new Deployment(
        project.name(),
        MigrateCommand.Action.RUN,
        result.undone(),
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        result.took());
  }

  private static List<String> files(SeedResult result) {
    return result.seeds().stream().map(SeedResult.Seeded::file).toList();
  }
}
