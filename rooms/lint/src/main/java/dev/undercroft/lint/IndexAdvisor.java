package dev.undercroft.lint;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Indexes that are missing, and those that are too many. */
final class IndexAdvisor implements Advisor {

  /**
   * An index, or the one under a constraint.
   *
   * @param id what it is called
   * @param table the table as attributes speak of it
   * @param shape method, columns, expressions and condition, as the server prints them
   * @param columns its columns and expressions in order
   * @param isPlain whether it is a B-tree over all rows
   * @param isUnique whether it allows no duplicates
   */
  private record Index(
      ObjectId id,
      String table,
      String shape,
      List<String> columns,
      boolean isPlain,
      boolean isUnique) {

    /** Whether a question by these columns, in any order, can be answered by it. */
    boolean serves(Set<String> wanted) {
      return isPlain
          && columns.size() >= wanted.size()
          && new HashSet<>(columns.subList(0, wanted.size())).equals(wanted);
    }

    boolean begins(Index longer) {
      return isPlain
          && longer.isPlain
          && columns.size() < longer.columns.size()
          && longer.columns.subList(0, columns.size()).equals(columns);
    }
  }

  @Override
  public void judge(Advice advice) {
    List<Index> all = new ArrayList<>();
    for (CatalogObject index : advice.catalog().ofKind(Kind.INDEX)) {
      ofIndex(index).ifPresent(all::add);
      if (index.has(Attribute.INVALID) && !index.has(Attribute.PARTITION_OF)) {
        advice.report(Rule.INVALID_INDEX, index.id(), "its building was not finished");
      }
    }
    for (CatalogObject constraint : advice.catalog().ofKind(Kind.CONSTRAINT)) {
      boolean isKey =
          constraint.is(Attribute.CONSTRAINT_TYPE, "p")
              || constraint.is(Attribute.CONSTRAINT_TYPE, "u");
      if (isKey) {
        all.add(ofKey(constraint));
      }
    }
    tooMany(advice, all);
    missing(advice, all);
  }

  private static Optional<Index> ofIndex(CatalogObject index) {
    Phrase definition = Advice.read(index.get(Attribute.DEFINITION));
    Phrase using = definition.after("using");
    if (using.isEmpty() || index.has(Attribute.PARTITION_OF)) {
      return Optional.empty();
    }
    boolean isPlain = using.word(0).equals("btree") && !definition.has("where");
    List<String> columns = using.group().parts().stream().map(Phrase::written).toList();
    return Optional.of(
        new Index(
            index.id(),
            index.get(Attribute.TABLE),
            using.written(),
            columns,
            isPlain,
            index.has(Attribute.UNIQUE)));
  }

  private static Index ofKey(CatalogObject key) {
    List<String> columns =
        Advice.read(key.get(Attribute.DEFINITION)).group().parts().stream()
            .map(Phrase::written)
            .toList();
    return new Index(
        key.id(),
        key.get(Attribute.TABLE),
        "btree (" + String.join(", ", columns) + ")",
        columns,
        true,
        true);
  }

  private static void tooMany(Advice advice, List<Index> all) {
    for (Index one : all) {
      if (one.id().kind() != Kind.INDEX) {
        continue;
      }
      for (Index other : all) {
        boolean isOther = !other.id().equals(one.id()) && other.table().equals(one.table());
        boolean same = isOther && other.shape().equals(one.shape());
        boolean isLater =
            other.id().kind() == Kind.CONSTRAINT || other.id().compareTo(one.id()) < 0;
        if (same && isLater && (other.isUnique() || !one.isUnique())) {
          advice.report(Rule.DUPLICATE_INDEX, one.id(), "it is the same as " + other.id());
        } else if (isOther && !one.isUnique() && one.begins(other)) {
          advice.report(Rule.REDUNDANT_INDEX, one.id(), other.id() + " begins with its columns");
        }
      }
    }
  }

  private static void missing(Advice advice, List<Index> all) {
    for (CatalogObject key : advice.catalog().ofKind(Kind.CONSTRAINT)) {
      if (!key.is(Attribute.CONSTRAINT_TYPE, "f") || key.has(Attribute.INHERITED)) {
        continue;
      }
      Phrase columns = Advice.read(key.get(Attribute.DEFINITION)).after("key").group();
      Set<String> wanted = new HashSet<>(columns.parts().stream().map(Phrase::written).toList());
      boolean served =
          all.stream()
              .anyMatch(
                  index -> index.table().equals(key.get(Attribute.TABLE)) && index.serves(wanted));
      if (!served) {
        advice.report(
            Rule.UNINDEXED_FOREIGN_KEY, key.id(), "no index begins with " + columns.written());
      }
    }
  }
}
