package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;

/** Indexes that no constraint owns. Stateless. */
final class IndexDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject index, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>();
    steps.add(building(index, index.id().name(), situation));
    steps.addAll(marks(index, situation));
    steps.addAll(attaching(index, situation));
    return steps;
  }

  /** Ties the index of a partition that was attached before to the index of the whole. */
  static List<Step> attaching(CatalogObject index, Situation situation) {
    if (!index.has(Attribute.PARTITION_OF)
        || !situation.isStanding(ObjectId.at(Kind.PARTITION, index.get(Attribute.TABLE)))) {
      return List.of();
    }
    ObjectId id = index.id();
    return List.of(
        Step.of(
                id,
                "ALTER INDEX %s ATTACH PARTITION %s"
                    .formatted(
                        Names.at(index.get(Attribute.PARTITION_OF)),
                        Names.at(id.schema() + '\t' + id.name())))
            .locking(Lock.SHARE_UPDATE_EXCLUSIVE));
  }

  /** Whether the table has partitions already, whose indexes are built and tied one by one. */
  static boolean hasParts(ObjectId table, Situation situation) {
    return situation.isStanding(table)
        && situation.before().neededBy(table).stream()
            .map(Dependency::from)
            .filter(from -> from.kind() == Kind.PARTITION && situation.isStanding(from))
            .anyMatch(from ->
                situation
                    .before()
                    .find(from)
                    .map(tie -> tie.is(Attribute.PARTITION_OF, table.place()))
                    .orElse(false));
  }

  private static Step building(CatalogObject index, String name, Situation situation) {
    boolean standing = isStanding(index, situation);
    boolean concurrent = situation.options().online() && standing && isPlain(index);
    boolean tied = hasParts(ObjectId.at(Kind.TABLE, index.get(Attribute.TABLE)), situation);
    Step step = Step.of(index.id(), statement(index, name, concurrent, tied)).working(Work.INDEX);
    if (!standing || tied) {
      return tied ? step.working(Work.CATALOG).locking(Lock.SHARE) : step;
    }
    String how = concurrent ? "while others go on" : "while nobody can write to the table";
    Step warned =
        step.locking(concurrent ? Lock.SHARE_UPDATE_EXCLUSIVE : Lock.SHARE)
            .warning(Hazard.INDEX_BUILD, "%s is built %s.".formatted(index.id(), how));
    if (index.has(Attribute.UNIQUE)) {
      warned =
          warned.warning(
              new Warning(
                  Hazard.MAY_FAIL,
                  "This fails if rows are alike in %s.".formatted(index.id()),
                  Probes.ofIndex(index, rest(index), situation)));
    }
    return concurrent
        ? warned.in(Transaction.OUTSIDE)
        : warned.warning(
            Hazard.BLOCKS_WRITES, "Writes wait until %s is built.".formatted(index.id()));
  }

  private static boolean isStanding(CatalogObject index, Situation situation) {
    String table = index.get(Attribute.TABLE);
    return situation.isStanding(ObjectId.at(Kind.TABLE, table))
        || situation.isStanding(ObjectId.at(Kind.MATERIALIZED_VIEW, table));
  }

  /** Whether it is the index of an ordinary table: those of partitioned ones only hold others. */
  private static boolean isPlain(CatalogObject index) {
    return !index.get(Attribute.DEFINITION).contains(" ON ONLY ");
  }

  private static String statement(
      CatalogObject index, String name, boolean concurrent, boolean tied) {
    String definition = index.get(Attribute.DEFINITION);
    int on = definition.indexOf(" ON ");
    String head = index.has(Attribute.UNIQUE) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    String body = definition.substring(Math.max(on, indexOfTable(definition, index)));
    if (!tied) {
      body = body.replaceFirst("^ ON ONLY ", " ON ");
    }
    String options = OptionList.storage(index);
    String space = index.find(Attribute.TABLESPACE).map(s -> " TABLESPACE " + s).orElse("");
    String more = (options.isEmpty() ? "" : " WITH (" + options + ')') + space;
    return beforeWhere(
        head + (concurrent ? "CONCURRENTLY " : "") + Names.quoted(name) + body, more);
  }

  /** Where {@code ON table} begins: an index name may contain that word itself. */
  private static int indexOfTable(String definition, CatalogObject index) {
    String head = index.has(Attribute.UNIQUE) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    String quoted = '"' + index.id().name().replace("\"", "\"\"") + '"';
    return definition.startsWith(head + quoted)
        ? head.length() + quoted.length()
        : head.length() + index.id().name().length();
  }

  /** Puts a clause before the outermost WHERE, or at the end. */
  static String beforeWhere(String definition, String clause) {
    if (clause.isEmpty()) {
      return definition;
    }
    int depth = 0;
    char quote = 0;
    for (int at = 0; at < definition.length(); at++) {
      char now = definition.charAt(at);
      if (quote != 0) {
        quote = now == quote ? 0 : quote;
      } else if (now == '\'' || now == '"') {
        quote = now;
      } else if (now == '(') {
        depth++;
      } else if (now == ')') {
        depth--;
      } else if (depth == 0 && definition.startsWith(" WHERE ", at)) {
        return definition.substring(0, at) + clause + definition.substring(at);
      }
    }
    return definition + clause;
  }

  private static List<Step> marks(CatalogObject index, Situation situation) {
    List<Step> steps = new ArrayList<>();
    String table = "ALTER TABLE " + Names.at(index.get(Attribute.TABLE));
    if (situation.after().has(ObjectId.at(Kind.MATERIALIZED_VIEW, index.get(Attribute.TABLE)))) {
      table = "ALTER MATERIALIZED VIEW " + Names.at(index.get(Attribute.TABLE));
    }
    String name = Names.quoted(index.id().name());
    if (index.has(Attribute.REPLICA_IDENTITY)) {
      steps.add(
          Step.of(index.id(), table + " REPLICA IDENTITY USING INDEX " + name)
              .locking(Lock.ACCESS_EXCLUSIVE));
    }
    if (index.has(Attribute.CLUSTERED)) {
      steps.add(Step.of(index.id(), table + " CLUSTER ON " + name).locking(Lock.ACCESS_EXCLUSIVE));
    }
    for (String line : index.lines(Attribute.COLUMN_STATISTICS)) {
      steps.add(
          alter(
              index,
              "ALTER COLUMN %s SET STATISTICS %s"
                  .formatted(line.split(" ", -1)[0], line.split(" ", -1)[1])));
    }
    return steps;
  }

  private static Step alter(CatalogObject index, String clause) {
    return Step.of(index.id(), "ALTER INDEX %s %s".formatted(Names.of(index.id()), clause));
  }

  private static boolean isAnother(Change.Altered change) {
    return change.touches(Attribute.DEFINITION)
        || change.touches(Attribute.TABLE)
        || change.touches(Attribute.UNIQUE)
        || (change.touches(Attribute.INVALID)
            && (isPlain(change.after()) || change.after().has(Attribute.INVALID)));
  }

  /** Whether the index hangs on another of the whole, or none, while the partition stays. */
  static boolean isRetied(Change.Altered change, Situation situation) {
    return change.touches(Attribute.PARTITION_OF)
        && change.before().has(Attribute.PARTITION_OF)
        && situation.isStanding(ObjectId.at(Kind.PARTITION, change.after().get(Attribute.TABLE)));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    boolean gapless =
        situation.options().online()
            && isPlain(change.after())
            && isPlain(change.before())
            && !change.touches(Attribute.TABLE)
            && !change.after().has(Attribute.PARTITION_OF)
            && !change.before().has(Attribute.PARTITION_OF)
            && !change.after().has(Attribute.INVALID)
            && isStanding(change.after(), situation);
    return isRetied(change, situation) || (isAnother(change) && !gapless);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (isAnother(change)) {
      return replaced(change, situation);
    }
    OptionList.storageChanges(change.before(), after)
        .forEach(clause -> steps.add(alter(after, clause)));
    if (change.touches(Attribute.TABLESPACE)) {
      steps.add(
          alter(after, "SET TABLESPACE " + after.find(Attribute.TABLESPACE).orElse("pg_default")));
    }
    unmark(change, steps);
    steps.addAll(marks(after, situation));
    if (change.touches(Attribute.PARTITION_OF)) {
      steps.addAll(attaching(after, situation));
    }
    return steps;
  }

  /** The new index is built beside the old one, and then takes its place. */
  private static List<Step> replaced(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    String temporary = Passing.successor(after.id());
    CatalogObject left = Passing.built(after.id(), situation).orElse(null);
    boolean finished = left != null && isBuilt(left, after);
    if (left != null && !finished) {
      steps.add(dropping(left, situation));
    }
    if (!finished) {
      steps.add(building(after, temporary, situation));
    }
    steps.add(dropping(change.before(), situation));
    steps.add(
        Step.of(
            after.id(),
            "ALTER INDEX %s.%s RENAME TO %s"
                .formatted(
                    Names.quoted(after.id().schema()),
                    temporary,
                    Names.quoted(after.id().name()))));
    steps.addAll(marks(after, situation));
    if (after.has(Attribute.COMMENT)) {
      steps.addAll(Extras.created(after, situation));
    }
    return steps;
  }

  /** Whether an interrupted run had come to the end of building this index under another name. */
  private static boolean isBuilt(CatalogObject left, CatalogObject wanted) {
    String rest = left.get(Attribute.DEFINITION).substring(indexOfTable(left));
    return !left.has(Attribute.INVALID)
        && rest.equals(wanted.get(Attribute.DEFINITION).substring(indexOfTable(wanted)))
        && left.get(Attribute.OPTIONS).equals(wanted.get(Attribute.OPTIONS))
        && left.get(Attribute.TABLESPACE).equals(wanted.get(Attribute.TABLESPACE))
        && left.get(Attribute.UNIQUE).equals(wanted.get(Attribute.UNIQUE));
  }

  /** What its definition says after the name of the table. */
  private static String rest(CatalogObject index) {
    String definition = index.get(Attribute.DEFINITION);
    return definition.substring(Math.max(0, definition.indexOf(" USING ", indexOfTable(index))));
  }

  private static int indexOfTable(CatalogObject index) {
    String definition = index.get(Attribute.DEFINITION);
    return Math.max(definition.indexOf(" ON "), indexOfTable(definition, index));
  }

  private static void unmark(Change.Altered change, List<Step> steps) {
    CatalogObject after = change.after();
    for (String line : change.before().lines(Attribute.COLUMN_STATISTICS)) {
      String column = line.split(" ", -1)[0];
      if (after.lines(Attribute.COLUMN_STATISTICS).stream()
          .noneMatch(l -> l.startsWith(column + " "))) {
        steps.add(alter(after, "ALTER COLUMN %s SET STATISTICS -1".formatted(column)));
      }
    }
    if (change.touches(Attribute.CLUSTERED) && !after.has(Attribute.CLUSTERED)) {
      steps.add(
          Step.of(
              after.id(),
              "ALTER TABLE %s SET WITHOUT CLUSTER"
                  .formatted(Names.at(after.get(Attribute.TABLE)))));
    }
  }

  @Override
  public List<Step> drop(CatalogObject index, Situation situation) {
    return isTaken(index, situation) ? List.of() : List.of(dropping(index, situation));
  }

  /** Whether it becomes another index, or that of a constraint, instead of going. */
  private static boolean isTaken(CatalogObject index, Situation situation) {
    if (!situation.isRemoved(index.id())) {
      return false;
    }
    ObjectId id = index.id();
    String table = ObjectId.at(Kind.TABLE, index.get(Attribute.TABLE)).name();
    CatalogObject constraint =
        situation.after().get(ObjectId.in(Kind.CONSTRAINT, id.schema(), table, id.name()));
    if (constraint != null && ConstraintDdl.adopts(constraint, situation)) {
      return true;
    }
    return Passing.isOurs(id)
        && situation.altered().values().stream()
            .filter(change -> change.id().kind() == Kind.INDEX && isAnother(change))
            .anyMatch(change ->
                change.id().schema().equals(id.schema())
                    && Passing.successor(change.id()).equals(id.name()));
  }

  /** What an interrupted run left half built serves no query. */
  private static boolean isUsed(CatalogObject index) {
    return !Passing.isOurs(index.id()) && !(index.has(Attribute.INVALID) && isPlain(index));
  }

  private static Step dropping(CatalogObject index, Situation situation) {
    boolean concurrent =
        situation.options().online()
            && isPlain(index)
            && !index.has(Attribute.PARTITION_OF)
            && isStanding(index, situation);
    boolean constraints =
        situation.before().neededBy(index.id()).stream()
            .anyMatch(need -> need.automatic() && need.from().kind() == Kind.CONSTRAINT);
    Step step =
        Step.of(
            index.id(),
            "DROP INDEX %s%s%s"
                .formatted(
                    concurrent ? "CONCURRENTLY " : "",
                    Names.of(index.id()),
                    constraints ? " CASCADE" : ""));
    Step warned =
        situation.isRemoved(index.id()) && isUsed(index)
            ? step.warning(
                Hazard.INDEX_DROPPED, "Queries that used %s become slow.".formatted(index.id()))
            : step;
    return concurrent
        ? warned.locking(Lock.SHARE_UPDATE_EXCLUSIVE).in(Transaction.OUTSIDE)
        : warned.locking(Lock.ACCESS_EXCLUSIVE);
  }
}
