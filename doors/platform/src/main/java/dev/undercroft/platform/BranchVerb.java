package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Branches;
import dev.undercroft.evolve.Frame;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.settings.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says of migrations that a branch brought late whether their order matters. Thread-safe. */
public final class BranchVerb {

  private static final int SHOWN = 20;

  private final Supplier<Branches> branches;

  /** Nothing is read yet; {@code branches} is asked for when a migration is late. */
  public BranchVerb(Supplier<Branches> branches) {
    this.branches = branches;
  }

  /** Why the late migrations are not applied; empty when there are none, or it does not matter. */
  Optional<Problem> obstacle(
      Project project,
      MigrationStatus status,
      Supplier<Connection> live,
      Optional<String> scratch) {
    Set<String> late = names(status, State.LATE);
    if (late.isEmpty()) {
      return Optional.empty();
    }
    if (!isTried(live)) {
      return Optional.of(conflict(late, List.of("in this kind of database it is not tried")));
    }
    Set<String> applied = names(status, State.APPLIED);
    List<MigrationText> all = MigrationText.read(project.migrations());
    try {
      List<String> conflicts =
          branches
              .get()
              .conflicts(
                  all.stream().filter(one -> applied.contains(one.name())).toList(),
                  all.stream().filter(one -> late.contains(one.name())).toList(),
                  new Frame(Frame.PLAIN.scope(), scratch, Frame.PLAIN.renames()));
      return conflicts.isEmpty() ? Optional.empty() : Optional.of(conflict(late, conflicts));
    } catch (ProblemException unknown) {
      return Optional.of(
          conflict(late, List.of("whether it does was not tried: " + unknown.first().message())));
    }
  }

  private static boolean isTried(Supplier<Connection> live) {
    try (Connection connection = live.get()) {
      return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    } catch (SQLException gone) {
      return false;
    }
  }

  private static Set<String> names(MigrationStatus status, State state) {
    return status.entries().stream()
        .filter(entry -> entry.state() == state)
        .map(MigrationStatus.Entry::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Problem conflict(Set<String> late, List<String> why) {
    return Problem.of(
            "PLATFORM_BRANCHES",
            ProblemKind.CONFLICT,
            "%s came late, behind migrations that are applied, and the order may matter"
                .formatted(String.join(", ", late)))
        .withDetail(why.stream().limit(SHOWN).collect(Collectors.joining("\n")))
        .withRemedy(
            "Rename it to a version behind those that are applied, and adapt it to what they made;"
                + " or, if it is right as it is, deploy with --allow-late.")
        .with("migrations", String.join(", ", late));
  }
}
