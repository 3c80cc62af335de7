package dev.undercroft.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packs one manifest refers to, numbered in the order they were met. Thread-safe. */
final class PackTable {

  private final List<PackRef> packs = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of a pack, given now if it has none. */
  synchronized int numberOf(PackRef pack) {
    Integer known = numbers.get(pack.blob());
    if (known != null) {
      return known;
    }
    packs.add(pack);
    numbers.put(pack.blob(), packs.size() - 1);
    return packs.size() - 1;
  }

  synchronized List<PackRef> packs() {
    return List.copyOf(packs);
  }
}
