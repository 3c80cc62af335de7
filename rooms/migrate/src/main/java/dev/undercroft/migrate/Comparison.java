package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.MigrationOptions.LateFiles;
import dev.undercroft.migrate.MigrationStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares files with the history. Pure. */
final class Comparison {

  private final MigrationFolder folder;
  private final History history;
  private final LateFiles late;

  Comparison(MigrationFolder folder, History history, LateFiles late) {
    this.folder = folder;
    this.history = history;
    this.late = late;
  }

  /** Every migration that files or history know, in order of version. */
  List<MigrationStatus.Entry> entries() {
    List<MigrationStatus.Entry> entries = new ArrayList<>();
    folder.files().forEach(file -> entries.add(entry(file)));
    Set<String> replaced =
        folder.files().stream()
            .flatMap(file -> Replacement.in(file).stream())
            .collect(Collectors.toSet());
    history.entries().stream()
        .filter(row -> folder.find(row.name()).isEmpty() && !replaced.contains(row.name()))
        .forEach(row -> entries.add(entry(row, State.MISSING, Optional.of(missing(row)))));
    entries.sort(
        java.util.Comparator.comparingLong(
                (MigrationStatus.Entry e) -> Long.parseLong(e.name().split("_", 2)[0]))
            .thenComparing(MigrationStatus.Entry::name));
    return entries;
  }

  /** What forbids to deploy, as far as files and history alone tell. */
  List<Problem> blockers() {
    Stream<Problem> own =
        entries().stream()
            .filter(entry -> entry.state() != State.FAILED && entry.state() != State.RUNNING)
            .filter(entry -> entry.state() != State.LATE || late == LateFiles.REFUSE)
            .flatMap(entry -> entry.problem().stream());
    return Stream.concat(history.prisma().map(PrismaHistory::found).stream(), own).toList();
  }

  /** The files that are to be applied, in order; what began and did not end is among them. */
  List<MigrationFile> toApply() {
    return folder.files().stream().filter(file -> state(file) != State.APPLIED).toList();
  }

  /** The files that need not run, because all that they stand for is applied. */
  List<MigrationFile> toAdopt() {
    return folder.files().stream().filter(file -> Replacement.isAdoptable(file, history)).toList();
  }

  boolean isLate(MigrationFile file) {
    return state(file) == State.LATE;
  }

  private State state(MigrationFile file) {
    Optional<HistoryEntry> row = history.find(file.name());
    if (Replacement.isAdoptable(file, history)) {
      return State.APPLIED;
    }
    if (row.isEmpty()) {
      return file.version() < history.highestVersion() ? State.LATE : State.PENDING;
    }
    return switch (row.get().outcome()) {
      case RUNNING -> State.RUNNING;
      case FAILED -> State.FAILED;
      case APPLIED -> row.get().checksum().equals(file.checksum()) ? State.APPLIED : State.CHANGED;
      case ROLLED_BACK -> State.PENDING;
    };
  }

  private MigrationStatus.Entry entry(MigrationFile file) {
    State state = state(file);
    Optional<HistoryEntry> row = history.find(file.name());
    Optional<Problem> problem =
        switch (state) {
          case PENDING -> row.isEmpty() ? halfReplaced(file) : Optional.empty();
          case LATE -> halfReplaced(file).or(() -> Optional.of(late(file)));
          case CHANGED -> row.map(entry -> changed(file, entry));
          case FAILED -> row.map(entry -> failed(file, entry));
          case RUNNING -> row.map(entry -> interrupted(file, entry));
          default -> Optional.empty();
        };
    return row.map(entry -> entry(entry, state, problem))
        .orElseGet(() ->
            new MigrationStatus.Entry(
                file.name(),
                state,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                0,
                0,
                problem));
  }

  /** Some of what a migration stands for is applied and some is not: neither way is right. */
  private Optional<Problem> halfReplaced(MigrationFile file) {
    Set<String> names = Replacement.in(file);
    List<String> applied = Replacement.applied(names, history);
    if (applied.isEmpty() || applied.size() == names.size()) {
      return Optional.empty();
    }
    List<String> missing = names.stream().filter(name -> !applied.contains(name)).toList();
    return Optional.of(
        Problem.of(
                "MIGRATE_HALF_REPLACED",
                ProblemKind.CONFLICT,
                "'%s' stands for %d migrations, of which only %d are applied here"
                    .formatted(file.name(), names.size(), applied.size()))
            .withDetail("Not applied: " + String.join(", ", missing) + ".")
            .withRemedy("Deploy the last release that still has the old migrations, then this one.")
            .with("migration", file.name()));
  }

