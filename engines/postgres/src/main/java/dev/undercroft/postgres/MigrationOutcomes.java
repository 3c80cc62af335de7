package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.migrate.Verdict;
import dev.undercroft.migrate.Verdict.Kind;
import dev.undercroft.sql.QualifiedName;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the catalog what became of a statement that runs outside of transactions and whose
 * end nobody saw, and what it may have left behind.
 */
final class MigrationOutcomes {

  private final MigrationSession session;

  MigrationOutcomes(MigrationSession session) {
    this.session = session;
  }

  Verdict look(Statement statement) {
    Words words = new Words(statement.source().text(), statement.tokens());
    String command = statement.command().name();
    return switch (command) {
      case "CREATE INDEX CONCURRENTLY" -> index(words);
      case "DROP INDEX CONCURRENTLY" -> gone(words, "index", "pg_class", "relname");
      case "CREATE DATABASE" -> made(words, "database", "pg_database", "datname");
      case "DROP DATABASE" -> gone(words, "database", "pg_database", "datname");
      case "CREATE TABLESPACE" -> made(words, "tablespace", "pg_tablespace", "spcname");
      case "DROP TABLESPACE" -> gone(words, "tablespace", "pg_tablespace", "spcname");
      case "DROP SUBSCRIPTION" -> gone(words, "subscription", "pg_subscription", "subname");
      case "CREATE SUBSCRIPTION" -> subscription(words);
      case "ALTER TABLE DETACH PARTITION CONCURRENTLY" -> detached(words);
      case "REINDEX CONCURRENTLY" ->
          new Verdict(Kind.NOT_DONE, "it can be run again", leftByReindex(words));
      case "VACUUM",
          "CLUSTER",
          "REINDEX DATABASE",
          "REINDEX",
          "ALTER SYSTEM",
          "ALTER DATABASE SET TABLESPACE" ->
          new Verdict(Kind.NOT_DONE, "it can be run again", List.of());
      default ->
          unknown(command + " may have committed some of its work, and leaves no trace of it");
    };
  }

  List<String> repairs(Statement statement) {
    Words words = new Words(statement.source().text(), statement.tokens());
    return switch (statement.command().name()) {
      case "CREATE INDEX CONCURRENTLY" -> index(words).repair();
      case "REINDEX CONCURRENTLY" -> leftByReindex(words);
      default -> List.of();
    };
  }

