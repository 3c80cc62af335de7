package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constraints of tables and domains. Not-null is the column's affair. Stateless. */
final class ConstraintDdl implements Ddl {

  private static final Pattern KEY =
      Pattern.compile("(PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? (\\(.*?\\))( INCLUDE \\(.*\\))?");

  private static boolean isIndexed(CatalogObject constraint) {
    return "pux".contains(constraint.get(Attribute.CONSTRAINT_TYPE));
  }

  private static boolean isOfDomain(CatalogObject constraint) {
    return constraint.is(Attribute.TABLE, "domain");
  }

  /** Whether the server makes it by itself from the parent table's. */
  private static boolean isFollowing(CatalogObject constraint) {
    return PostgresDialect.isInherited(constraint) && !isIndexed(constraint);
  }

  /**
   * Whether a table gets it before it becomes a partition: it must have the checks of the whole.
   */
  private static boolean isPreparing(CatalogObject constraint, Situation situation) {
    return constraint.is(Attribute.CONSTRAINT_TYPE, "c")
        && Inheritance.isTiedNow(constraint.id(), situation);
  }

  static boolean belongsInline(CatalogObject constraint, boolean partition) {
    return !isFollowing(constraint) || (partition && constraint.is(Attribute.CONSTRAINT_TYPE, "c"));
  }

  /** {@code CONSTRAINT name …} with everything but NOT VALID. */
  static String clause(CatalogObject constraint) {
    StringBuilder text = new StringBuilder("CONSTRAINT ");
    text.append(Names.quoted(constraint.id().name())).append(' ');
    text.append(withIndexOptions(constraint));
    constraint.find(Attribute.DEFERRABLE).ifPresent(word -> text.append(' ').append(word));
    if (constraint.has(Attribute.NOT_ENFORCED)) {
      text.append(" NOT ENFORCED");
    }
    return text.toString();
  }

  private static String withIndexOptions(CatalogObject constraint) {
    String definition = constraint.get(Attribute.DEFINITION);
    String options = OptionList.storage(constraint);
    String space =
        constraint
            .find(Attribute.TABLESPACE)
            .map(name -> " USING INDEX TABLESPACE " + name)
            .orElse("");
    String more = (options.isEmpty() ? "" : " WITH (" + options + ')') + space;
    return IndexDdl.beforeWhere(definition, more);
  }

  @Override
  public List<Step> create(
      CatalogObject constraint, List<CatalogObject> inline, Situation situation) {
    if (isFollowing(constraint) && !isPreparing(constraint, situation)) {
      return List.of();
    }
    if (isOfDomain(constraint)) {
      String notValid = constraint.has(Attribute.NOT_VALID) ? " NOT VALID" : "";
      Step step = domain(constraint, "ADD " + clause(constraint) + notValid);
      return List.of(notValid.isEmpty() ? DomainDdl.checking(step, constraint, situation) : step);
    }
    List<Step> steps = new ArrayList<>(addition(constraint, situation));
    steps.addAll(marks(constraint));
    steps.addAll(IndexDdl.attaching(constraint, situation));
    return steps;
  }

  private static List<Step> addition(CatalogObject constraint, Situation situation) {
    String add = "ADD " + clause(constraint);
    boolean standing = situation.isStanding(table(constraint));
    if (constraint.has(Attribute.NOT_VALID)) {
      return List.of(alterTable(constraint, add + " NOT VALID"));
    }
    if (!standing || constraint.has(Attribute.NOT_ENFORCED)) {
      return List.of(alterTable(constraint, add));
    }
    boolean online = situation.options().online() && !isPartitioned(constraint, situation);
    if (isIndexed(constraint)) {
      return indexed(constraint, online, situation);
    }
    boolean foreign = constraint.is(Attribute.CONSTRAINT_TYPE, "f");
    Step check =
        alterTable(constraint, online ? add + " NOT VALID" : add)
            .locking(foreign ? Lock.SHARE_ROW_EXCLUSIVE : Lock.ACCESS_EXCLUSIVE);
    if (online) {
      return List.of(
          check.in(Transaction.COMMIT_AFTER),
          mayFail(validation(constraint), constraint, situation).in(Transaction.ALONE));
    }
    return List.of(
        mayFail(check, constraint, situation)
            .working(Work.SCAN)
            .warning(
                Hazard.TABLE_SCAN,
                "All rows are checked against %s while others wait.".formatted(constraint.id())));
  }

  /** A constraint that an index upholds. */
  private static List<Step> indexed(CatalogObject constraint, boolean online, Situation situation) {
    String add = "ADD " + clause(constraint);
    if (IndexDdl.hasParts(table(constraint), situation)) {
      return List.of(
          Step.of(
                  constraint.id(),
                  "ALTER TABLE ONLY %s %s".formatted(Names.parent(constraint.id()), add))
              .locking(Lock.ACCESS_EXCLUSIVE));
    }
    if (adopts(constraint, situation)) {
      return List.of(takeover(constraint));
    }
    return online
        ? throughIndex(constraint, situation)
        : List.of(building(constraint, add, situation));
  }

