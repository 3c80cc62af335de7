package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Owner, privileges, comment and security labels: the same for every kind. Stateless. */
final class Extras {

  private Extras() {}

  static List<Step> created(CatalogObject object, Situation situation) {
    List<Step> steps = new ArrayList<>();
    object.find(Attribute.OWNER).ifPresent(owner -> steps.add(owner(object, Names.quoted(owner))));
    if (object.id().kind() != Kind.DEFAULT_PRIVILEGES) {
      steps.addAll(
          Privileges.steps(
              object,
              Privileges.initial(object, situation),
              Privileges.of(object, situation),
              situation));
    }
    object.find(Attribute.COMMENT).ifPresent(text -> steps.add(comment(object, text)));
    if (object.has(Attribute.NOT_NULL_COMMENT)) {
      steps.add(notNullComment(object));
    }
    if (object.has(Attribute.INDEX_COMMENT)) {
      steps.add(indexComment(object));
    }
    labels(object, "", steps);
    return steps;
  }

  static List<Step> altered(Change.Altered change, Situation situation) {
    List<Step> steps = new ArrayList<>();
    CatalogObject after = change.after();
    if (change.touches(Attribute.OWNER) && !follows(after, situation)) {
      String owner = Privileges.role("@", after, situation);
      steps.add(
          owner(after, owner)
              .warning(Hazard.PRIVILEGES, "The owner of " + after.id() + " changes."));
    }
    if (change.touches(Attribute.PRIVILEGES) && after.id().kind() != Kind.DEFAULT_PRIVILEGES) {
      steps.addAll(
          Privileges.steps(
              after,
              Privileges.of(change.before(), situation),
              Privileges.of(after, situation),
              situation));
    }
    if (change.touches(Attribute.COMMENT)) {
      steps.add(comment(after, after.get(Attribute.COMMENT)));
    }
    if (change.touches(Attribute.NOT_NULL_COMMENT) && after.has(Attribute.NOT_NULL)) {
      steps.add(notNullComment(after));
    }
    if (change.touches(Attribute.INDEX_COMMENT)) {
      steps.add(indexComment(after));
    }
    if (change.touches(Attribute.SECURITY_LABELS)) {
      labels(after, change.before().get(Attribute.SECURITY_LABELS), steps);
    }
    return steps;
  }

  /** A sequence that belongs to a column has the owner of its table. */
  private static boolean follows(CatalogObject object, Situation situation) {
    return object.id().kind() == Kind.SEQUENCE
        && situation.isStanding(object.id().as(Kind.SEQUENCE_OWNERSHIP));
  }

  private static Step owner(CatalogObject object, String owner) {
    return Step.of(object.id(), "ALTER %s OWNER TO %s".formatted(Phrases.of(object), owner));
  }

  private static Step comment(CatalogObject object, String text) {
    return Step.of(object.id(), "COMMENT ON %s IS %s".formatted(Phrases.of(object), literal(text)));
  }

  private static Step notNullComment(CatalogObject column) {
    return Step.of(
        column.id(),
        "COMMENT ON CONSTRAINT %s ON %s IS %s"
            .formatted(
                NotNull.name(column),
                Names.parent(column.id()),
                literal(column.get(Attribute.NOT_NULL_COMMENT))));
  }

  private static String literal(String text) {
    return text.isEmpty() ? "NULL" : Names.literal(text);
  }

  private static Step indexComment(CatalogObject constraint) {
    ObjectId id = constraint.id();
    return Step.of(
        id,
        "COMMENT ON INDEX %s.%s IS %s"
            .formatted(
                Names.quoted(id.schema()),
                Names.quoted(id.name()),
                literal(constraint.get(Attribute.INDEX_COMMENT))));
  }

  private static void labels(CatalogObject object, String before, List<Step> steps) {
    Map<String, String> old = providers(before);
    Map<String, String> now = providers(object.get(Attribute.SECURITY_LABELS));
    Set<String> all = new TreeSet<>(old.keySet());
    all.addAll(now.keySet());
    for (String provider : all) {
      String label = now.get(provider);
      if (label == null || !label.equals(old.get(provider))) {
        steps.add(
            Step.of(
                object.id(),
                "SECURITY LABEL FOR %s ON %s IS %s"
                    .formatted(
                        Names.quoted(provider),
                        Phrases.of(object),
                        label == null ? "NULL" : Names.literal(label))));
      }
    }
  }

  private static Map<String, String> providers(String text) {
    Map<String, String> map = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        map.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return map;
  }
}
