package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.AuditEntry.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * The one place where a verb is authorised, audited and metered, whichever door it came through.
 * Thread-safe.
 */
public final class GuardedPlatform implements Platform {

  private final Verbs verbs;
  private final AuditTrail audit;
  private final VerbTimes times;
  private final InstantSource clock;

  /**
   * Puts the guard before the verbs.
   *
   * @param verbs carry out what is allowed
   * @param audit keeps who changed what
   * @param times is told how long each verb took
   * @param clock says when
   */
  public GuardedPlatform(Verbs verbs, AuditTrail audit, VerbTimes times, InstantSource clock) {
    this.verbs = verbs;
    this.audit = audit;
    this.times = times;
    this.clock = clock;
  }

  @Override
  public <R> R run(Caller caller, Command<R> command, Progress progress) {
    long begun = System.nanoTime();
    State state = State.FAILED;
    try {
      refuseUnlessAllowed(caller, command);
      note(caller, command, State.BEGUN, "");
      R answer = command.outcome().cast(carryOut(command, progress));
      state = State.DONE;
      note(caller, command, state, "");
      return answer;
    } catch (ProblemException problem) {
      state = problem.first().code().startsWith("PLATFORM_") ? State.REFUSED : State.FAILED;
      note(caller, command, state, problem.first().code());
      throw problem;
    } catch (RuntimeException defect) {
      note(caller, command, State.FAILED, "PLATFORM_DEFECT");
      throw defect;
    } finally {
      times.took(
          command.verb(),
          state.name().toLowerCase(Locale.ROOT),
          Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static void refuseUnlessAllowed(Caller caller, Command<?> command) {
    Optional<Problem> refusal = Authority.refusal(caller, command);
    if (refusal.isPresent()) {
      throw refusal.get().exception();
    }
  }

  /** Reading is not audited unless it was refused: health is asked for every few seconds. */
  private void note(Caller caller, Command<?> command, State state, String problem) {
    if (Weight.of(command) == Weight.READS && state != State.REFUSED) {
      return;
    }
    audit.append(
        new AuditEntry(
            clock.instant(),
            caller.name(),
            command.verb(),
            command.scope().directory().toString(),
            command.scope().projects(),
            state,
            problem));
  }

  private Object carryOut(Command<?> command, Progress progress) {
    return switch (command) {
      case LifeCommand<?> life -> life(life, progress);
      case MigrateCommand<?> migrate -> migrate(migrate, progress);
      case ProjectCommand<?> project -> project(project, progress);
      case InspectCommand<?> inspect -> inspect(inspect);
      case SchemaCommand<?> schema -> schema(schema, progress);
      case BackupCommand<?> backup -> verbs.backup().run(backup, progress);
      case SafetyCommand<?> safety -> verbs.safety().run(safety, progress);
    };
  }

  private Object life(LifeCommand<?> command, Progress progress) {
    return switch (command) {
      case LifeCommand.Up up -> verbs.life().up(up, progress);
      case LifeCommand.Down down -> verbs.life().down(down, progress);
      case LifeCommand.Status status -> verbs.life().status(status);
      case LifeCommand.Logs logs -> verbs.life().logs(logs);
    };
  }

  private Object migrate(MigrateCommand<?> command, Progress progress) {
    MigrateVerbs migrate = verbs.migrate();
    return switch (command) {
      case MigrateCommand.Deploy deploy -> migrate.deploy(deploy, progress);
      case MigrateCommand.Draft draft -> draft(draft, progress);
      case MigrateCommand.Push push -> verbs.push().push(push, progress);
      case MigrateCommand.Squash squash -> verbs.squash().squash(squash);
      case MigrateCommand.Status status -> migrate.status(status);
      case MigrateCommand.Resolve resolve -> migrate.resolve(resolve);
      case MigrateCommand.Reset reset -> migrate.reset(reset, progress);
      case MigrateCommand.Baseline baseline -> migrate.baseline(baseline);
      case MigrateCommand.Down down -> migrate.down(down, progress);
      case MigrateCommand.Seed seed -> migrate.seed(seed, progress);
      case MigrateCommand.Setup setup -> migrate.setup(setup, progress);
    };
  }

  private MigrationDrafted draft(MigrateCommand.Draft command, Progress progress) {
    MigrationDrafted drafted = verbs.draft().draft(command);
    if (!command.deploy() || !drafted.questions().isEmpty()) {
      return drafted;
    }
    return drafted.deployed(
        verbs
            .migrate()
            .deploy(
                new MigrateCommand.Deploy(
                    command.scope(),
                    MigrateCommand.Action.RUN,
                    new MigrateCommand.Drift(MigrateCommand.Drift.When.ADOPT, command.scratch()),
                    false),
                progress));
  }

  private Object project(ProjectCommand<?> command, Progress progress) {
    return switch (command) {
      case ProjectCommand.Init init -> verbs.project().init(init);
      case ProjectCommand.Generate generate -> verbs.project().generate(generate, progress);
      case ProjectCommand.GenerateSecrets secrets -> verbs.project().generateSecrets(secrets);
    };
  }

  private Object schema(SchemaCommand<?> command, Progress progress) {
    SchemaVerbs schema = verbs.schema();
    return switch (command) {
      case SchemaCommand.Inspect inspect -> schema.inspect(inspect);
      case SchemaCommand.Diff diff -> schema.diff(diff);
      case SchemaCommand.Plan plan -> schema.plan(plan);
      case SchemaCommand.Apply apply -> schema.apply(apply, progress);
      case SchemaCommand.ApplyPlan plan -> schema.applyPlan(plan, progress);
      case SchemaCommand.Dump dump -> schema.dump(dump, progress);
      case SchemaCommand.LayOut format -> new FormatVerb(format).format();
      case SchemaCommand.Lint lint -> schema.lint(lint);
    };
  }

  private Object inspect(InspectCommand<?> command) {
    return switch (command) {
      case InspectCommand.Health health -> verbs.inspect().health(health);
      case InspectCommand.Doctor doctor -> verbs.inspect().doctor(doctor);
      case InspectCommand.Url url -> verbs.inspect().url(url);
      case InspectCommand.Config config -> verbs.inspect().config(config);
    };
  }
}
