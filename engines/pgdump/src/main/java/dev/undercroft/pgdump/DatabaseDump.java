package dev.undercroft.pgdump;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.pgcatalog.DatabaseFacts;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgddl.PostgresDialect;
import dev.undercroft.plan.Planner;
import dev.undercroft.schema.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Writes a database down as SQL: schema, rows, the places of sequences, comments and privileges,
 * all as of one moment. Tables are locked against changes of their definition meanwhile, as by
 * {@code pg_dump}. Used once.
 */
public final class DatabaseDump {

  private static final int WORKERS = 4;
  private static final String HEAD =
      """
      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET check_function_bodies = false;
      SET xmloption = content;
      SET client_min_messages = warning;
      SET row_security = off;
      """;

  private final Supplier<Connection> connections;
  private final DumpOptions options;
  private final Progress progress;

  /**
   * Nothing is opened yet.
   *
   * @param connections opens connections to the database, in auto-commit mode
   * @param options what is dumped
   * @param progress hears of each table
   */
  public DatabaseDump(Supplier<Connection> connections, DumpOptions options, Progress progress) {
    this.connections = connections;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Writes one file that {@code psql -f} restores. A file of that name is replaced when the dump is
   * complete.
   *
   * @throws ProblemException if the database cannot be read whole or the file not be written
   */
  public Dumped toFile(Path file) {
    return guarded((snapshot, plan) -> {
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      try {
        Dumped dumped = write(snapshot, plan, unfinished);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return dumped;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    });
  }

  private Dumped write(Snapshot snapshot, DumpPlan plan, Path file)
      throws IOException, SQLException {
    long rows = 0;
    try (SqlFile sql = new SqlFile(file)) {
      head(sql, snapshot);
      plan.before().forEach(sql::statement);
      for (int at = 0; at < plan.tables().size(); at++) {
        rows += sql.rows(snapshot.connection(), plan.tables().get(at));
        progress.report(plan.tables().get(at).table().toString(), at + 1, plan.tables().size());
      }
      sequences(sql, snapshot, plan);
      plan.after().forEach(sql::statement);
      sql.text("\n-- complete\n");
      return new Dumped(plan.tables().size(), rows, sql.bytes());
    }
  }

  /**
   * Writes a folder: {@code restore.sql} for {@code psql -f} names the others, each table's rows
   * have a file, and several are written at once.
   *
   * @param folder is made; must be empty
   * @throws ProblemException if the database cannot be read whole or the folder not be written
   */
  public Dumped toFolder(Path folder) {
    return guarded((snapshot, plan) -> {
      Files.createDirectories(folder.resolve("rows"));
      List<String> files = new ArrayList<>();
      long bytes = part(folder, "before.sql", snapshot, plan.before(), files);
      long[] written = rows(folder, snapshot, plan, files);
      try (SqlFile sql = new SqlFile(folder.resolve("sequences.sql"))) {
        sequences(sql, snapshot, plan);
        files.add("sequences.sql");
        bytes += sql.bytes();
      }
      bytes += part(folder, "after.sql", snapshot, plan.after(), files);
      restoreScript(folder, files);
      return new Dumped(plan.tables().size(), written[0], bytes + written[1]);
    });
  }

  private static void head(SqlFile sql, Snapshot snapshot) {
    sql.text("-- PostgreSQL " + snapshot.major() + "; restore with psql -f\n\n" + HEAD);
  }

  private static long part(
      Path folder, String name, Snapshot snapshot, List<String> statements, List<String> files)
      throws IOException {
    try (SqlFile sql = new SqlFile(folder.resolve(name))) {
      head(sql, snapshot);
      statements.forEach(sql::statement);
      files.add(name);
      return sql.bytes();
    }
  }

  private static void restoreScript(Path folder, List<String> files) throws IOException {
    StringBuilder text = new StringBuilder("-- psql -v ON_ERROR_STOP=1 -f restore.sql\n");
    files.forEach(file -> text.append("\\ir ").append(file).append('\n'));
    Files.writeString(folder.resolve("restore.sql"), text);
  }

  /** How many rows and bytes. */
  private long[] rows(Path folder, Snapshot snapshot, DumpPlan plan, List<String> files)
      throws IOException, SQLException {
    ConcurrentLinkedQueue<DumpPlan.Rows> open = new ConcurrentLinkedQueue<>(plan.tables());
    for (int number = 1; number <= plan.tables().size(); number++) {
      files.add(name(number));
    }
    List<Future<long[]>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
      for (int worker = 0; worker < Math.min(WORKERS, plan.tables().size()); worker++) {
        work.add(threads.submit(() -> rows(folder, snapshot, plan, open)));
      }
    }
    long[] sum = new long[2];
    for (Future<long[]> one : work) {
      long[] part = result(one);
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return sum;
  }

  private static String name(int number) {
    return "rows/%05d.sql".formatted(number);
  }

  private static long[] result(Future<long[]> work) throws IOException, SQLException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProblemException problem -> throw problem;
        case IOException io -> throw io;
        case SQLException sql -> throw sql;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private long[] rows(
      Path folder, Snapshot snapshot, DumpPlan plan, ConcurrentLinkedQueue<DumpPlan.Rows> open)
      throws IOException, SQLException {
    long[] sum = new long[2];
    try (Snapshot same = Snapshot.sharing(connections.get(), snapshot)) {
      for (DumpPlan.Rows next = open.poll(); next != null; next = open.poll()) {
        int number = plan.tables().indexOf(next) + 1;
        try (SqlFile sql = new SqlFile(folder.resolve(name(number)))) {
          sum[0] += sql.rows(same.connection(), next);
          sum[1] += sql.bytes();
        }
        progress.report(next.table().toString(), number, plan.tables().size());
      }
    }
    return sum;
  }

  /** Where each sequence stands, in one query however many there are. */
  private static void sequences(SqlFile sql, Snapshot snapshot, DumpPlan plan) throws SQLException {
    for (String query : Sequences.queries(snapshot.connection(), plan)) {
      try (Statement statement = snapshot.connection().createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          sql.statement(
              "SELECT pg_catalog.setval(%s, %s, %s)"
                  .formatted(
                      Names.literal(rows.getString(1)), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
  }

  /** What is done within one snapshot. */
  @FunctionalInterface
  private interface Work {
    Dumped run(Snapshot snapshot, DumpPlan plan) throws IOException, SQLException;
  }

  private Dumped guarded(Work work) {
    try (Snapshot snapshot = Snapshot.of(connections.get());
        Connection reader = connections.get()) {
      Scope scope = new Scope(options.schemas(), List.of("information_schema"), options.roles());
      Catalog whole = new PostgresIntrospector().read(reader, scope, snapshot.id());
      Catalog fresh = DatabaseFacts.fresh(whole.server());
      DumpPlan plan = DumpPlan.of(whole, fresh, options, new Planner(new PostgresDialect()));
      return work.run(snapshot, plan);
    } catch (IOException | UncheckedIOException e) {
      throw Problem.of("PGDUMP_NOT_WRITTEN", ProblemKind.EXTERNAL, "the dump could not be written")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Name a place that exists, is writable and has room.")
          .exception(e);
    } catch (SQLException e) {
      throw Problem.of("PGDUMP_NOT_READ", ProblemKind.EXTERNAL, "the database could not be read")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Use a role that may read every table and is not bound by row policies.")
          .exception(e);
    }
  }
}
