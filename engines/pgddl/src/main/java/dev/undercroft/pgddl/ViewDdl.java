package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Views and materialized views. Stateless. */
final class ViewDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject view, List<CatalogObject> inline, Situation situation) {
    return List.of(Step.of(view.id(), statement(view, "CREATE ")));
  }

  private static String statement(CatalogObject view, String verb) {
    StringBuilder sql = new StringBuilder(verb).append(Phrases.of(view));
    view.find(Attribute.ACCESS_METHOD).ifPresent(method -> sql.append(" USING ").append(method));
    String options = OptionList.storage(view);
    sql.append(options.isEmpty() ? "" : " WITH (" + options + ')');
    view.find(Attribute.TABLESPACE).ifPresent(space -> sql.append(" TABLESPACE ").append(space));
    return sql.append(" AS\n").append(view.get(Attribute.DEFINITION)).toString();
  }

  private static boolean isStored(CatalogObject view) {
    return view.id().kind() == Kind.MATERIALIZED_VIEW;
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    boolean another = change.touches(Attribute.DEFINITION) || change.touches(Attribute.COLUMNS);
    return another && (isStored(change.after()) || !onlyAddsColumns(change));
  }

  private static boolean onlyAddsColumns(Change.Altered change) {
    List<String> old = change.before().lines(Attribute.COLUMNS);
    List<String> now = change.after().lines(Attribute.COLUMNS);
    return now.size() >= old.size() && now.subList(0, old.size()).equals(old);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (change.touches(Attribute.DEFINITION)) {
      steps.add(
          Step.of(after.id(), statement(after, "CREATE OR REPLACE "))
              .locking(Lock.ACCESS_EXCLUSIVE));
      return steps;
    }
    List<String> clauses = new ArrayList<>(OptionList.storageChanges(change.before(), after));
    if (change.touches(Attribute.ACCESS_METHOD)) {
      clauses.add("SET ACCESS METHOD " + after.find(Attribute.ACCESS_METHOD).orElse("heap"));
    }
    if (change.touches(Attribute.TABLESPACE)) {
      clauses.add("SET TABLESPACE " + after.find(Attribute.TABLESPACE).orElse("pg_default"));
    }
    for (String clause : clauses) {
      steps.add(
          Step.of(after.id(), "ALTER %s %s".formatted(Phrases.of(after), clause))
              .locking(Lock.ACCESS_EXCLUSIVE));
    }
    return steps;
  }

  @Override
  public List<Step> drop(CatalogObject view, Situation situation) {
    Step step = Step.of(view.id(), "DROP " + Phrases.of(view)).locking(Lock.ACCESS_EXCLUSIVE);
    return List.of(
        situation.isRemoved(view.id())
            ? step.warning(Hazard.BREAKS_CLIENTS, "Queries that name %s fail.".formatted(view.id()))
            : step);
  }
}
