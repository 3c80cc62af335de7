package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Node.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders that are better kept and may be broken: the server does not note what the text of a
 * function speaks of, but a default or a materialized view that calls the function needs it all.
 * Used once; not thread-safe.
 */
final class Wishes {

  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"]|\"\")+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Set<Kind> NAMED =
      Set.of(
          Kind.FUNCTION,
          Kind.AGGREGATE,
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.COMPOSITE,
          Kind.ENUM,
          Kind.DOMAIN);

  private final Situation situation;
  private final Map<Node, Set<Node>> successors = new HashMap<>();

  Wishes(Situation situation, Absorption absorption) {
    this.situation = situation;
    Map<String, Set<ObjectId>> created = new HashMap<>();
    for (ObjectId id : situation.created()) {
      if (NAMED.contains(id.kind())) {
        created.computeIfAbsent(id.name(), any -> new TreeSet<>()).add(id);
      }
    }
    for (ObjectId id : situation.created()) {
      body(id, new Node(Phase.CREATE, id), created);
      checkOfDomain(id, absorption);
    }
    situation.created().forEach(id -> field(id, new Node(Phase.CREATE, id), absorption));
    situation.dropped().forEach(id -> field(id, new Node(Phase.DROP, id), absorption));
    situation.altered().keySet().forEach(id -> body(id, new Node(Phase.ALTER, id), created));
  }

  /** What should rather come later, for each node. */
  Map<Node, Set<Node>> successors() {
    return successors;
  }

  private void body(ObjectId id, Node node, Map<String, Set<ObjectId>> created) {
    CatalogObject routine = situation.after().get(id);
    if (id.kind() != Kind.FUNCTION || routine == null || routine.has(Attribute.PARSED_BODY)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    Matcher word = WORD.matcher(routine.get(Attribute.DEFINITION));
    while (word.find()) {
      String quoted = word.group(1);
      String name =
          quoted == null ? word.group().toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\"");
      if (seen.add(name)) {
        created
            .getOrDefault(name, Set.of())
            .forEach(spokenOf -> wish(new Node(Phase.CREATE, spokenOf), node));
      }
    }
  }

  /** What makes a value of a composite in one piece counts its fields. */
  private void field(ObjectId id, Node node, Absorption absorption) {
    ObjectId composite = id.relation(Kind.COMPOSITE);
    if (id.kind() == Kind.COLUMN && situation.isStanding(composite)) {
      for (Dependency need : situation.after().neededBy(composite)) {
        if (need.from().kind() != Kind.COLUMN) {
          wish(node, new Node(Phase.CREATE, absorption.createOf(need.from())));
          wish(node, new Node(Phase.ALTER, need.from()));
        }
      }
    }
  }

  /** A domain inside a composite type that a table uses takes no further check. */
  private void checkOfDomain(ObjectId id, Absorption absorption) {
    if (id.kind() == Kind.CONSTRAINT) {
      ObjectId domain = id.relation(Kind.DOMAIN);
      if (situation.created().contains(domain)) {
        for (Dependency need : situation.after().neededBy(domain)) {
          wish(
              new Node(Phase.CREATE, id), new Node(Phase.CREATE, absorption.createOf(need.from())));
        }
      }
    }
  }

  private void wish(Node earlier, Node later) {
    if (!earlier.equals(later)) {
      successors.computeIfAbsent(earlier, any -> new TreeSet<>()).add(later);
    }
  }
}
