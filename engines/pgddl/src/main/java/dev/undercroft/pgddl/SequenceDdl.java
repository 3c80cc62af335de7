package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sequences. Stateless. */
final class SequenceDdl implements Ddl {

  private static final Map<Attribute, String> WORDS =
      new LinkedHashMap<>(
          Map.of(
              Attribute.INCREMENT, "INCREMENT BY ",
              Attribute.MINIMUM, "MINVALUE ",
              Attribute.MAXIMUM, "MAXVALUE ",
              Attribute.START, "START WITH ",
              Attribute.CACHE, "CACHE "));

  @Override
  public List<Step> create(
      CatalogObject sequence, List<CatalogObject> inline, Situation situation) {
    String unlogged = sequence.has(Attribute.PERSISTENCE) ? "UNLOGGED " : "";
    return List.of(
        Step.of(
            sequence.id(),
            "CREATE %sSEQUENCE %s AS %s%s"
                .formatted(
                    unlogged,
                    Names.of(sequence.id()),
                    sequence.get(Attribute.TYPE),
                    options(sequence, Set.of(Attribute.values())))));
  }

  private static String options(CatalogObject sequence, Set<Attribute> which) {
    StringBuilder text = new StringBuilder();
    WORDS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(entry -> which.contains(entry.getKey()))
        .forEach(entry ->
            text.append(' ').append(entry.getValue()).append(sequence.get(entry.getKey())));
    if (which.contains(Attribute.CYCLE)) {
      text.append(sequence.has(Attribute.CYCLE) ? " CYCLE" : " NO CYCLE");
    }
    return text.toString();
  }

  /** Brings the present value between the new bounds, where these are tighter. */
  private static List<Step> fitting(Change.Altered change) {
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    long oldLeast = number(before, Attribute.MINIMUM);
    long oldMost = number(before, Attribute.MAXIMUM);
    long least = number(after, Attribute.MINIMUM);
    long most = number(after, Attribute.MAXIMUM);
    if (least <= oldLeast && most >= oldMost) {
      return List.of();
    }
    String name = Names.of(after.id());
    List<Step> steps = new ArrayList<>();
    if (least < oldLeast || most > oldMost) {
      steps.add(
          Step.of(
              after.id(),
              "ALTER SEQUENCE %s AS bigint MINVALUE %d MAXVALUE %d"
                  .formatted(name, Math.min(least, oldLeast), Math.max(most, oldMost))));
    }
    steps.add(
        Step.of(
            after.id(),
            "SELECT setval(%s, least(%d, greatest(%d, last_value)), is_called AND last_value BETWEEN %d AND %d) FROM %s"
                .formatted(Names.literal(name), most, least, least, most, name)));
    return steps;
  }

  private static long number(CatalogObject sequence, Attribute attribute) {
    return Long.parseLong(sequence.get(attribute));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    Set<Attribute> which = new TreeSet<>(change.attributes());
    String type = "";
    if (change.touches(Attribute.TYPE)) {
      type = " AS " + after.get(Attribute.TYPE);
      which.add(Attribute.MINIMUM);
      which.add(Attribute.MAXIMUM);
    }
    steps.addAll(fitting(change));
    String options = type + options(after, which);
    if (!options.isEmpty()) {
      steps.add(
          Step.of(after.id(), "ALTER SEQUENCE %s%s".formatted(Names.of(after.id()), options)));
    }
    if (change.touches(Attribute.PERSISTENCE)) {
      String word = after.has(Attribute.PERSISTENCE) ? "UNLOGGED" : "LOGGED";
      steps.add(
          Step.of(after.id(), "ALTER SEQUENCE %s SET %s".formatted(Names.of(after.id()), word)));
    }
    return steps;
  }
}
