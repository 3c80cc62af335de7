package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns differences of privileges into GRANT and REVOKE. Stateless. */
final class Privileges {

  private Privileges() {}

  /** What a new object of this kind has before anybody grants anything (manual, table 5.2). */
  static Set<String> initial(CatalogObject object, Situation situation) {
    ObjectId id = object.id();
    Set<String> lines = new TreeSet<>(builtIn(id.kind(), situation));
    for (CatalogObject rule : situation.before().ofKind(Kind.DEFAULT_PRIVILEGES)) {
      ObjectId of = rule.id();
      boolean applies =
          of.name().equals("CURRENT_USER")
              && of.arguments().equals(defaultClass(id.kind()))
              && (of.schema().isEmpty() || of.schema().equals(id.schema()));
      if (applies && of.schema().isEmpty()) {
        lines.removeAll(builtIn(id.kind(), situation));
      }
      if (applies) {
        lines.addAll(lines(rule.get(Attribute.PRIVILEGES)));
      }
    }
    return lines;
  }

  private static String defaultClass(Kind kind) {
    return switch (kind) {
      case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> "TABLES";
      case SEQUENCE -> "SEQUENCES";
      case FUNCTION, AGGREGATE -> "FUNCTIONS";
      case ENUM, DOMAIN, COMPOSITE, RANGE -> "TYPES";
      case SCHEMA -> "SCHEMAS";
      default -> "";
    };
  }

  private static List<String> builtIn(Kind kind, Situation situation) {
    return switch (kind) {
      case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> {
        List<String> all =
            new ArrayList<>(
                List.of(
                    "DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"));
        if (situation.after().server().since(17)) {
          all.add("MAINTAIN");
        }
        yield all.stream().map(word -> "@\t" + word).toList();
      }
      case SEQUENCE -> List.of("@\tSELECT", "@\tUPDATE", "@\tUSAGE");
      case FUNCTION, AGGREGATE -> List.of("=\tEXECUTE", "@\tEXECUTE");
      case ENUM, DOMAIN, COMPOSITE, RANGE, LANGUAGE -> List.of("=\tUSAGE", "@\tUSAGE");
      case SCHEMA -> List.of("@\tCREATE", "@\tUSAGE");
      case FOREIGN_DATA_WRAPPER, SERVER -> List.of("@\tUSAGE");
      default -> List.of();
    };
  }

  /** What the object has or shall have; the built-in ones when nothing is said. */
  static Set<String> of(CatalogObject object, Situation situation) {
    return object.has(Attribute.PRIVILEGES)
        ? lines(object.get(Attribute.PRIVILEGES))
        : new TreeSet<>(builtIn(object.id().kind(), situation));
  }

  static Set<String> lines(String text) {
    return text.equals("none") || text.isEmpty()
        ? new TreeSet<>()
        : new TreeSet<>(Arrays.asList(text.split("\n", -1)));
  }

  /** The statements that turn the privileges {@code from} into {@code to}. */
  static List<Step> steps(
      CatalogObject object, Set<String> from, Set<String> to, Situation situation) {
    List<Step> steps = new ArrayList<>();
    String on = on(object);
    Map<String, Set<String>> revoked = byGrantee(from, to);
    revoked.forEach((grantee, words) ->
        steps.add(
            step(object, "REVOKE %s%s FROM %s", words, on, role(grantee, object, situation))));
    byGrantee(to, from)
        .forEach((grantee, words) -> {
          String role = role(grantee, object, situation);
          plain(words).ifPresent(w -> steps.add(step(object, "GRANT %s%s TO %s", w, on, role)));
          handOn(words)
              .ifPresent(
                  w -> steps.add(step(object, "GRANT %s%s TO %s WITH GRANT OPTION", w, on, role)));
        });
    return steps;
  }

  private static Step step(
      CatalogObject object, String form, Set<String> words, String on, String role) {
    String column =
        object.id().kind() == Kind.COLUMN ? " (" + Names.quoted(object.id().name()) + ')' : "";
    String privileges =
        words.stream()
            .map(word -> word.replace("*", "") + column)
            .distinct()
            .collect(Collectors.joining(", "));
    return Step.of(object.id(), form.formatted(privileges, on, role))
        .warning(Hazard.PRIVILEGES, "Who may use %s changes.".formatted(object.id()));
  }

  private static Optional<Set<String>> plain(Set<String> words) {
    return some(words, false);
  }

  private static Optional<Set<String>> handOn(Set<String> words) {
    return some(words, true);
  }

  private static Optional<Set<String>> some(Set<String> words, boolean star) {
    Set<String> these =
        words.stream()
            .filter(word -> word.endsWith("*") == star)
            .collect(Collectors.toCollection(TreeSet::new));
    return these.isEmpty() ? Optional.empty() : Optional.of(these);
  }

  private static Map<String, Set<String>> byGrantee(Set<String> lines, Set<String> but) {
    Map<String, Set<String>> map = new TreeMap<>();
    for (String line : lines) {
      if (!but.contains(line)) {
        int tab = line.indexOf('\t');
        map.computeIfAbsent(line.substring(0, tab), any -> new TreeSet<>())
            .add(line.substring(tab + 1));
      }
    }
    return map;
  }

  static String role(String grantee, CatalogObject object, Situation situation) {
    if (grantee.equals("=")) {
      return "PUBLIC";
    }
    if (grantee.equals("@")) {
      return object.find(Attribute.OWNER).map(Names::quoted).orElse(owner(situation));
    }
    return Names.quoted(grantee.substring(1));
  }

  private static String owner(Situation situation) {
    String owner = situation.options().owner();
    return owner.isEmpty() ? "CURRENT_USER" : Names.quoted(owner);
  }

  private static String on(CatalogObject object) {
    ObjectId id = object.id();
    String words =
        switch (id.kind()) {
          case COLUMN -> "TABLE " + Names.parent(id);
          case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> "TABLE " + Names.of(id);
          case ENUM, DOMAIN, COMPOSITE, RANGE -> "TYPE " + Names.of(id);
          case SERVER -> "FOREIGN SERVER " + Names.of(id);
          case FUNCTION, AGGREGATE ->
              "%s %s(%s)"
                  .formatted(
                      object.is(Attribute.ROUTINE, "PROCEDURE") ? "PROCEDURE" : "FUNCTION",
                      Names.of(id),
                      FunctionDdl.arguments(object));
          default -> Phrases.of(object);
        };
    return " ON " + words;
  }
}
