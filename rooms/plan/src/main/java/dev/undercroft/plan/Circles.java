package dev.undercroft.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds what is on circles of a graph, or between two of them. Not thread-safe. */
final class Circles<T> {

  private final Map<T, Set<T>> successors = new HashMap<>();
  private final Map<T, Set<T>> predecessors = new HashMap<>();

  /** Notes that one leads to the other; from a node to itself is nothing. */
  void edge(T from, T to) {
    if (!from.equals(to)) {
      successors.computeIfAbsent(from, any -> new HashSet<>()).add(to);
      predecessors.computeIfAbsent(to, any -> new HashSet<>()).add(from);
    }
  }

  /** What is left when all ends are taken off, again and again; the edges are used up. */
  Set<T> core() {
    peel(successors, predecessors);
    peel(predecessors, successors);
    return Set.copyOf(successors.keySet());
  }

  /** Takes off whatever has nothing ahead. */
  private void peel(Map<T, Set<T>> ahead, Map<T, Set<T>> behind) {
    Deque<T> ends = new ArrayDeque<>();
    behind.keySet().stream().filter(node -> !ahead.containsKey(node)).forEach(ends::add);
    while (!ends.isEmpty()) {
      T end = ends.remove();
      Set<T> before = behind.remove(end);
      for (T node : before == null ? Set.<T>of() : before) {
        Set<T> left = ahead.get(node);
        if (left != null && left.remove(end) && left.isEmpty()) {
          ahead.remove(node);
          ends.add(node);
        }
      }
    }
  }
}