  private static ObjectId table(CatalogObject constraint) {
    return constraint.id().relation(Kind.TABLE);
  }

  private static boolean isPartitioned(CatalogObject constraint, Situation situation) {
    return situation
        .after()
        .find(table(constraint))
        .map(table -> table.has(Attribute.PARTITION_KEY))
        .orElse(true);
  }

  private static Step validation(CatalogObject constraint) {
    return alterTable(constraint, "VALIDATE CONSTRAINT " + Names.quoted(constraint.id().name()))
        .locking(Lock.SHARE_UPDATE_EXCLUSIVE)
        .working(Work.SCAN);
  }

  private static Step mayFail(Step step, CatalogObject constraint, Situation situation) {
    return step.warning(
        new Warning(
            Hazard.MAY_FAIL,
            "This fails if a row breaks %s.".formatted(step.subject()),
            Probes.of(constraint, situation)));
  }

  private static Step building(CatalogObject constraint, String add, Situation situation) {
    return mayFail(alterTable(constraint, add), constraint, situation)
        .working(Work.INDEX)
        .warning(
            Hazard.INDEX_BUILD,
            "The index of %s is built while nobody can use the table.".formatted(constraint.id()));
  }

  /** What the index of a key says after the name of the table; empty if it takes more to say. */
  private static String indexOf(CatalogObject constraint) {
    Matcher key = KEY.matcher(constraint.get(Attribute.DEFINITION));
    if (!key.matches() || key.group(3).contains("WITHOUT OVERLAPS")) {
      return "";
    }
    String include = key.group(4) == null ? "" : key.group(4);
    String nulls = key.group(2) == null ? "" : key.group(2);
    return key.group(3) + include + nulls;
  }

  /** Whether it takes over an index that is there already. */
  static boolean adopts(CatalogObject constraint, Situation situation) {
    String rest = indexOf(constraint);
    return !rest.isEmpty()
        && situation.created().contains(constraint.id())
        && !situation.before().has(constraint.id())
        && situation.isStanding(table(constraint))
        && !isPartitioned(constraint, situation)
        && Passing.adopted(constraint, rest, situation).isPresent();
  }

  private static Step takeover(CatalogObject constraint) {
    String name = Names.quoted(constraint.id().name());
    String deferrable = constraint.find(Attribute.DEFERRABLE).map(d -> ' ' + d).orElse("");
    boolean primary = constraint.is(Attribute.CONSTRAINT_TYPE, "p");
    return alterTable(
        constraint,
        "ADD CONSTRAINT %s %s USING INDEX %s%s"
            .formatted(name, primary ? "PRIMARY KEY" : "UNIQUE", name, deferrable));
  }

  /** A unique index is built while others write; the constraint then takes it over. */
  private static List<Step> throughIndex(CatalogObject constraint, Situation situation) {
    String rest = indexOf(constraint);
    if (rest.isEmpty()) {
      return List.of(building(constraint, "ADD " + clause(constraint), situation));
    }
    String options = OptionList.storage(constraint);
    String space = constraint.find(Attribute.TABLESPACE).map(s -> " TABLESPACE " + s).orElse("");
    String index =
        "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s%s%s"
            .formatted(
                Names.quoted(constraint.id().name()),
                Names.parent(constraint.id()),
                rest,
                options.isEmpty() ? "" : " WITH (" + options + ')',
                space);
    return List.of(
        mayFail(Step.of(constraint.id(), index), constraint, situation)
            .locking(Lock.SHARE_UPDATE_EXCLUSIVE)
            .working(Work.INDEX)
            .in(Transaction.OUTSIDE)
            .warning(
                Hazard.INDEX_BUILD,
                "The index of %s is built while others go on.".formatted(constraint.id())),
        takeover(constraint));
  }

  /** What points at the index of the constraint. */
  static List<Step> marks(CatalogObject constraint) {
    List<Step> steps = new ArrayList<>();
    String name = Names.quoted(constraint.id().name());
    if (constraint.has(Attribute.REPLICA_IDENTITY)) {
      steps.add(alterTable(constraint, "REPLICA IDENTITY USING INDEX " + name));
    }
    if (constraint.has(Attribute.CLUSTERED)) {
      steps.add(alterTable(constraint, "CLUSTER ON " + name));
    }
    return steps;
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    if (isFollowing(after)) {
      // What comes off a whole keeps what it had, and gets what is new when it comes on again.
      return change.touches(Attribute.DEFINITION)
          && situation.dropped().contains(after.id().relation(Kind.PARTITION));
    }
    boolean foreign = after.is(Attribute.CONSTRAINT_TYPE, "f");
    return change.touches(Attribute.DEFINITION)
        || change.touches(Attribute.CONSTRAINT_TYPE)
        || change.touches(Attribute.TABLE)
        || IndexDdl.isRetied(change, situation)
        || (change.touches(Attribute.DEFERRABLE) && !foreign)
        || (change.touches(Attribute.NOT_ENFORCED) && !foreign)
        || (change.touches(Attribute.NOT_VALID) && after.has(Attribute.NOT_VALID));
  }

