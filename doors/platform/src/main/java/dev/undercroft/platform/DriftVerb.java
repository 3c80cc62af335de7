package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Drift;
import dev.undercroft.evolve.DriftCheck;
import dev.undercroft.evolve.Frame;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.settings.Project;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says whether a database is still what its applied migrations made of it. Thread-safe. */
public final class DriftVerb {

  private static final int SHOWN = 20;
  private static final Set<State> UNFINISHED =
      Set.of(State.FAILED, State.RUNNING, State.CHANGED, State.MISSING);

  private final Supplier<DriftCheck> check;
  private final Function<Scope, Set<String>> wanting;

  /**
   * Nothing is read yet.
   *
   * @param check is asked for when a database is compared
   * @param wanting names the projects of a scope whose settings want the check before deploying
   */
  public DriftVerb(Supplier<DriftCheck> check, Function<Scope, Set<String>> wanting) {
    this.check = check;
    this.wanting = wanting;
  }

  /** Whether the settings of a project want it compared before it is deployed. */
  boolean isWanted(Scope scope, Project project) {
    return wanting.apply(scope).contains(project.name());
  }

  /**
   * What is found of a database.
   *
   * @param drift how it differs; empty when it does not, or could not be compared
   * @param note why it was not compared; empty when it was
   */
  record Found(Optional<Problem> drift, Optional<Problem> note) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
  }

  /** Compares; a database that cannot be compared is no failure, but is told. */
  Found look(
      Project project,
      MigrationStatus status,
      Supplier<Connection> live,
      Optional<String> scratch) {
    Set<String> applied =
        status.entries().stream()
            .filter(entry -> entry.state() == State.APPLIED)
            .map(MigrationStatus.Entry::name)
            .collect(Collectors.toSet());
    boolean isUnfinished =
        status.entries().stream().anyMatch(entry -> UNFINISHED.contains(entry.state()));
    if (applied.isEmpty() || isUnfinished) {
      return Found.NOTHING;
    }
    List<SqlSource> scripts =
        MigrationText.read(project.migrations()).stream()
            .filter(one -> applied.contains(one.name()))
            .map(MigrationText::script)
            .toList();
    try (Connection connection = live.get()) {
      if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
        return Found.NOTHING;
      }
      Frame frame = new Frame(Frame.PLAIN.scope(), scratch, Frame.PLAIN.renames());
      return new Found(
          check.get().check(scripts, connection, frame).map(drift -> problem(status, drift)),
          Optional.empty());
    } catch (ProblemException | SQLException notCompared) {
      return new Found(Optional.empty(), Optional.of(notCompared(status, notCompared)));
    }
  }

  /** Whether the database is what all migrations give, also those that are not applied. */
  boolean isThereAlready(
      OpenProjects.OpenProject project, MigrationStatus status, Optional<String> scratch) {
    boolean isPlain =
        status.entries().stream()
            .allMatch(entry -> entry.state() == State.APPLIED || entry.state() == State.PENDING);
    if (!isPlain) {
      return false;
    }
    List<SqlSource> scripts =
        MigrationText.read(project.project().migrations()).stream()
            .map(MigrationText::script)
            .toList();
    try (Connection connection = project.inside().connect()) {
      Frame frame = new Frame(Frame.PLAIN.scope(), scratch, Frame.PLAIN.renames());
      return check.get().check(scripts, connection, frame).isEmpty();
    } catch (ProblemException | SQLException unknown) {
      return false;
    }
  }

  private static Problem problem(MigrationStatus status, Drift drift) {
    String lines = drift.changes().stream().limit(SHOWN).collect(Collectors.joining("\n"));
    int more = drift.changes().size() - SHOWN;
    return Problem.of(
            "PLATFORM_DRIFT",
            ProblemKind.NEGATIVE,
            "%s is not what its applied migrations give: somebody changed it otherwise"
                .formatted(status.target()))
        .withDetail(
            lines
                + (more > 0 ? "\n… and " + more + " more" : "")
                + (drift.back().isEmpty() ? "" : "\nThis would take it back:\n" + drift.back()))
        .withRemedy(
            "If the change is wanted, put it into schema/, make a migration of it with `undercroft"
                + " migrate generate`, and tell this database that it has it with `undercroft"
                + " migrate resolve --applied NAME`. If not, take it back. To deploy as it is, add"
                + " --no-drift-check.");
  }

  private static Problem notCompared(MigrationStatus status, Exception why) {
    String reason =
        why instanceof ProblemException told
            ? told.first().message()
            : String.valueOf(why.getMessage());
    return Problem.of(
            "PLATFORM_DRIFT_UNKNOWN",
            ProblemKind.EXTERNAL,
            "%s was not compared with what its migrations give: %s"
                .formatted(status.target(), reason))
        .withRemedy("Give --scratch the URL of a server on which scratch databases may be made.");
  }
}
