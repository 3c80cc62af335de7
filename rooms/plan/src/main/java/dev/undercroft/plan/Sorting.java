package dev.undercroft.plan;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Sorts nodes so that each stands behind those it must follow, and behind those it should rather
 * follow where that is possible; among equals the natural order decides. Used once; not
 * thread-safe.
 */
final class Sorting {

  private final Set<Node> nodes;
  private final Map<Node, Set<Node>> successors;
  private final Map<Node, Set<Node>> preferred;
  private final Map<Node, Integer> waiting = new HashMap<>();
  private final Map<Node, Integer> wishing = new HashMap<>();
  private final PriorityQueue<Node> ready = new PriorityQueue<>();
  private final Set<Node> patient = new TreeSet<>();

  Sorting(Set<Node> nodes, Map<Node, Set<Node>> successors, Map<Node, Set<Node>> preferred) {
    this.nodes = nodes;
    this.successors = successors;
    this.preferred = preferred;
  }

  List<Node> sort() {
    successors.values().forEach(tos -> tos.forEach(to -> waiting.merge(to, 1, Integer::sum)));
    preferred.values().forEach(tos -> tos.forEach(to -> wishing.merge(to, 1, Integer::sum)));
    for (Node node : nodes) {
      admit(node);
    }
    List<Node> sorted = new ArrayList<>(nodes.size());
    while (!ready.isEmpty() || !patient.isEmpty()) {
      Node node = ready.isEmpty() ? patient.iterator().next() : ready.remove();
      patient.remove(node);
      sorted.add(node);
      wishing.put(node, 0);
      waiting.put(node, -1);
      release(node);
    }
    if (sorted.size() < nodes.size()) {
      throw cycle();
    }
    return sorted;
  }

  private void release(Node done) {
    for (Node next : successors.getOrDefault(done, Set.of())) {
      waiting.merge(next, -1, Integer::sum);
      admit(next);
    }
    for (Node next : preferred.getOrDefault(done, Set.of())) {
      if (wishing.merge(next, -1, Integer::sum) == 0 && patient.remove(next)) {
        ready.add(next);
      }
    }
  }

  private void admit(Node node) {
    if (waiting.getOrDefault(node, 0) == 0) {
      if (wishing.getOrDefault(node, 0) == 0) {
        ready.add(node);
      } else {
        patient.add(node);
      }
    }
  }

  private RuntimeException cycle() {
    String stuck =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getKey().toString())
            .sorted()
            .limit(20)
            .collect(Collectors.joining("\n"));
    return Problem.of(
            "PLAN_CYCLE", ProblemKind.CONFLICT, "these changes wait for each other in a circle")
        .withDetail(stuck)
        .withRemedy("Change some of them first, and the others in a second step.")
        .exception();
  }
}
