package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployPlan.Mode;
import dev.undercroft.migrate.HistoryEntry.JournalEntry;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistoryEntry.StatementOutcome;
import dev.undercroft.migrate.HistorySql.Author;
import dev.undercroft.migrate.HistorySql.NewRow;
import dev.undercroft.migrate.MigrationStatus.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes into the history what a person says. Pure: gives the statements to run. */
final class Correction {

  private final MigrationDialect dialect;
  private final HistorySql sql;
  private final MigrationFolder folder;
  private final History history;
  private final Author author;

  Correction(MigrationDialect dialect, MigrationFolder folder, History history, Author author) {
    this.dialect = dialect;
    this.sql = new HistorySql(dialect.history());
    this.folder = folder;
    this.history = history;
    this.author = author;
  }

  List<String> resolve(String name, Resolution resolution, Instant now) {
    Optional<MigrationFile> file = folder.find(name);
    Optional<HistoryEntry> row = history.find(name);
    if (file.isEmpty() && row.isEmpty()) {
      throw notFound(name);
    }
    return switch (resolution) {
      case APPLIED -> applied(name, file, row, now);
      case ROLLED_BACK -> rolledBack(name, row);
      case STATEMENT_DONE, STATEMENT_NOT_DONE -> statement(name, row, resolution);
    };
  }

  private List<String> applied(
      String name, Optional<MigrationFile> file, Optional<HistoryEntry> row, Instant now) {
    if (file.isEmpty()) {
      throw refused(
          "'" + name + "' has no file here", "Restore its file; then it can count as applied.");
    }
    boolean same = row.filter(r -> r.checksum().equals(file.get().checksum())).isPresent();
    if (same && row.get().outcome() == Outcome.APPLIED) {
      throw refused("'" + name + "' is applied already", "Nothing is to be done.");
    }
    List<String> writes = new ArrayList<>();
    row.ifPresent(old -> writes.add(sql.rollBack(old.name())));
    writes.add(insert(file.get(), Origin.RESOLVE, now));
    return writes;
  }

  private List<String> rolledBack(String name, Optional<HistoryEntry> row) {
    if (row.isEmpty()) {
      throw refused("'" + name + "' never ran here", "Nothing is to be done: it is pending.");
    }
    if (row.get().outcome() == Outcome.APPLIED) {
      throw refused(
          "'" + name + "' is applied, and nothing failed in it",
          "To undo it, run `undercroft migrate down`.");
    }
    return List.of(sql.rollBack(name));
  }

  private List<String> statement(String name, Optional<HistoryEntry> row, Resolution resolution) {
    Optional<JournalEntry> begun =
        row.stream()
            .flatMap(entry -> entry.journal().stream())
            .filter(entry -> entry.outcome() == StatementOutcome.STARTED)
            .findFirst();
    if (row.isEmpty() || begun.isEmpty()) {
      throw refused(
          "'" + name + "' has no statement whose outcome is unknown",
          "Run `undercroft migrate status` to see how it stands.");
    }
    long id = row.get().id();
    JournalEntry entry = begun.get();
    if (resolution == Resolution.STATEMENT_NOT_DONE) {
      return List.of(sql.forget(id, entry.ordinal()));
    }
    JournalEntry done = new JournalEntry(entry.ordinal(), entry.checksum(), StatementOutcome.DONE);
    return List.of(sql.journal(id, done, ""), sql.update(id, Outcome.RUNNING, entry.ordinal(), ""));
  }

  /**
   * Marks all up to one as applied without running them; when none is named, and Prisma worked here
   * before, those that its table says are applied.
   */
  List<String> baseline(Optional<String> upTo, Instant now) {
    if (!history.entries().isEmpty()) {
      throw refused(
          dialect.target() + " has a history already",
          "A baseline is only for a database that has none; use `undercroft migrate resolve`.");
    }
    if (upTo.isEmpty() && history.prisma().isPresent()) {
      return history.prisma().get().adopted(folder).stream()
          .map(file -> insert(file, Origin.BASELINE, now))
          .toList();
    }
    List<String> writes = new ArrayList<>();
    long last = Long.MAX_VALUE;
    if (upTo.isPresent()) {
      last = folder.find(upTo.get()).orElseThrow(() -> notFound(upTo.get())).version();
    }
    for (MigrationFile file : folder.files()) {
      if (file.version() <= last) {
        writes.add(insert(file, Origin.BASELINE, now));
      }
    }
    return writes;
  }

  /** Marks files as applied that stand for migrations that are; those give way to them. */
  List<String> adopt(List<MigrationFile> files, Instant now) {
    List<String> writes = new ArrayList<>();
    for (MigrationFile file : files) {
      Replacement.in(file).forEach(name -> writes.add(sql.rollBack(name)));
      writes.add(insert(file, Origin.BASELINE, now));
    }
    return writes;
  }

  private String insert(MigrationFile file, Origin origin, Instant now) {
    int statements = ParsedFile.parse(file.path(), file.text(), dialect).statements().size();
    return sql.insert(
        new NewRow(
            file,
            Outcome.APPLIED,
            origin,
            Mode.TRANSACTION,
            statements,
            statements,
            "",
            now,
            author));
  }

  private ProblemException notFound(String name) {
    return Problem.of(
            "MIGRATE_UNKNOWN", ProblemKind.NOT_FOUND, "there is no migration '" + name + "'")
        .withRemedy(
            ("Name it as `undercroft migrate status` does." + folder.didYouMean(name)).strip())
        .exception();
  }

  private static ProblemException refused(String message, String remedy) {
    return Problem.of("MIGRATE_NOT_RESOLVED", ProblemKind.CONFLICT, message)
        .withRemedy(remedy)
        .exception();
  }
}
