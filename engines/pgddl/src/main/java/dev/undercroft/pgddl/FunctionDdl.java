package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Functions and procedures. Stateless. */
final class FunctionDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject routine, List<CatalogObject> inline, Situation situation) {
    return List.of(
        Step.of(routine.id(), text(routine).replaceFirst("^CREATE OR REPLACE ", "CREATE ")));
  }

  private static String text(CatalogObject routine) {
    return routine.get(Attribute.DEFINITION).stripTrailing();
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.RETURNS)
        || change.touches(Attribute.ROUTINE)
        || (change.touches(Attribute.PARAMETERS) && !fits(change));
  }

  /** Whether CREATE OR REPLACE takes the new parameters: no other name, no default lost. */
  private static boolean fits(Change.Altered change) {
    List<String> old = parameters(change.before());
    List<String> now = parameters(change.after());
    if (old.size() != now.size()) {
      return false;
    }
    for (int index = 0; index < old.size(); index++) {
      String before = old.get(index);
      String after = now.get(index);
      boolean keepsDefault = !before.contains(" DEFAULT ") || after.contains(" DEFAULT ");
      boolean gainsName = bare(after).endsWith(' ' + bare(before));
      if (!keepsDefault || !(gainsName || bare(before).equals(bare(after)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What tells a routine from others of its name. A procedure's input types alone may be all types
   * of another.
   */
  static String arguments(CatalogObject routine) {
    return routine.is(Attribute.ROUTINE, "PROCEDURE") && routine.has(Attribute.PARAMETERS)
        ? parameters(routine).stream().map(FunctionDdl::bare).collect(Collectors.joining(", "))
        : routine.id().arguments();
  }

  private static String bare(String parameter) {
    int at = parameter.indexOf(" DEFAULT ");
    return at < 0 ? parameter : parameter.substring(0, at);
  }

  private static List<String> parameters(CatalogObject routine) {
    List<String> parts = new ArrayList<>();
    String text = routine.get(Attribute.PARAMETERS);
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char now = text.charAt(at);
      if (now == '\'') {
        quoted = !quoted;
      } else if (!quoted && (now == '(' || now == '[')) {
        depth++;
      } else if (!quoted && (now == ')' || now == ']')) {
        depth--;
      } else if (!quoted && depth == 0 && now == ',') {
        parts.add(text.substring(start, at).strip());
        start = at + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return change.touches(Attribute.DEFINITION)
        ? List.of(Step.of(change.id(), text(change.after())))
        : List.of();
  }

  @Override
  public List<Step> drop(CatalogObject routine, Situation situation) {
    Step step = Step.of(routine.id(), "DROP " + Phrases.of(routine));
    return List.of(
        situation.isRemoved(routine.id())
            ? step.warning(
                Hazard.BREAKS_CLIENTS, "Programs that call %s fail.".formatted(routine.id()))
            : step);
  }
}
