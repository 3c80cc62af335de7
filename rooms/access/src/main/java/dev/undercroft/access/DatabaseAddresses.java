package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two ways to one database: the one for queries may go through a pooler, the one for migrations
 * must not. Immutable.
 *
 * @param queries {@code DATABASE_URL}
 * @param migrations {@code DIRECT_URL}, or the same as {@code queries} where there is none
 */
public record DatabaseAddresses(DatabaseAddress queries, DatabaseAddress migrations) {

  /**
   * Reads both URLs and reports the problems of both together.
   *
   * @param databaseUrl the value of {@code DATABASE_URL}
   * @param directUrl the value of {@code DIRECT_URL}, if there is one
   * @param base the folder that relative paths of SQLite files start at
   * @throws ProblemException if one is wrong, or they are not the same kind of database
   */
  public static DatabaseAddresses parse(String databaseUrl, Optional<String> directUrl, Path base) {
    List<Problem> problems = new ArrayList<>();
    Optional<DatabaseAddress> queries = read(databaseUrl, "DATABASE_URL", base, problems);
    Optional<DatabaseAddress> direct =
        directUrl.flatMap(url -> read(url, "DIRECT_URL", base, problems));
    if (queries.isPresent() && problems.isEmpty()) {
      check(queries.get(), direct, problems);
    }
    if (!problems.isEmpty() || queries.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new DatabaseAddresses(queries.get(), direct.orElse(queries.get()));
  }

  private static Optional<DatabaseAddress> read(
      String url, String setting, Path base, List<Problem> problems) {
    try {
      return Optional.of(DatabaseUrl.parse(url, base));
    } catch (ProblemException e) {
      e.problems().forEach(problem -> problems.add(problem.with("setting", setting)));
      return Optional.empty();
    }
  }

  private static void check(
      DatabaseAddress queries, Optional<DatabaseAddress> direct, List<Problem> problems) {
    if (direct.isPresent() && direct.get().getClass() != queries.getClass()) {
      problems.add(
          Problem.of(
                  "ACCESS_URLS_DIFFER",
                  ProblemKind.INPUT,
                  "DATABASE_URL and DIRECT_URL name different kinds of database")
              .withDetail(queries.display() + "\n" + direct.get().display())
              .withRemedy("Let both name the same database."));
    }
  }

  /**
   * Why migrations cannot be deployed with these addresses: the only one goes through a transaction
   * pooler. Empty when they can.
   */
  public Optional<Problem> obstacleToMigrations() {
    if (!(migrations instanceof PostgresAddress postgres && postgres.isTransactionPooled())) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                "ACCESS_NO_DIRECT_URL",
                ProblemKind.INPUT,
                "migrations cannot go through a transaction pooler (pgbouncer=true)")
            .withDetail(
                "A pooler hands the session that holds the deployer's lock to somebody else.")
            .withRemedy("Set DIRECT_URL to the address of the server itself."));
  }
}
