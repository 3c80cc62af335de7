package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Prisma Migrate says of a database in its table {@code _prisma_migrations}. A row without an
 * end is a migration that failed, one that was rolled back does not count, and the checksum is
 * SHA-256 of the file. Source: Prisma's page about the migration history. Immutable.
 *
 * @param rows the rows that count, one per migration
 */
record PrismaHistory(List<Row> rows) {

  private static final String TABLE = "_prisma_migrations";
  private static final Set<String> COLUMNS =
      Set.of("migration_name", "checksum", "finished_at", "rolled_back_at", "started_at", "logs");

  PrismaHistory {
    rows = List.copyOf(rows);
  }

  /**
   * One migration.
   *
   * @param applied whether it ended well
   * @param logs what the server said when it failed; else empty text
   */
  record Row(String name, String checksum, boolean applied, String logs) {}

  /** Prisma's history, if there is one that knows a migration of this folder. */
  static Optional<PrismaHistory> read(MigrationSession session, MigrationFolder folder) {
    Optional<String> table = session.foreignHistory().filter(name -> name.endsWith(TABLE));
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, @Nullable String>> rows = session.query("select * from " + table.get());
    if (rows.isEmpty() || !rows.getFirst().keySet().containsAll(COLUMNS)) {
      return Optional.empty();
    }
    Map<String, Row> last = new LinkedHashMap<>();
    for (Map<String, @Nullable String> row : rows) {
      if (row.get("rolled_back_at") == null) {
        last.put(text(row, "migration_name"), row(row));
      }
    }
    return last.keySet().stream().anyMatch(name -> folder.find(name).isPresent())
        ? Optional.of(new PrismaHistory(List.copyOf(last.values())))
        : Optional.empty();
  }

  private static Row row(Map<String, @Nullable String> row) {
    return new Row(
        text(row, "migration_name"),
        text(row, "checksum"),
        row.get("finished_at") != null,
        text(row, "logs"));
  }

  private static String text(Map<String, @Nullable String> row, String column) {
    String value = row.get(column);
    return value == null ? "" : value;
  }

  /** What is to be said as long as nobody took this history over. */
  Problem found() {
    return Problem.of(
            "MIGRATE_PRISMA_HISTORY",
            ProblemKind.CONFLICT,
            "Prisma has applied %d migrations to this database"
                .formatted(rows.stream().filter(Row::applied).count()))
        .withRemedy(
            "Run `undercroft migrate baseline`: it takes over what Prisma's table says is applied,"
                + " and the rest stays pending.");
  }

  /**
   * The files that are applied, in order.
   *
   * @throws ProblemException with every row that cannot be taken over
   */
  List<MigrationFile> adopted(MigrationFolder folder) {
    List<Problem> problems = new ArrayList<>();
    List<MigrationFile> files = new ArrayList<>();
    for (Row row : rows) {
      Optional<MigrationFile> file = folder.find(row.name);
      wrong(row, file).ifPresentOrElse(problems::add, () -> file.ifPresent(files::add));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return files.stream().sorted().toList();
  }

  private static Optional<Problem> wrong(Row row, Optional<MigrationFile> file) {
    if (!row.applied) {
      return Optional.of(
          Problem.of(
                  "MIGRATE_PRISMA_FAILED",
                  ProblemKind.CONFLICT,
                  "'" + row.name + "' failed under Prisma, and nobody said what became of it")
              .withDetail(row.logs)
              .withRemedy(
                  "Finish or undo by hand what it did; say so with `prisma migrate resolve"
                      + " --applied %1$s` or `--rolled-back %1$s`, and repeat the command."
                          .formatted(row.name))
              .with("migration", row.name));
    }
    if (file.isEmpty()) {
      return Optional.of(
          Problem.of(
                  "MIGRATE_FILE_GONE",
                  ProblemKind.CONFLICT,
                  "the migration '" + row.name + "' was applied by Prisma, but its file is gone")
              .withRemedy(
                  "Restore the file. Or name the last migration that counts, with"
                      + " `undercroft migrate baseline --to`: then Prisma's table is not asked.")
              .with("migration", row.name));
    }
    return isOf(row, file.get())
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                    "MIGRATE_CHECKSUM_CHANGED",
                    ProblemKind.CONFLICT,
                    "'" + row.name + "' has changed since Prisma applied it")
                .withRemedy(
                    "Restore the file as it was applied. Or name the last migration that counts,"
                        + " with `undercroft migrate baseline --to`: then Prisma's table is not"
                        + " asked.")
                .with("migration", row.name)
                .with("applied", row.checksum)
                .with("file", file.get().checksum()));
  }

  /** Line ends may have changed on the way through version control. */
  private static boolean isOf(Row row, MigrationFile file) {
    return row.checksum.equals(file.checksum())
        || row.checksum.equals(SqlFile.checksum(file.text().replace("\n", "\r\n")));
  }
}
