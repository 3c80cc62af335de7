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
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Domains; their checks are constraints. Stateless. */
final class DomainDdl implements Ddl {

  private static final List<Kind> HOLDING_ROWS = List.of(Kind.TABLE, Kind.MATERIALIZED_VIEW);

  @Override
  public List<Step> create(CatalogObject domain, List<CatalogObject> inline, Situation situation) {
    StringBuilder sql = new StringBuilder(statement(domain));
    inline.forEach(check -> sql.append(' ').append(ConstraintDdl.clause(check)));
    return List.of(Step.of(domain.id(), sql.toString()));
  }

  private static String statement(CatalogObject domain) {
    StringBuilder sql = new StringBuilder("CREATE DOMAIN ");
    sql.append(Names.of(domain.id())).append(" AS ").append(domain.get(Attribute.TYPE));
    domain.find(Attribute.COLLATION).ifPresent(name -> sql.append(" COLLATE ").append(name));
    domain.find(Attribute.EXPRESSION).ifPresent(value -> sql.append(" DEFAULT ").append(value));
    return sql.append(domain.has(Attribute.NOT_NULL) ? " NOT NULL" : "").toString();
  }

  private static boolean isSwap(Change.Altered change) {
    return change.touches(Attribute.TYPE) || change.touches(Attribute.COLLATION);
  }

  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    return change instanceof Change.Altered altered
            && (isSwap(altered)
                || (altered.touches(Attribute.NOT_NULL)
                    && altered.after().has(Attribute.NOT_NULL)
                    && TypeUse.isInside(change.id(), situation)))
        ? Optional.of(change.id())
        : Optional.empty();
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (change.touches(Attribute.EXPRESSION)) {
      steps.add(
          alter(
              after,
              after
                  .find(Attribute.EXPRESSION)
                  .map(e -> "SET DEFAULT " + e)
                  .orElse("DROP DEFAULT")));
    }
    if (change.touches(Attribute.NOT_NULL)) {
      boolean set = after.has(Attribute.NOT_NULL);
      Step step = alter(after, set ? "SET NOT NULL" : "DROP NOT NULL");
      steps.add(set ? checking(step, after, situation) : step);
    }
    return steps;
  }

  /** The step, that checks a new rule of a domain in every table that has columns of it. */
  static Step checking(Step step, CatalogObject rule, Situation situation) {
    ObjectId domain = rule.id().kind() == Kind.DOMAIN ? rule.id() : rule.id().relation(Kind.DOMAIN);
    boolean used = isUsed(domain, situation);
    Step warned =
        step.warning(
            Hazard.MAY_FAIL, "This fails if a value of %s breaks %s.".formatted(domain, rule.id()));
    return used
        ? warned
            .locking(Lock.SHARE)
            .working(Work.SCAN)
            .warning(
                Hazard.TABLE_SCAN,
                "All rows of tables with columns of %s are read while nobody can write to them."
                    .formatted(domain))
        : warned;
  }

  /** Tables and materialized views that go count too: they may still stand at that moment. */
  private static boolean isUsed(ObjectId domain, Situation situation) {
    return Stream.of(situation.before(), situation.after())
        .flatMap(catalog -> catalog.neededBy(domain).stream())
        .map(Dependency::from)
        .anyMatch(id ->
            id.kind() == Kind.COLUMN
                ? HOLDING_ROWS.stream().anyMatch(kind -> situation.before().has(id.relation(kind)))
                : id.kind() == Kind.DOMAIN && !id.equals(domain) && isUsed(id, situation));
  }

  private static Step alter(CatalogObject domain, String clause) {
    return Step.of(domain.id(), "ALTER DOMAIN %s %s".formatted(Names.of(domain.id()), clause));
  }
}
