package dev.undercroft.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.AuditEntry.State;
import dev.undercroft.platform.MigrateCommand.Action;
import dev.undercroft.platform.MigrateCommand.Consent;
import dev.undercroft.platform.ProjectCommand.Overwrite;
import dev.undercroft.settings.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardedPlatformTest {

  private static final BranchVerb NO_BRANCHES =
      new BranchVerb(() -> {
        throw new AssertionError("nothing is late");
      });

  private static final DriftVerb NO_DRIFT =
      new DriftVerb(
          () -> {
            throw new AssertionError("nobody asked for it");
          },
          scope -> Set.of());

  private static final Scope HERE = Scope.of(Path.of("/srv/shop"));
  private static final Caller LOCAL = new Caller.LocalOperator("anna");
  private static final Caller TOKEN = new Caller.TokenOperator("0a1b2c3d", "127.0.0.1");
  private static final Caller NOBODY = new Caller.Anonymous("10.0.0.9");

  private final List<AuditEntry> trail = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private final GuardedPlatform platform =
      new GuardedPlatform(
          verbs(),
          trail::add,
          (verb, outcome, time) -> taken.add(verb + " " + outcome),
          InstantSource.fixed(Instant.EPOCH));

  private ProjectVerbs projects() {
    return new ProjectVerbs(
        this::open,
        new SettingsVerbs(
            scope -> {
              throw new IllegalStateException("not asked in this test");
            },
            scope -> {
              throw new IllegalStateException("not asked in this test");
            }));
  }

  private OpenProjects open(Scope scope) {
    done.add("open");
    throw Problem.of("ACCESS_UNREACHABLE", ProblemKind.EXTERNAL, "nobody answers").exception();
  }

  private static SchemaVerbs schemas() {
    return new SchemaVerbs(
        sql -> {
          throw new AssertionError("no schema is asked for");
        },
        () -> {
          throw new AssertionError("no plan is carried out");
        },
        (command, progress) -> {
          throw new AssertionError("no dump is asked for");
        },
        scope -> Map.of());
  }

  private List<Histories.ProjectHistory> histories(Scope scope) {
    return open(scope).projects().stream()
        .map(one ->
            new Histories.ProjectHistory(
                one.project(), "", one.migrations().status(), one.inside()::connect))
        .toList();
  }

  private static Stream<Command<?>> all() {
    return Stream.of(
        new LifeCommand.Up(HERE, LifeCommand.Mode.DETACHED),
        new LifeCommand.Down(HERE, Duration.ZERO),
        new LifeCommand.Status(HERE),
        new LifeCommand.Logs(HERE, LifeCommand.Logs.Source.ALL, 1, LifeCommand.Logs.Following.ONCE),
        new MigrateCommand.Deploy(HERE, Action.RUN),
        new MigrateCommand.Deploy(HERE, Action.DRY_RUN),
        new MigrateCommand.Status(HERE),
        new MigrateCommand.Resolve(HERE, "x", MigrateCommand.Resolve.As.APPLIED),
        new MigrateCommand.Reset(HERE, Consent.NONE),
        new MigrateCommand.Baseline(HERE, Optional.empty()),
        new MigrateCommand.Down(HERE, Optional.empty(), Consent.NONE),
        new MigrateCommand.Seed(HERE),
        new MigrateCommand.Setup(HERE),
        new ProjectCommand.Init(HERE, Optional.empty(), Optional.empty()),
        new ProjectCommand.Generate(HERE, Optional.empty(), Optional.empty()),
        new ProjectCommand.GenerateSecrets(HERE, List.of(), Overwrite.REFUSE),
        new InspectCommand.Health(HERE),
        new InspectCommand.Doctor(HERE),
        new InspectCommand.Url(HERE, InspectCommand.Url.As.APP),
        new InspectCommand.Config(HERE));
  }

  @Test
  void nobody_known_may_do_nothing() {
    all()
        .forEach(command ->
            assertThat(Authority.refusal(NOBODY, command).orElseThrow().kind())
                .as(command.verb())
                .isEqualTo(ProblemKind.UNAUTHENTICATED));
  }

  @Test
  void the_machine_may_do_everything() {
    all()
        .forEach(
            command -> assertThat(Authority.refusal(LOCAL, command)).as(command.verb()).isEmpty());
  }

  @Test
  void the_token_neither_destroys_nor_starts_nor_writes_files() {
    assertThat(all().filter(command -> Authority.refusal(TOKEN, command).isEmpty()))
        .extracting(Command::verb)
        .containsExactly(
            "status",
            "logs",
            "migrate deploy",
            "migrate deploy",
            "migrate status",
            "migrate resolve",
            "migrate baseline",
            "seed",
            "setup",
            "health",
            "doctor",
            "config");
  }

  @Test
  void what_changes_something_is_audited_before_and_after() {
    platform.run(LOCAL, new LifeCommand.Down(HERE, Duration.ZERO));
    assertThat(trail).extracting(AuditEntry::state).containsExactly(State.BEGUN, State.DONE);
    assertThat(trail.getFirst().caller()).isEqualTo("local:anna");
    assertThat(trail.getFirst().verb()).isEqualTo("down");
  }

  @Test
  void what_failed_is_audited_with_its_problem_and_counted() {
    assertThatThrownBy(() -> platform.run(LOCAL, new MigrateCommand.Setup(HERE)))
        .isInstanceOf(ProblemException.class);
    assertThat(trail).extracting(AuditEntry::state).containsExactly(State.BEGUN, State.FAILED);
    assertThat(trail.getLast().problem()).isEqualTo("ACCESS_UNREACHABLE");
    assertThat(taken).containsExactly("setup failed");
  }

  @Test
  void a_refused_verb_does_not_begin() {
    assertThatThrownBy(() -> platform.run(TOKEN, new MigrateCommand.Reset(HERE, Consent.NONE)))
        .hasMessageContaining("on the machine itself");
    assertThat(done).isEmpty();
    assertThat(trail).extracting(AuditEntry::state).containsExactly(State.REFUSED);
  }

  @Test
  void reading_leaves_no_entry() {
    assertThat(platform.run(TOKEN, new InspectCommand.Health(HERE)).status())
        .isEqualTo(HealthReport.Status.HEALTHY);
    assertThat(trail).isEmpty();
  }

  private Verbs verbs() {
    return new Verbs(
        new Life(),
        new MigrateVerbs(this::open, this::histories, NO_DRIFT, NO_BRANCHES),
        projects(),
        new Inspections(),
        schemas(),
        drafts(),
        new PushVerb(
            this::open,
            (scope, project) -> {
              throw new AssertionError("nothing is pushed");
            },
            scope -> Environment.DEVELOPMENT),
        new SquashVerb((scope, project) -> {
          throw new AssertionError("nothing is squashed");
        }),
        (command, progress) -> {
          throw new IllegalStateException("no backups here");
        },
        (command, progress) -> {
          throw new IllegalStateException("no safety here");
        });
  }

  @Test
  void what_cannot_be_audited_is_not_done() {
    GuardedPlatform deaf =
        new GuardedPlatform(
            verbs(),
            entry -> {
              throw Problem.of("MAIN_AUDIT_FULL", ProblemKind.EXTERNAL, "disk full").exception();
            },
            (verb, outcome, time) -> taken.add(verb + " " + outcome),
            InstantSource.system());
    assertThatThrownBy(() -> deaf.run(LOCAL, new MigrateCommand.Setup(HERE)))
        .hasMessageContaining("disk full");
    assertThat(done).isEmpty();
  }

  private static final class Life implements LifeVerbs {
    @Override
    public Started up(LifeCommand.Up command, Progress progress) {
      throw new IllegalStateException("not started in this test");
    }

    @Override
    public Stopped down(LifeCommand.Down command, Progress progress) {
      return new Stopped(Stopped.How.NOT_RUNNING, 0, Duration.ZERO);
    }

    @Override
    public InstanceStatus status(LifeCommand.Status command) {
      throw new IllegalStateException("not asked in this test");
    }

    @Override
    public LogLines logs(LifeCommand.Logs command) {
      return new LogLines(Stream.of());
    }
  }

  private static final class Inspections implements InspectVerbs {
    @Override
    public HealthReport health(InspectCommand.Health command) {
      return new HealthReport(HealthReport.Status.HEALTHY, Instant.EPOCH, List.of());
    }

    @Override
    public DoctorReport doctor(InspectCommand.Doctor command) {
      return new DoctorReport(List.of());
    }

    @Override
    public ConnectionUrls url(InspectCommand.Url command) {
      return new ConnectionUrls(List.of());
    }

    @Override
    public ConfigReport config(InspectCommand.Config command) {
      return new ConfigReport(List.of());
    }
  }

  private static DraftVerb drafts() {
    return new DraftVerb(
        (scope, project) -> {
          throw new AssertionError("no draft is asked for");
        },
        InstantSource.system());
  }
}
