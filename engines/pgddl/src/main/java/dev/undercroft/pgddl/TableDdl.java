package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables, partitioned tables and foreign tables. Stateless. */
final class TableDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject table, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>();
    boolean foreign = table.id().kind() == Kind.FOREIGN_TABLE;
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(foreign ? "FOREIGN " : "");
    sql.append(table.has(Attribute.PERSISTENCE) ? "UNLOGGED " : "");
    sql.append("TABLE ").append(Names.of(table.id()));
    table.find(Attribute.OF_TYPE).ifPresent(type -> sql.append(" OF ").append(type));
    List<String> lines = lines(table, inline, situation);
    if (!lines.isEmpty() || !table.has(Attribute.OF_TYPE)) {
      sql.append(lines.isEmpty() ? " ()" : " (\n  " + String.join(",\n  ", lines) + "\n)");
    }
    List<String> parents = table.lines(Attribute.INHERITS);
    if (!parents.isEmpty()) {
      sql.append(
          parents.stream().map(Names::at).collect(Collectors.joining(", ", " INHERITS (", ")")));
    }
    table.find(Attribute.PARTITION_KEY).ifPresent(key -> sql.append(" PARTITION BY ").append(key));
    table.find(Attribute.ACCESS_METHOD).ifPresent(method -> sql.append(" USING ").append(method));
    String options = OptionList.storage(table);
    sql.append(options.isEmpty() ? "" : " WITH (" + options + ')');
    table.find(Attribute.TABLESPACE).ifPresent(space -> sql.append(" TABLESPACE ").append(space));
    if (foreign) {
      sql.append(" SERVER ").append(table.get(Attribute.SERVER)).append(OptionList.foreign(table));
    }
    steps.add(Step.of(table.id(), sql.toString()).locking(UsualLocks.ofNew(inline, situation)));
    unchecked(table, situation, steps);
    inherited(table, situation, steps);
    security(table, steps);
    replicaIdentity(table, "", steps);
    columns(inline).forEach(column -> steps.addAll(ColumnDdl.settings(column, situation)));
    inline.forEach(part -> steps.addAll(ConstraintDdl.marks(part)));
    return steps;
  }

  private static List<CatalogObject> columns(List<CatalogObject> inline) {
    return inline.stream()
        .filter(part -> part.id().kind() == Kind.COLUMN)
        .sorted(Comparator.comparingInt(column -> Integer.parseInt(column.get(Attribute.POSITION))))
        .toList();
  }

  private static List<String> lines(
      CatalogObject table, List<CatalogObject> inline, Situation situation) {
    List<String> lines = new ArrayList<>();
    boolean partition = situation.after().has(table.id().as(Kind.PARTITION));
    for (CatalogObject column : columns(inline)) {
      if (table.has(Attribute.OF_TYPE) || (PostgresDialect.isInherited(column) && !partition)) {
        continue;
      }
      String expression =
          inline.stream()
              .filter(part -> part.id().equals(column.id().as(Kind.DEFAULT)))
              .map(part -> part.get(Attribute.EXPRESSION))
              .findFirst()
              .orElse("");
      CatalogObject own =
          partition && situation.after().server().since(17)
              ? column.with(Attribute.IDENTITY, "")
              : column;
      lines.add(
          ColumnText.definition(
              named(own, table, situation), expression, situation.after().server()));
    }
    for (CatalogObject part : inline) {
      if (part.id().kind() == Kind.CONSTRAINT && ConstraintDdl.belongsInline(part, partition)) {
        lines.add(ConstraintDdl.clause(part));
      }
    }
    situation.after().children(table.id(), Kind.CONSTRAINT).stream()
        .filter(check -> partition && !inline.contains(check))
        .filter(check -> check.is(Attribute.CONSTRAINT_TYPE, "c"))
        .filter(check -> !check.has(Attribute.NOT_VALID))
        .filter(PostgresDialect::isInherited)
        .forEach(check -> lines.add(ConstraintDdl.clause(check)));
    return lines;
  }

  /** What a partition has from its whole without old rows having been checked. */
  private static void unchecked(CatalogObject table, Situation situation, List<Step> steps) {
    if (!situation.after().has(table.id().as(Kind.PARTITION))) {
      return;
    }
    situation.after().children(table.id(), Kind.CONSTRAINT).stream()
        .filter(check -> check.is(Attribute.CONSTRAINT_TYPE, "c"))
        .filter(check -> check.has(Attribute.NOT_VALID))
        .filter(PostgresDialect::isInherited)
        .forEach(
            check -> steps.add(alter(table, "ADD " + ConstraintDdl.clause(check) + " NOT VALID")));
  }

  /**
   * Since 18 the server looks for a free name in the whole schema, and a partition made before may
   * have taken the one of its whole.
   */
  private static CatalogObject named(
      CatalogObject column, CatalogObject table, Situation situation) {
    boolean free =
        column.has(Attribute.NOT_NULL_NAME)
            || !table.has(Attribute.PARTITION_KEY)
            || !situation.after().server().since(18);
    return free
        ? column
        : column.with(
            Attribute.NOT_NULL_NAME, table.id().name() + '_' + column.id().name() + "_not_null");
  }

  /** What a child says otherwise than its parents about a column that it has from them. */
  private static void inherited(CatalogObject table, Situation situation, List<Step> steps) {
    Catalog after = situation.after();
    if (table.has(Attribute.PARTITION_KEY) || after.has(table.id().as(Kind.PARTITION))) {
      return;
    }
    for (CatalogObject column : after.children(table.id(), Kind.COLUMN)) {
      if (!PostgresDialect.isInherited(column)) {
        continue;
      }
      boolean nullable =
          table.lines(Attribute.INHERITS).stream()
              .map(parent -> ObjectId.at(Kind.TABLE, parent))
              .map(p ->
                  after.find(ObjectId.in(Kind.COLUMN, p.schema(), p.name(), column.id().name())))
              .flatMap(Optional::stream)
              .noneMatch(parent -> parent.has(Attribute.NOT_NULL));
      if (column.has(Attribute.NOT_NULL) && nullable) {
        steps.add(
            Step.of(
                table.id(),
                "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL"
                    .formatted(Names.of(table.id()), Names.quoted(column.id().name()))));
      }
      after
          .find(column.id().as(Kind.DEFAULT))
          .ifPresent(value -> steps.add(DefaultDdl.set(value, situation)));
    }
  }

  private static void security(CatalogObject table, List<Step> steps) {
    if (table.has(Attribute.ROW_SECURITY)) {
      steps.add(alter(table, "ENABLE ROW LEVEL SECURITY"));
    }
    if (table.has(Attribute.FORCE_ROW_SECURITY)) {
      steps.add(alter(table, "FORCE ROW LEVEL SECURITY"));
    }
  }

  private static void replicaIdentity(CatalogObject table, String before, List<Step> steps) {
    String now = table.get(Attribute.REPLICA_IDENTITY);
    if (!now.equals(before) && !now.equals("index")) {
      String word = now.isEmpty() ? "DEFAULT" : now.toUpperCase(Locale.ROOT);
      steps.add(alter(table, "REPLICA IDENTITY " + word));
    }
  }

  private static Step alter(CatalogObject table, String clause) {
    String words =
        table.id().kind() == Kind.FOREIGN_TABLE ? "ALTER FOREIGN TABLE " : "ALTER TABLE ";
    return Step.of(table.id(), words + Names.of(table.id()) + ' ' + clause)
        .locking(Lock.ACCESS_EXCLUSIVE);
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.PARTITION_KEY)
        || (change.id().kind() == Kind.FOREIGN_TABLE && change.touches(Attribute.SERVER));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    List<Step> steps = new ArrayList<>();
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    for (String clause : OptionList.storageChanges(before, after)) {
      steps.add(alter(after, clause).locking(Lock.SHARE_UPDATE_EXCLUSIVE));
    }
    if (change.touches(Attribute.FOREIGN_OPTIONS)) {
      steps.add(alter(after, OptionList.foreignChange(before, after)));
    }
    if (change.touches(Attribute.ROW_SECURITY)) {
      steps.add(rowSecurity(after));
    }
    if (change.touches(Attribute.FORCE_ROW_SECURITY)) {
      String word = after.has(Attribute.FORCE_ROW_SECURITY) ? "" : "NO ";
      steps.add(alter(after, word + "FORCE ROW LEVEL SECURITY"));
    }
    replicaIdentity(after, before.get(Attribute.REPLICA_IDENTITY), steps);
    inherits(change, steps);
    rewrites(change, steps);
    if (change.touches(Attribute.OF_TYPE)) {
      steps.add(alter(after, after.find(Attribute.OF_TYPE).map(t -> "OF " + t).orElse("NOT OF")));
    }
    return steps;
  }

  private static Step rowSecurity(CatalogObject table) {
    boolean on = table.has(Attribute.ROW_SECURITY);
    Step step = alter(table, (on ? "ENABLE" : "DISABLE") + " ROW LEVEL SECURITY");
    return on
        ? step
        : step.warning(
            Hazard.LESS_PROTECTED,
            "Row policies on %s no longer apply: every role with SELECT sees all rows."
                .formatted(table.id()));
  }

  private static void inherits(Change.Altered change, List<Step> steps) {
    List<String> old = change.before().lines(Attribute.INHERITS);
    List<String> now = change.after().lines(Attribute.INHERITS);
    old.stream()
        .filter(parent -> !now.contains(parent))
        .forEach(parent -> steps.add(alter(change.after(), "NO INHERIT " + Names.at(parent))));
    now.stream()
        .filter(parent -> !old.contains(parent))
        .forEach(parent -> steps.add(alter(change.after(), "INHERIT " + Names.at(parent))));
  }

  private static void rewrites(Change.Altered change, List<Step> steps) {
    CatalogObject after = change.after();
    List<String> clauses = new ArrayList<>();
    if (change.touches(Attribute.PERSISTENCE)) {
      clauses.add(after.has(Attribute.PERSISTENCE) ? "SET UNLOGGED" : "SET LOGGED");
    }
    if (change.touches(Attribute.ACCESS_METHOD)) {
      clauses.add("SET ACCESS METHOD " + after.find(Attribute.ACCESS_METHOD).orElse("heap"));
    }
    if (change.touches(Attribute.TABLESPACE)) {
      clauses.add("SET TABLESPACE " + after.find(Attribute.TABLESPACE).orElse("pg_default"));
    }
    for (String clause : clauses) {
      steps.add(
          alter(after, clause)
              .working(Work.REWRITE)
              .warning(
                  Hazard.TABLE_REWRITE,
                  "%s is written anew while nobody can use it.".formatted(after.id())));
    }
  }

  @Override
  public List<Step> drop(CatalogObject table, Situation situation) {
    Step step = Step.of(table.id(), "DROP " + Phrases.of(table)).locking(Lock.ACCESS_EXCLUSIVE);
    return List.of(
        table.id().kind() == Kind.FOREIGN_TABLE || table.has(Attribute.PARTITION_KEY)
            ? step
            : step.warning(
                new Warning(
                    Hazard.DATA_LOSS,
                    "All rows of %s are lost.".formatted(table.id()),
                    "SELECT count(*) FROM " + Names.of(table.id()))));
  }
}