  /** The server checks a new rule of a domain only where columns are of the domain itself. */
  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    ObjectId domain = change.id().relation(Kind.DOMAIN);
    CatalogObject now = situation.after().get(change.id());
    boolean added =
        change instanceof Change.Added
            || (change instanceof Change.Altered altered
                && (altered.touches(Attribute.DEFINITION) || altered.touches(Attribute.NOT_VALID)));
    return added
            && now != null
            && isOfDomain(now)
            && !now.has(Attribute.NOT_VALID)
            && situation.isStanding(domain)
            && TypeUse.isInside(domain, situation)
        ? Optional.of(domain)
        : Optional.empty();
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (isFollowing(after)) {
      return steps;
    }
    String name = Names.quoted(after.id().name());
    if (change.touches(Attribute.DEFERRABLE)) {
      String word = after.find(Attribute.DEFERRABLE).orElse("NOT DEFERRABLE");
      steps.add(alterTable(after, "ALTER CONSTRAINT %s %s".formatted(name, word)));
    }
    if (change.touches(Attribute.NOT_ENFORCED)) {
      String word = after.has(Attribute.NOT_ENFORCED) ? "NOT ENFORCED" : "ENFORCED";
      steps.add(enforcing(after, "ALTER CONSTRAINT %s %s".formatted(name, word), situation));
    } else if (change.touches(Attribute.NOT_VALID)) {
      Transaction alone = situation.options().online() ? Transaction.ALONE : Transaction.SHARED;
      steps.add(
          isOfDomain(after)
              ? DomainDdl.checking(domain(after, "VALIDATE CONSTRAINT " + name), after, situation)
              : mayFail(validation(after), after, situation).in(alone));
    }
    for (String clause : OptionList.storageChanges(change.before(), after)) {
      steps.add(Step.of(after.id(), index(after, clause)));
    }
    if (change.touches(Attribute.TABLESPACE)) {
      String space = after.find(Attribute.TABLESPACE).orElse("pg_default");
      steps.add(Step.of(after.id(), index(after, "SET TABLESPACE " + space)));
    }
    if (change.touches(Attribute.PARTITION_OF)) {
      steps.addAll(IndexDdl.attaching(after, situation));
    }
    if (change.touches(Attribute.REPLICA_IDENTITY) || change.touches(Attribute.CLUSTERED)) {
      steps.addAll(marks(after));
      if (change.touches(Attribute.CLUSTERED) && !after.has(Attribute.CLUSTERED)) {
        steps.add(alterTable(after, "SET WITHOUT CLUSTER"));
      }
    }
    return steps;
  }

  private static Step enforcing(CatalogObject constraint, String clause, Situation situation) {
    Step step = alterTable(constraint, clause);
    return constraint.has(Attribute.NOT_ENFORCED)
        ? step.warning(Hazard.LESS_PROTECTED, "%s is no longer checked.".formatted(constraint.id()))
        : mayFail(step, constraint, situation)
            .working(Work.SCAN)
            .warning(
                Hazard.TABLE_SCAN,
                "All rows are checked against %s while others wait.".formatted(constraint.id()));
  }

  private static String index(CatalogObject constraint, String clause) {
    return "ALTER INDEX %s.%s %s"
        .formatted(
            Names.quoted(constraint.id().schema()), Names.quoted(constraint.id().name()), clause);
  }

  @Override
  public List<Step> drop(CatalogObject constraint, Situation situation) {
    String drop = "DROP CONSTRAINT " + Names.quoted(constraint.id().name());
    if (isOfDomain(constraint)) {
      return List.of(domain(constraint, drop));
    }
    boolean detached =
        situation.dropped().contains(constraint.id().relation(Kind.PARTITION))
            && situation.isStanding(table(constraint));
    if (isFollowing(constraint) && !detached) {
      return List.of();
    }
    if (NotNull.isPassing(constraint.id(), situation)) {
      return List.of();
    }
    Step step = alterTable(constraint, drop);
    boolean checks =
        !Passing.isOurs(constraint.id()) && !situation.created().contains(constraint.id());
    return List.of(
        checks
            ? step.warning(
                Hazard.LESS_PROTECTED, "%s is no longer checked.".formatted(constraint.id()))
            : step);
  }

  private static Step alterTable(CatalogObject constraint, String clause) {
    return Step.of(
            constraint.id(), "ALTER TABLE %s %s".formatted(Names.parent(constraint.id()), clause))
        .locking(Lock.ACCESS_EXCLUSIVE);
  }

  private static Step domain(CatalogObject constraint, String clause) {
    return Step.of(
        constraint.id(), "ALTER DOMAIN %s %s".formatted(Names.parent(constraint.id()), clause));
  }
}
