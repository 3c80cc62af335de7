package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.JOBS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.SCENES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.undercroft.apps.epic.db.Public;
import dev.undercroft.apps.epic.db.Tables;
import dev.undercroft.base.ProblemException;
import dev.undercroft.sdk.Data;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Compares the database with what the application was built for, and times its usual questions.
 * Thread-safe.
 */
final class SchemaCheck {

  private static final int MOST = 10;
  private static final double NANOS_IN_MILLI = 1e6;

  private static final Field<String> TABLE_NAME = field(name("table_name"), SQLDataType.VARCHAR);
  private static final Field<String> COLUMN_NAME = field(name("column_name"), SQLDataType.VARCHAR);
  private static final Field<String> CONSTRAINT = field(name("conname"), SQLDataType.VARCHAR);
  private static final Field<String> INDEX = field(name("indexname"), SQLDataType.VARCHAR);
  private static final Field<String> TABLE_SCHEMA =
      field(name("table_schema"), SQLDataType.VARCHAR);

  private final Data data;

  SchemaCheck(Data data) {
    this.data = data;
  }

  /**
   * What was found.
   *
   * @param valid whether nothing is missing and nothing is orphaned
   * @param issues what is; empty when valid
   */
  record Validity(boolean valid, List<String> issues) {}

  /** How long one question took, or that it failed. */
  record Timing(String name, double duration, boolean success, Optional<String> error) {}

  /** How long all took, in milliseconds. */
  record Benchmark(List<Timing> queries, double totalDuration) {}

  /**
   * Whether every table, column, key and index is there, and every scene and job has its project.
   */
  Validity validateDatabaseSchema() {
    return data.readSystem(db -> {
      List<String> issues = new ArrayList<>();
      Map<String, Set<String>> present = new HashMap<>();
      db.select(TABLE_NAME, COLUMN_NAME)
          .from(table(name("information_schema", "columns")))
          .where(TABLE_SCHEMA.eq(Public.PUBLIC.getName()))
          .forEach(row ->
              present.computeIfAbsent(row.value1(), key -> new HashSet<>()).add(row.value2()));
      for (Table<?> wanted : Public.PUBLIC.getTables()) {
        missing(issues, wanted, present.get(wanted.getName()));
      }
      rules(db, issues);
      if (present.keySet().containsAll(List.of("projects", "scenes", "jobs"))) {
        orphans(db, issues);
      }
      return new Validity(issues.isEmpty(), issues);
    });
  }

  private static void missing(
      List<String> issues,
      Table<?> wanted,
      @org.jspecify.annotations.Nullable Set<String> columns) {
    if (columns == null) {
      issues.add("the table " + wanted.getName() + " is missing");
      return;
    }
    for (Field<?> field : wanted.fields()) {
      if (!columns.contains(field.getName())) {
        issues.add("the column " + wanted.getName() + "." + field.getName() + " is missing");
      }
    }
  }

  private static void rules(DSLContext db, List<String> issues) {
    Set<String> present = new HashSet<>();
    present.addAll(db.select(CONSTRAINT).from(table(name("pg_constraint"))).fetch(CONSTRAINT));
    present.addAll(db.select(INDEX).from(table(name("pg_indexes"))).fetch(INDEX));
    for (Table<?> wanted : Public.PUBLIC.getTables()) {
      wanted.getKeys().forEach(key -> absent(issues, present, "key", key.getName()));
      wanted.getReferences().forEach(key -> absent(issues, present, "foreign key", key.getName()));
      wanted.getIndexes().forEach(index -> absent(issues, present, "index", index.getName()));
    }
  }

  private static void absent(List<String> issues, Set<String> present, String kind, String name) {
    if (!present.contains(name)) {
      issues.add("the " + kind + " " + name + " is missing");
    }
  }

  private static void orphans(DSLContext db, List<String> issues) {
    var projects = org.jooq.impl.DSL.select(PROJECTS.ID).from(PROJECTS);
    int scenes = db.fetchCount(SCENES, SCENES.PROJECT_ID.notIn(projects));
    int jobs = db.fetchCount(JOBS, JOBS.PROJECT_ID.notIn(projects));
    if (scenes > 0) {
      issues.add(scenes + " scenes have no project");
    }
    if (jobs > 0) {
      issues.add(jobs + " jobs have no project");
    }
  }

  /** Asks the usual questions and times them; one that fails is told by its code. */
  Benchmark performDatabaseBenchmark() {
    List<Timing> timings = new ArrayList<>();
    timings.add(time("simple_select", db -> db.selectOne().fetch()));
    timings.add(time("count_users", db -> db.fetchCount(Tables.USERS)));
    timings.add(time("count_projects", db -> db.fetchCount(PROJECTS)));
    timings.add(time("projects_with_relations", SchemaCheck::joined));
    return new Benchmark(timings, timings.stream().mapToDouble(Timing::duration).sum());
  }

  private static Object joined(DSLContext db) {
    return db.select(PROJECTS.ID, PROJECTS.TITLE, Tables.USERS.EMAIL)
        .select(
            field(
                org.jooq
                    .impl
                    .DSL
                    .select(JOBS.STATUS)
                    .from(JOBS)
                    .where(JOBS.PROJECT_ID.eq(PROJECTS.ID))
                    .orderBy(JOBS.CREATED_AT.desc())
                    .limit(1)),
            field(
                org.jooq
                    .impl
                    .DSL
                    .select(count())
                    .from(SCENES)
                    .where(SCENES.PROJECT_ID.eq(PROJECTS.ID))))
        .from(PROJECTS)
        .join(Tables.USERS)
        .on(Tables.USERS.ID.eq(PROJECTS.USER_ID))
        .orderBy(PROJECTS.CREATED_AT.desc())
        .limit(MOST)
        .fetch();
  }

  private Timing time(String name, Function<DSLContext, ?> question) {
    long start = System.nanoTime();
    Optional<String> error = Optional.empty();
    try {
      var _ = data.readSystem(question);
    } catch (ProblemException failed) {
      error = Optional.of(failed.first().code());
    }
    double took = (System.nanoTime() - start) / NANOS_IN_MILLI;
    return new Timing(name, took, error.isEmpty(), error);
  }
}
