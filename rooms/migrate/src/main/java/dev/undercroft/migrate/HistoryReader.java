package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.HistoryEntry.JournalEntry;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistoryEntry.StatementOutcome;
import dev.undercroft.migrate.MigrationStatus.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the history, and refuses one that is damaged rather than guess. */
final class HistoryReader {

  private static final Pattern NAME = Pattern.compile("\\d{1,18}_.*");

  private final MigrationSession session;
  private final HistorySql sql;
  private final String target;

  HistoryReader(MigrationSession session, MigrationDialect dialect) {
    this.session = session;
    this.sql = new HistorySql(dialect.history());
    this.target = dialect.target();
  }

  /**
   * The history, with the texts of applied migrations that differ from these files, and with the
   * journals of those that have not ended.
   *
   * @throws ProblemException when a table or a row is not as we write it
   */
  History read(MigrationFolder folder) {
    if (!tablesExist()) {
      return new History(false, List.of(), PrismaHistory.read(session, folder));
    }
    List<Problem> problems = new ArrayList<>();
    List<HistoryEntry> entries = new ArrayList<>();
    for (Map<String, @Nullable String> row : session.query(sql.select())) {
      try {
        entries.add(entry(row));
      } catch (IllegalArgumentException | DateTimeException e) {
        problems.add(damagedRow(row, e));
      }
    }
    entries.stream()
        .collect(Collectors.groupingBy(HistoryEntry::name, TreeMap::new, Collectors.counting()))
        .forEach((name, count) -> {
          if (count > 1) {
            problems.add(damaged("'" + name + "' stands there " + count + " times"));
          }
        });
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new History(
        true,
        entries.stream().map(entry -> completed(entry, folder)).toList(),
        entries.isEmpty() ? PrismaHistory.read(session, folder) : Optional.empty());
  }

  private boolean tablesExist() {
    Set<String> migration = session.columns(HistorySql.MIGRATION);
    Set<String> statement = session.columns(HistorySql.STATEMENT);
    if (migration.isEmpty() && statement.isEmpty()) {
      return false;
    }
    refuseMissing(HistorySql.MIGRATION, migration, HistorySql.MIGRATION_COLUMNS);
    refuseMissing(HistorySql.STATEMENT, statement, HistorySql.STATEMENT_COLUMNS);
    return true;
  }

  private void refuseMissing(String table, Set<String> found, List<String> needed) {
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      String what =
          found.isEmpty()
              ? "the table " + table + " is missing"
              : "the table " + table + " lacks " + String.join(", ", missing);
      throw damaged(what).exception();
    }
  }

  private Problem damaged(String what) {
    return Problem.of(
            "MIGRATE_HISTORY_DAMAGED",
            ProblemKind.CONFLICT,
            "the migration history of " + target + " is damaged: " + what)
        .withRemedy(
            "Restore the table from a backup. If its content is lost, compare the database with"
                + " the migrations by hand, drop what is left of the table, and run `undercroft"
                + " migrate baseline`.");
  }

  private Problem damagedRow(Map<String, @Nullable String> row, Exception why) {
    String shown = "row " + row.get("id") + " (" + row.get("name") + "): " + why.getMessage();
    return damaged(shown);
  }

  private HistoryEntry completed(HistoryEntry entry, MigrationFolder folder) {
    boolean ended = entry.outcome() == Outcome.APPLIED;
    boolean differs =
        folder.find(entry.name()).filter(f -> f.checksum().equals(entry.checksum())).isEmpty();
    if (ended && !differs) {
      return entry;
    }
    Optional<String> body =
        session.query(sql.selectBody(entry.id())).stream()
            .findFirst()
            .map(row -> Optional.ofNullable(row.get("body")).orElse(""));
    return entry.with(body, ended ? List.of() : journal(entry.id()));
  }

  private List<JournalEntry> journal(long id) {
    return session.query(sql.selectJournal(id)).stream()
        .map(row ->
            new JournalEntry(
                Integer.parseInt(need(row, "ordinal")),
                need(row, "checksum"),
                constant(StatementOutcome.class, need(row, "outcome"))))
        .toList();
  }

  private static HistoryEntry entry(Map<String, @Nullable String> row) {
    String name = need(row, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not the name of a migration");
    }
    return new HistoryEntry(
        Long.parseLong(need(row, "id")),
        name,
        need(row, "checksum"),
        constant(Outcome.class, need(row, "outcome")),
        constant(Origin.class, need(row, "origin")),
        instant(need(row, "started_at")),
        Optional.ofNullable(row.get("finished_at")).map(HistoryReader::instant),
        need(row, "applied_by"),
        Integer.parseInt(need(row, "statements")),
        Integer.parseInt(need(row, "statements_done")),
        Optional.ofNullable(row.get("error")).orElse(""),
        Optional.empty(),
        List.of());
  }

  private static String need(Map<String, @Nullable String> row, String column) {
    String value = row.get(column);
    if (value == null) {
      throw new IllegalArgumentException(column + " is empty");
    }
    return value;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("'" + word + "' is not a known value", unknown);
    }
  }

  private static Instant instant(String text) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
  }
}
