package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How values go from types that are swapped to the new ones of their names: through text, or field
 * by field by a function that stands meanwhile, where a composite has got other fields. Immutable.
 */
final class Carriage {

  private final List<ObjectId> types;
  private final Situation situation;
  private final Map<String, ObjectId> reshaped;

  Carriage(List<ObjectId> types, Situation situation) {
    this.types = types;
    this.situation = situation;
    this.reshaped =
        types.stream()
            .filter(this::isReshaped)
            .collect(Collectors.toMap(Names::of, type -> type, (one, _) -> one));
  }

  /** The expression that gives the value in the new type of this name. */
  String of(String value, String type) {
    ObjectId composite = reshaped.get(type.replace("[]", ""));
    if (composite != null) {
      return "%s(%s)".formatted(function(composite), value);
    }
    return "%s::%s::%s".formatted(value, type.endsWith("[]") ? "text[]" : "text", type);
  }

  private static String function(ObjectId type) {
    return Names.quoted(type.schema())
        + ".undercroft_"
        + Integer.toHexString(type.hashCode())
        + "_carry";
  }

  /** Whether text of an old value is none of the new type: fields came, went or changed. */
  private boolean isReshaped(ObjectId type) {
    if (type.kind() != Kind.COMPOSITE) {
      return false;
    }
    List<CatalogObject> old = fields(situation.before().children(type, Kind.COLUMN));
    List<CatalogObject> now = fields(situation.after().children(type, Kind.COLUMN));
    if (old.size() != now.size()) {
      return true;
    }
    for (int at = 0; at < old.size(); at++) {
      String was = old.get(at).get(Attribute.TYPE);
      boolean same =
          old.get(at).id().equals(now.get(at).id()) && was.equals(now.get(at).get(Attribute.TYPE));
      boolean nested =
          types.stream()
              .filter(t -> !t.equals(type))
              .anyMatch(t -> Names.of(t).equals(was.replace("[]", "")) && isReshaped(t));
      if (!same || nested) {
        return true;
      }
    }
    return false;
  }

  private static List<CatalogObject> fields(List<CatalogObject> columns) {
    return columns.stream()
        .sorted(Comparator.comparingInt(column -> Integer.parseInt(column.get(Attribute.POSITION))))
        .toList();
  }

  /** Makes the functions; one for a value, one for an array of them. */
  List<Step> made() {
    List<Step> steps = new ArrayList<>();
    for (ObjectId type : types) {
      if (reshaped.containsValue(type)) {
        String name = function(type);
        steps.add(function(type, "", "ROW(%s)::%s".formatted(values(type), Names.of(type))));
        steps.add(
            function(
                type,
                "[]",
                "ARRAY(SELECT %s($1[i]) FROM pg_catalog.generate_subscripts($1, 1) i ORDER BY i)"
                    .formatted(name)));
      }
    }
    return steps;
  }

  private static Step function(ObjectId type, String array, String value) {
    return Step.of(
        type,
        ("CREATE FUNCTION %s(%s%s) RETURNS %s%s LANGUAGE sql IMMUTABLE AS"
                + " $$ SELECT CASE WHEN $1 IS DISTINCT FROM NULL THEN %s END $$")
            .formatted(function(type), TypeSwap.old(type), array, Names.of(type), array, value));
  }

  private String values(ObjectId type) {
    return fields(situation.after().children(type, Kind.COLUMN)).stream()
        .map(this::value)
        .collect(Collectors.joining(", "));
  }

  private String value(CatalogObject field) {
    CatalogObject old = situation.before().get(field.id());
    if (old == null) {
      return "NULL";
    }
    String value = "(($1).%s)".formatted(Names.quoted(field.id().name()));
    String from = old.get(Attribute.TYPE);
    String to = field.get(Attribute.TYPE);
    if (!from.equals(to)) {
      return Conversion.of(value, from, to);
    }
    boolean swapped = types.stream().anyMatch(t -> Names.of(t).equals(to.replace("[]", "")));
    return swapped ? of(value, to) : value;
  }

  /** Drops the functions. */
  List<Step> dropped() {
    List<Step> steps = new ArrayList<>();
    for (ObjectId type : types.reversed()) {
      if (reshaped.containsValue(type)) {
        for (String array : List.of("", "[]")) {
          steps.add(
              Step.of(
                  type,
                  "DROP FUNCTION %s(%s%s)".formatted(function(type), TypeSwap.old(type), array)));
        }
      }
    }
    return steps;
  }
}
