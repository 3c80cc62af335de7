package dev.undercroft.sql;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a statement is, by its leading words. Immutable. Which statements PostgreSQL refuses in a
 * transaction block stands in the manual page of each (chapter "SQL Commands").
 *
 * @param name its keywords in upper case, for example {@code CREATE INDEX CONCURRENTLY}
 * @param use how it gets along with a transaction
 */
public record Command(String name, TransactionUse use) {

  private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP", "COMMENT");

  private static final List<Rule> POSTGRESQL =
      List.of(
          rule(TransactionUse.ONLY_INSIDE, "ROLLBACK TO SAVEPOINT", Command::rollsBackToSavepoint),
          rule(
              TransactionUse.CONTROL, "PREPARE TRANSACTION", w -> w.take("prepare", "transaction")),
          rule(TransactionUse.CONTROL, "BEGIN"),
          rule(TransactionUse.CONTROL, "START TRANSACTION"),
          rule(TransactionUse.CONTROL, "COMMIT"),
          rule(TransactionUse.CONTROL, "END"),
          rule(TransactionUse.CONTROL, "ROLLBACK"),
          rule(TransactionUse.CONTROL, "ABORT"),
          rule(TransactionUse.ONLY_INSIDE, "SAVEPOINT"),
          rule(TransactionUse.ONLY_INSIDE, "RELEASE"),
          rule(TransactionUse.ONLY_INSIDE, "LOCK"),
          rule(TransactionUse.ONLY_INSIDE, "SET LOCAL"),
          rule(TransactionUse.ONLY_INSIDE, "SET CONSTRAINTS"),
          rule(TransactionUse.OUTSIDE, "CREATE INDEX CONCURRENTLY", Command::createsConcurrently),
          rule(TransactionUse.OUTSIDE, "DROP INDEX CONCURRENTLY"),
          rule(TransactionUse.OUTSIDE, "REINDEX CONCURRENTLY", Command::reindexesConcurrently),
          rule(TransactionUse.OUTSIDE, "REINDEX DATABASE", Command::reindexesMany),
          rule(TransactionUse.OUTSIDE, "VACUUM"),
          rule(TransactionUse.OUTSIDE, "CREATE DATABASE"),
          rule(TransactionUse.OUTSIDE, "DROP DATABASE"),
          rule(TransactionUse.OUTSIDE, "ALTER DATABASE SET TABLESPACE", Command::movesDatabase),
          rule(TransactionUse.OUTSIDE, "CREATE TABLESPACE"),
          rule(TransactionUse.OUTSIDE, "DROP TABLESPACE"),
          rule(TransactionUse.OUTSIDE, "ALTER SYSTEM"),
          rule(TransactionUse.OUTSIDE, "CREATE SUBSCRIPTION"),
          rule(TransactionUse.OUTSIDE, "DROP SUBSCRIPTION"),
          rule(TransactionUse.OUTSIDE, "ALTER SUBSCRIPTION", Command::refreshesSubscription),
          rule(
              TransactionUse.OUTSIDE,
              "ALTER TABLE DETACH PARTITION CONCURRENTLY",
              Command::detachesConcurrently),
          rule(TransactionUse.OUTSIDE, "CLUSTER", Command::clustersAll),
          rule(TransactionUse.OUTSIDE, "DISCARD ALL"),
          rule(TransactionUse.UNDECIDED, "CALL"),
          rule(TransactionUse.UNDECIDED, "DO"));

  private static final List<Rule> SQLITE =
      List.of(
          rule(TransactionUse.ONLY_INSIDE, "ROLLBACK TO SAVEPOINT", Command::rollsBackToSavepoint),
          rule(TransactionUse.CONTROL, "BEGIN"),
          rule(TransactionUse.CONTROL, "COMMIT"),
          rule(TransactionUse.CONTROL, "END"),
          rule(TransactionUse.CONTROL, "ROLLBACK"),
          rule(TransactionUse.ONLY_INSIDE, "SAVEPOINT"),
          rule(TransactionUse.ONLY_INSIDE, "RELEASE"),
          rule(TransactionUse.OUTSIDE, "VACUUM"),
          rule(TransactionUse.OUTSIDE, "ATTACH"),
          rule(TransactionUse.OUTSIDE, "DETACH"),
          rule(TransactionUse.OUTSIDE, "PRAGMA FOREIGN_KEYS"),
          rule(TransactionUse.OUTSIDE, "PRAGMA JOURNAL_MODE"),
          rule(TransactionUse.OUTSIDE, "PRAGMA SYNCHRONOUS"));

  static Command of(Words words, Dialect dialect) {
    List<Rule> rules = dialect == Dialect.POSTGRESQL ? POSTGRESQL : SQLITE;
    return rules.stream()
        .filter(rule -> rule.fits().test(words.fromStart()))
        .findFirst()
        .map(rule -> new Command(rule.name(), rule.use()))
        .orElseGet(() -> new Command(plainName(words.fromStart()), TransactionUse.INSIDE));
  }

  private record Rule(TransactionUse use, String name, Predicate<Words> fits) {}

  private static Rule rule(TransactionUse use, String name, Predicate<Words> fits) {
    return new Rule(use, name, fits);
  }

  private static Rule rule(TransactionUse use, String name) {
    String[] keywords = name.split(" ");
    return new Rule(use, name, words -> words.take(keywords));
  }

  private static boolean rollsBackToSavepoint(Words words) {
    if (!words.take("rollback")) {
      return false;
    }
    if (!words.take("work")) {
      words.take("transaction");
    }
    return words.take("to");
  }

  private static boolean createsConcurrently(Words words) {
    return words.take("create")
        && (words.take("unique", "index") || words.take("index"))
        && words.take("concurrently");
  }

  private static boolean reindexesConcurrently(Words words) {
    return words.take("reindex") && words.contains("concurrently");
  }

  private static boolean reindexesMany(Words words) {
    if (!words.take("reindex")) {
      return false;
    }
    words.takeGroup();
    return words.take("schema") || words.take("database") || words.take("system");
  }

  private static boolean movesDatabase(Words words) {
    return words.take("alter", "database")
        && words.takeName().isPresent()
        && words.take("set", "tablespace");
  }

  private static boolean refreshesSubscription(Words words) {
    return words.take("alter", "subscription")
        && words.takeName().isPresent()
        && (words.contains("refresh") || words.contains("publication") || words.take("set"));
  }

  private static boolean detachesConcurrently(Words words) {
    return words.take("alter", "table")
        && words.skipTo("detach")
        && words.take("partition")
        && words.takeName().isPresent()
        && words.take("concurrently");
  }

  private static boolean clustersAll(Words words) {
    if (!words.take("cluster")) {
      return false;
    }
    words.takeGroup();
    words.take("verbose");
    return words.atEnd();
  }

  private static String plainName(Words words) {
    String verb = words.takeWord();
    if (!WITH_OBJECT.contains(verb)) {
      return verb;
    }
    words.take("on");
    words.take("or", "replace");
    if (!words.take("unlogged") && !words.take("temp") && !words.take("temporary")) {
      words.take("unique");
    }
    String object = words.takeWord();
    String view = object.equals("MATERIALIZED") && words.take("view") ? " VIEW" : "";
    return (verb + " " + object + view).strip();
  }
}
