package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Dialect;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** PostgreSQL 15 to 18 as a target of plans. Stateless, thread-safe. */
public final class PostgresDialect implements Dialect {

  /** Settings under which the steps of a plan are meant. */
  public static final List<String> SESSION =
      List.of(
          "SET check_function_bodies = off",
          "SET client_min_messages = warning",
          "SET standard_conforming_strings = on");

  private final Map<Kind, Ddl> kinds = new EnumMap<>(Kind.class);

  /** The dialect; what differs between versions is told from the catalogs it is given. */
  public PostgresDialect() {
    Ddl plain = new PlainDdl();
    for (Kind kind : Kind.values()) {
      kinds.put(kind, plain);
    }
    kinds.put(Kind.TABLE, new TableDdl());
    kinds.put(Kind.FOREIGN_TABLE, new TableDdl());
    kinds.put(Kind.COLUMN, new ColumnDdl());
    kinds.put(Kind.DEFAULT, new DefaultDdl());
    kinds.put(Kind.CONSTRAINT, new ConstraintDdl());
    kinds.put(Kind.INDEX, new IndexDdl());
    kinds.put(Kind.PARTITION, new PartitionDdl());
    kinds.put(Kind.SEQUENCE, new SequenceDdl());
    kinds.put(Kind.SEQUENCE_OWNERSHIP, new SequenceOwnershipDdl());
    kinds.put(Kind.ENUM, new EnumDdl());
    kinds.put(Kind.DOMAIN, new DomainDdl());
    kinds.put(Kind.COMPOSITE, new CompositeDdl());
    kinds.put(Kind.RANGE, new RangeDdl());
    kinds.put(Kind.VIEW, new ViewDdl());
    kinds.put(Kind.MATERIALIZED_VIEW, new ViewDdl());
    kinds.put(Kind.FUNCTION, new FunctionDdl());
    kinds.put(Kind.TRIGGER, new TriggerDdl());
    kinds.put(Kind.RULE, new RuleDdl());
    kinds.put(Kind.POLICY, new PolicyDdl());
    kinds.put(Kind.TEXT_SEARCH_CONFIGURATION, new TextSearchConfigurationDdl());
    kinds.put(Kind.PUBLICATION, new PublicationDdl());
    kinds.put(Kind.PUBLICATION_TABLE, new PublicationMemberDdl());
    kinds.put(Kind.PUBLICATION_SCHEMA, new PublicationMemberDdl());
    kinds.put(Kind.SUBSCRIPTION, new SubscriptionDdl());
    kinds.put(Kind.DEFAULT_PRIVILEGES, new DefaultPrivilegesDdl());
  }

  private Ddl of(ObjectId id) {
    return Objects.requireNonNull(kinds.get(id.kind()));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return of(change.id()).mustReplace(change, situation);
  }

  @Override
  public boolean disturbs(Change.Altered change, CatalogObject dependent, Situation situation) {
    return situation.swapped().containsKey(change.id())
        ? TypeSwap.disturbs(change.id(), dependent, situation)
        : of(change.id()).disturbs(change, dependent, situation);
  }

  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    return of(change.id()).swaps(change, situation);
  }

  @Override
  public List<Step> rename(Change.Renamed rename, Situation situation) {
    return List.of(Renaming.step(rename, situation));
  }

  @Override
  public List<Step> create(CatalogObject object, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>(of(object.id()).create(object, inline, situation));
    steps.addAll(Extras.created(object, situation));
    for (CatalogObject part : inline) {
      steps.addAll(Extras.created(part, situation));
    }
    return UsualLocks.told(steps, situation);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    if (situation.swapped().containsKey(change.id())) {
      return UsualLocks.told(TypeSwap.steps(change.id(), this, situation), situation);
    }
    List<Step> steps = new ArrayList<>(of(change.id()).alter(change, situation));
    steps.addAll(Extras.altered(change, situation));
    return UsualLocks.told(steps, situation);
  }

  @Override
  public List<Step> drop(CatalogObject object, Situation situation) {
    if (situation.swapped().containsKey(object.id())) {
      return UsualLocks.told(TypeSwap.leftovers(object.id(), situation), situation);
    }
    return UsualLocks.told(of(object.id()).drop(object, situation), situation);
  }

  /** Whether a constraint or column only follows its parent table's. */
  static boolean isInherited(CatalogObject object) {
    return object.has(Attribute.INHERITED) && !object.has(Attribute.LOCAL);
  }
}
