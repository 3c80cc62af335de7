package dev.undercroft.diagram;

import dev.undercroft.diagram.EntityModel.Entity;
import dev.undercroft.diagram.EntityModel.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the boxes stand: a table stands one column to the right of what it refers to, and within a
 * column near what it is related to (layers by longest path, order by barycenters; Sugiyama and
 * others, 1981). Pure.
 */
final class Layout {

  static final int ROW = 18;
  static final int HEAD = 26;
  private static final int GAP_X = 90;
  private static final int GAP_Y = 26;
  private static final int LETTER = 7;
  private static final int MARGIN = 24;
  private static final int ROUNDS = 6;
  private static final int TALLEST = 24;

  /** A box. Immutable. */
  record Box(Entity entity, int x, int y, int width) {
    int height() {
      return HEAD + ROW * entity.columns().size() + 6;
    }

    /** The middle of a column's line. */
    int line(String column) {
      for (int index = 0; index < entity.columns().size(); index++) {
        if (entity.columns().get(index).name().equals(column)) {
          return y + HEAD + ROW * index + ROW / 2;
        }
      }
      return y + HEAD / 2;
    }
  }

  private final EntityModel model;
  private final Map<String, Integer> rank = new HashMap<>();
  private final Map<String, List<String>> targets = new HashMap<>();

  private Layout(EntityModel model) {
    this.model = model;
    for (Relation relation : model.relations()) {
      targets.computeIfAbsent(relation.from(), any -> new ArrayList<>()).add(relation.to());
    }
  }

  /** The boxes by the names of their tables. */
  static Map<String, Box> of(EntityModel model) {
    return new Layout(model).boxes();
  }

  private Map<String, Box> boxes() {
    model.entities().forEach(entity -> rank(entity.name(), new HashSet<>()));
    List<List<Entity>> layers = layers();
    Map<String, Double> place = new HashMap<>();
    layers.forEach(layer -> number(layer, place));
    for (int round = 0; round < ROUNDS; round++) {
      for (List<Entity> layer : layers) {
        Map<String, Double> wish = wishes(layer, place);
        layer.sort(
            Comparator.comparing((Entity entity) -> Objects.requireNonNull(wish.get(entity.name())))
                .thenComparing(Entity::name));
        number(layer, place);
      }
    }
    return placed(layers);
  }

  private int rank(String name, Set<String> path) {
    Integer known = rank.get(name);
    if (known != null) {
      return known;
    }
    path.add(name);
    int deepest = -1;
    for (String target : targets.getOrDefault(name, List.of())) {
      if (!path.contains(target)) {
        deepest = Math.max(deepest, rank(target, path));
      }
    }
    path.remove(name);
    rank.put(name, deepest + 1);
    return deepest + 1;
  }

  /** Long layers are split, so that the picture does not become a tower. */
  private List<List<Entity>> layers() {
    Map<Integer, List<Entity>> byRank = new java.util.TreeMap<>();
    for (Entity entity : model.entities()) {
      int layer = Objects.requireNonNull(rank.get(entity.name()));
      byRank.computeIfAbsent(layer, any -> new ArrayList<>()).add(entity);
    }
    List<List<Entity>> layers = new ArrayList<>();
    for (List<Entity> layer : byRank.values()) {
      for (int from = 0; from < layer.size(); from += TALLEST) {
        layers.add(new ArrayList<>(layer.subList(from, Math.min(layer.size(), from + TALLEST))));
      }
    }
    return layers;
  }

  private static void number(List<Entity> layer, Map<String, Double> place) {
    for (int index = 0; index < layer.size(); index++) {
      place.put(layer.get(index).name(), (index + 0.5) / layer.size());
    }
  }

  private Map<String, Double> wishes(List<Entity> layer, Map<String, Double> place) {
    Map<String, double[]> sums = new HashMap<>();
    for (Relation relation : model.relations()) {
      add(sums, relation.from(), place.get(relation.to()));
      add(sums, relation.to(), place.get(relation.from()));
    }
    Map<String, Double> wishes = new HashMap<>();
    for (Entity entity : layer) {
      double[] sum = sums.get(entity.name());
      wishes.put(
          entity.name(),
          sum == null ? Objects.requireNonNull(place.get(entity.name())) : sum[0] / sum[1]);
    }
    return wishes;
  }

  private static void add(
      Map<String, double[]> sums, String name, @org.jspecify.annotations.Nullable Double place) {
    if (place != null) {
      double[] sum = sums.computeIfAbsent(name, any -> new double[2]);
      sum[0] += place;
      sum[1]++;
    }
  }

  private static Map<String, Box> placed(List<List<Entity>> layers) {
    Map<String, Box> boxes = new LinkedHashMap<>();
    int x = MARGIN;
    for (List<Entity> layer : layers) {
      int width = 0;
      int y = MARGIN;
      for (Entity entity : layer) {
        Box box = new Box(entity, x, y, width(entity));
        boxes.put(entity.name(), box);
        width = Math.max(width, box.width());
        y += box.height() + GAP_Y;
      }
      x += width + GAP_X;
    }
    return boxes;
  }

  private static int width(Entity entity) {
    int letters = entity.name().length() + 2;
    for (EntityModel.Column column : entity.columns()) {
      letters = Math.max(letters, column.name().length() + column.type().length() + 7);
    }
    return letters * LETTER + 20;
  }
}