  private static MigrationStatus.Entry entry(
      HistoryEntry row, State state, Optional<Problem> problem) {
    return new MigrationStatus.Entry(
        row.name(),
        state,
        Optional.of(row.origin()),
        Optional.of(row.finished().orElse(row.started())),
        row.by(),
        row.finished().map(end -> java.time.Duration.between(row.started(), end)),
        row.statementsDone(),
        row.statements(),
        problem);
  }

  private Problem late(MigrationFile file) {
    return Problem.of(
            "MIGRATE_LATE",
            ProblemKind.CONFLICT,
            "'%s' is pending, but version %d is applied already"
                .formatted(file.name(), history.highestVersion()))
        .withRemedy(
            "If it does not depend on the order, deploy with --allow-late; otherwise rename it to a"
                + " version after "
                + history.highestVersion()
                + ".")
        .with("migration", file.name());
  }

  private static Problem changed(MigrationFile file, HistoryEntry row) {
    return Problem.of(
            "MIGRATE_CHECKSUM_CHANGED",
            ProblemKind.CONFLICT,
            "the applied migration '" + file.name() + "' has changed since")
        .withDetail(row.body().map(body -> LineDifference.of(body, file.text())).orElse(""))
        .withRemedy(
            "Restore the file as it was applied, and put the change into a new migration. If the"
                + " database has the change already, run `undercroft migrate resolve --applied "
                + file.name()
                + "`.")
        .with("migration", file.name())
        .with("applied", row.checksum())
        .with("file", file.checksum());
  }

  private Problem missing(HistoryEntry row) {
    Optional<MigrationFile> renamed =
        folder.files().stream()
            .filter(file -> file.checksum().equals(row.checksum()))
            .filter(file -> history.find(file.name()).isEmpty())
            .findFirst();
    boolean applied = row.outcome() == Outcome.APPLIED;
    return Problem.of(
            "MIGRATE_FILE_GONE",
            ProblemKind.CONFLICT,
            "the migration '%s' %s, but its file is gone"
                .formatted(row.name(), applied ? "is applied" : "did not end"))
        .withDetail(
            renamed
                .map(file -> "'" + file.name() + "' holds the same text: was it renamed?")
                .orElseGet(() -> row.body().map(b -> LineDifference.of(b, "")).orElse("")))
        .withRemedy(
            renamed
                .map(file -> "Give it back its name '" + row.name() + "'.")
                .orElse("Restore the file; the text that ran is in the history."))
        .with("migration", row.name());
  }

  private static Problem failed(MigrationFile file, HistoryEntry row) {
    boolean journalled = !row.journal().isEmpty();
    String state =
        journalled
            ? "%d of its %d statements are done".formatted(row.statementsDone(), row.statements())
            : "nothing of it is in the database";
    return Problem.of(
            "MIGRATE_FAILED",
            ProblemKind.CONFLICT,
            "the migration '" + file.name() + "' failed; " + state)
        .withDetail(row.error())
        .withRemedy(
            journalled
                ? "Correct the statement that failed, and run `undercroft migrate deploy`: it goes"
                    + " on there. Or undo by hand what is done, and run `undercroft migrate resolve"
                    + " --rolled-back "
                    + file.name()
                    + "`."
                : "Correct the file, and run `undercroft migrate deploy` again.")
        .with("migration", file.name());
  }

  private static Problem interrupted(MigrationFile file, HistoryEntry row) {
    return Problem.of(
            "MIGRATE_INTERRUPTED",
            ProblemKind.CONFLICT,
            "the migration '%s' has begun and not ended; %d of its %d statements are done"
                .formatted(file.name(), row.statementsDone(), row.statements()))
        .withRemedy(
            "If no deployer is at work, run `undercroft migrate deploy`: it goes on where it"
                + " stopped.")
        .with("migration", file.name());
  }
}