  private Verdict index(Words words) {
    words.skipTo("concurrently");
    words.take("if", "not", "exists");
    Optional<QualifiedName> name = words.takeName();
    words.take("on");
    words.take("only");
    Optional<QualifiedName> table = words.takeName();
    if (name.isEmpty() || table.isEmpty()) {
      return unknown("the name of the index cannot be read");
    }
    List<Map<String, @Nullable String>> rows =
        session.query(
            "select format('%I.%I', n.nspname, c.relname) as name, i.indisvalid as valid,"
                + " exists (select from pg_stat_progress_create_index p"
                + " where p.index_relid = c.oid) as building"
                + " from pg_index i join pg_class c on c.oid = i.indexrelid"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where i.indrelid = to_regclass("
                + text(table.get().quoted())
                + ") and c.relname = "
                + text(stored(name.get().name())));
    if (rows.isEmpty()) {
      return new Verdict(Kind.NOT_DONE, "there is no such index", List.of());
    }
    return index(rows.getFirst());
  }

  private static Verdict index(Map<String, @Nullable String> row) {
    String name = String.valueOf(row.get("name"));
    if ("t".equals(row.get("valid"))) {
      return new Verdict(Kind.DONE, "the index " + name + " is there and valid", List.of());
    }
    if ("t".equals(row.get("building"))) {
      return unknown("another session is building the index " + name);
    }
    return new Verdict(
        Kind.NOT_DONE,
        "the index " + name + " is there but invalid",
        List.of("drop index concurrently if exists " + name));
  }

  private List<String> leftByReindex(Words words) {
    words.take("reindex");
    words.takeGroup();
    boolean ofIndex = words.take("index");
    if (!ofIndex && !words.take("table")) {
      return List.of();
    }
    words.take("concurrently");
    Optional<QualifiedName> name = words.takeName();
    if (name.isEmpty()) {
      return List.of();
    }
    String oid = "to_regclass(" + text(name.get().quoted()) + ")";
    String table = ofIndex ? "(select indrelid from pg_index where indexrelid = " + oid + ")" : oid;
    List<String> drops = new ArrayList<>();
    session
        .query(
            "select format('drop index concurrently if exists %s', i.indexrelid::regclass) as sql"
                + " from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = "
                + table
                + " and not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'"
                + " and not exists (select from pg_stat_progress_create_index p"
                + " where p.relid = i.indrelid)")
        .forEach(row -> drops.add(String.valueOf(row.get("sql"))));
    return drops;
  }

  private Verdict detached(Words words) {
    words.take("alter", "table");
    words.take("if", "exists");
    Optional<QualifiedName> parent = words.takeName();
    words.skipTo("partition");
    Optional<QualifiedName> partition = words.takeName();
    if (parent.isEmpty() || partition.isEmpty()) {
      return unknown("the name of the partition cannot be read");
    }
    List<Map<String, @Nullable String>> rows =
        session.query(
            "select inhdetachpending as pending from pg_inherits where inhrelid = to_regclass("
                + text(partition.get().quoted())
                + ")");
    if (rows.isEmpty()) {
      return new Verdict(Kind.DONE, "it is no partition any more", List.of());
    }
    if (!"t".equals(rows.getFirst().get("pending"))) {
      return new Verdict(Kind.NOT_DONE, "it is still a partition", List.of());
    }
    String end =
        "alter table %s detach partition %s finalize"
            .formatted(parent.get().quoted(), partition.get().quoted());
    return new Verdict(Kind.DONE, "its detaching was begun, and ended now", List.of(end));
  }

  private Verdict subscription(Words words) {
    Verdict made = made(words, "subscription", "pg_subscription", "subname");
    return made.kind() == Kind.DONE
        ? made
        : unknown("there is no such subscription, but its slot may be on the publisher");
  }

  private Verdict made(Words words, String what, String catalog, String column) {
    return exists(words, what, catalog, column)
        .map(there ->
            there
                ? new Verdict(Kind.DONE, "the " + what + " is there", List.of())
                : new Verdict(Kind.NOT_DONE, "there is no such " + what, List.of()))
        .orElseGet(() -> unknown("the name of the " + what + " cannot be read"));
  }

  private Verdict gone(Words words, String what, String catalog, String column) {
    return exists(words, what, catalog, column)
        .map(there ->
            there
                ? new Verdict(Kind.NOT_DONE, "the " + what + " is still there", List.of())
                : new Verdict(Kind.DONE, "the " + what + " is gone", List.of()))
        .orElseGet(() -> unknown("the name of the " + what + " cannot be read"));
  }

  /** Whether an object is there whose name follows the word for its kind. */
  private Optional<Boolean> exists(Words words, String what, String catalog, String column) {
    words.skipTo(what);
    words.take("concurrently");
    words.take("if", "exists");
    return words
        .takeName()
        .map(name -> {
          String condition =
              catalog.equals("pg_class")
                  ? "oid = to_regclass(" + text(name.quoted()) + ")"
                  : column + " = " + text(stored(name.name()));
          return !session.query("select 1 from " + catalog + " where " + condition).isEmpty();
        });
  }

  /** The name as the server keeps it: cut after 63 bytes, between two characters. */
  private static String stored(Identifier name) {
    String text = name.text();
    while (text.getBytes(StandardCharsets.UTF_8).length > Identifier.MAX_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }

  private static String text(String value) {
    return MigrationHistoryTables.quote(value);
  }

  private static Verdict unknown(String reason) {
    return new Verdict(Kind.UNKNOWN, reason, List.of());
  }
}
