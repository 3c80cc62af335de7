package dev.undercroft.prisma;

import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A model as it is being written: first its columns and keys, then its relations. Not shared. */
final class WrittenModel {

  /** A field and what stands behind it. */
  static final class Line {
    final String name;
    final String type;
    final List<String> attributes = new ArrayList<>();

    Line(String name, String type) {
      this.name = name;
      this.type = type;
    }

    boolean isRequired() {
      return !type.endsWith("?") && !type.endsWith("[]");
    }
  }

  final ObjectId table;
  final String name;
  final PrismaWords words = new PrismaWords();
  final List<Line> lines = new ArrayList<>();
  final List<String> attributes = new ArrayList<>();

  /** The fields of columns. */
  final Map<String, Line> columns = new HashMap<>();

  /** The columns of keys and of unique indexes that hold for all rows. */
  final List<List<String>> criteria = new ArrayList<>();

  /** The only column of the key, if there is one. */
  Optional<String> key = Optional.empty();

  WrittenModel(ObjectId table, String name) {
    this.table = table;
    this.name = name;
  }

  /** Whether Prisma's client cannot tell rows apart, so that it must leave the model out. */
  boolean isIgnored() {
    return criteria.stream()
        .noneMatch(one ->
            one.stream()
                .map(this::line)
                .allMatch(line -> line.isRequired() && !line.type.startsWith("Unsupported(")));
  }

  /** The field of a column that was written. */
  Line line(String column) {
    return Objects.requireNonNull(columns.get(column));
  }

  boolean has(List<String> names) {
    return columns.keySet().containsAll(names);
  }

  boolean isUnique(List<String> names) {
    return criteria.stream().anyMatch(one -> Set.copyOf(one).equals(Set.copyOf(names)));
  }

  /** Field names in brackets. */
  String fields(List<String> names) {
    return "[" + String.join(", ", names.stream().map(one -> line(one).name).toList()) + "]";
  }

  /** The block, its columns beneath each other. */
  String text() {
    int nameWidth = lines.stream().mapToInt(line -> line.name.length()).max().orElse(0);
    int typeWidth = lines.stream().mapToInt(line -> line.type.length()).max().orElse(0);
    StringBuilder text = new StringBuilder("model ").append(name).append(" {\n");
    for (Line line : lines) {
      String columns =
          ("  %-" + nameWidth + "s %-" + typeWidth + "s %s")
              .formatted(line.name, line.type, String.join(" ", line.attributes));
      text.append(columns.stripTrailing()).append('\n');
    }
    List<String> below = new ArrayList<>(attributes);
    if (isIgnored()) {
      below.add("@@ignore");
    }
    text.append(below.isEmpty() ? "" : "\n");
    below.forEach(attribute -> text.append("  ").append(attribute).append('\n'));
    return text.append("}\n").toString();
  }
}
