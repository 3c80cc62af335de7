package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Carries out {@link MigrateCommand}s, project by project, and stops at the first that fails.
 * Thread-safe.
 */
public final class MigrateVerbs {

  private final OpenProjects.Opener opener;
  private final Histories histories;
  private final DriftVerb drift;
  private final BranchVerb branches;

  /**
   * Nothing is opened yet.
   *
   * @param opener reaches databases for what changes them
   * @param histories reads what was deployed
   * @param drift compares databases with what their migrations give
   * @param branches judges migrations that came late
   */
  public MigrateVerbs(
      OpenProjects.Opener opener, Histories histories, DriftVerb drift, BranchVerb branches) {
    this.opener = opener;
    this.histories = histories;
    this.drift = drift;
    this.branches = branches;
  }

  Deployments deploy(MigrateCommand.Deploy command, Progress progress) {
    return switch (command.action()) {
      case RUN ->
          each(
              command.scope(),
              project -> {
                MigrationStatus status = project.migrations().status();
                Optional<Problem> note = refuseDrift(command, project, status);
                Migrations migrations = arranged(command, project, status);
                DeployResult result = migrations.deploy(progress);
                project.inside().grant();
                return deployed(project, result, List.of()).warning(note);
              });
      case DRY_RUN ->
          each(command.scope(), project -> planned(project, project.migrations().plan()));
    };
  }

  /** Nothing is applied to a database that somebody changed; what could not be compared is told. */
  private Optional<Problem> refuseDrift(
      MigrateCommand.Deploy command, OpenProject project, MigrationStatus status) {
    MigrateCommand.Drift wish = command.drift();
    boolean looks =
        switch (wish.when()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AS_SET, ADOPT -> drift.isWanted(command.scope(), project.project());
        };
    if (!looks) {
      return Optional.empty();
    }
    boolean isPending =
        status.count(MigrationStatus.State.PENDING) + status.count(MigrationStatus.State.LATE) > 0;
    if (!isPending && wish.when() != MigrateCommand.Drift.When.ALWAYS) {
      return Optional.empty();
    }
    DriftVerb.Found found =
        drift.look(project.project(), status, project.inside()::connect, wish.scratch());
    if (found.drift().isPresent()
        && wish.when() == MigrateCommand.Drift.When.ADOPT
        && drift.isThereAlready(project, status, wish.scratch())) {
      return Optional.of(adopted(project, status));
    }
    if (found.drift().isPresent()) {
      throw found.drift().get().exception();
    }
    return found.note();
  }

  /** What a push has brought is noted as applied. */
  private static Problem adopted(OpenProject project, MigrationStatus status) {
    List<String> names =
        status.entries().stream()
            .filter(entry -> entry.state() == MigrationStatus.State.PENDING)
            .map(MigrationStatus.Entry::name)
            .toList();
    names.forEach(name -> {
      MigrationStatus _ = project.migrations().resolve(name, Resolution.APPLIED);
    });
    return Problem.of(
        "PLATFORM_PUSHED_BEFORE",
        ProblemKind.CONFLICT,
        "%s: the database has it already, so it was noted as applied and not run"
            .formatted(String.join(", ", names)));
  }

  /** Late migrations are applied where their order does not matter, or somebody allowed it. */
  private Migrations arranged(
      MigrateCommand.Deploy command, OpenProject project, MigrationStatus status) {
    if (status.count(MigrationStatus.State.LATE) == 0) {
      return project.migrations();
    }
    Optional<Problem> obstacle =
        command.late()
            ? Optional.empty()
            : branches.obstacle(
                project.project(), status, project.inside()::connect, command.drift().scratch());
    if (obstacle.isPresent()) {
      throw obstacle.get().exception();
    }
    return project.migrations().applyingLate();
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
        histories.of(command.scope()).stream().map(one -> reported(one, command.drift())).toList());
  }

  private ProjectMigrations reported(Histories.ProjectHistory one, MigrateCommand.Drift wish) {
    MigrationStatus status = one.status();
    List<Problem> problems = new ArrayList<>(status.problems());
    if (problems.removeIf(problem -> problem.code().equals("MIGRATE_LATE"))) {
      branches
          .obstacle(one.project(), status, one.connect(), wish.scratch())
          .ifPresent(problems::add);
    }
    if (wish.when() == MigrateCommand.Drift.When.ALWAYS) {
      DriftVerb.Found found = drift.look(one.project(), status, one.connect(), wish.scratch());
      found.drift().ifPresent(problems::add);
      found.note().ifPresent(problems::add);
    }
    return reported(
        one.project().name(),
        one.database(),
        new MigrationStatus(
            status.target(),
            status.recorded(),
            status.entries().stream().map(MigrateVerbs::judgedApart).toList(),
            problems));
  }

  /** What may be wrong with a late one is among the problems of its project. */
  private static MigrationStatus.Entry judgedApart(MigrationStatus.Entry entry) {
    return entry.state() == MigrationStatus.State.LATE
        ? new MigrationStatus.Entry(
            entry.name(),
            entry.state(),
            entry.origin(),
            entry.at(),
            entry.by(),
            entry.took(),
            entry.statementsDone(),
            entry.statements(),
            Optional.empty())
        : entry;
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
