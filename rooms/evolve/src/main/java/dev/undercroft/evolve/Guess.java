package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Renames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that goes while something like it comes: perhaps one thing under another name. Never
 * acted on without an answer. Immutable.
 *
 * @param from what would go
 * @param to what would come
 */
public record Guess(ObjectId from, ObjectId to) {

  private static final List<Kind> HOLD_ROWS = List.of(Kind.TABLE, Kind.COLUMN);

  /** The line of an answers file that says yes. */
  public String line() {
    return Answers.line(from, to);
  }

  /** What nobody has spoken of, tables before columns. */
  static List<Guess> in(Catalog before, Catalog after, Renames said, Answers answers) {
    Catalog now = said.apply(before);
    Set<ObjectId> named =
        said.names().keySet().stream().map(said::renamed).collect(Collectors.toSet());
    List<Guess> guesses = new ArrayList<>();
    for (Kind kind : HOLD_ROWS) {
      List<CatalogObject> fresh =
          after.ofKind(kind).stream().filter(wanted -> !now.has(wanted.id())).toList();
      for (CatalogObject original : before.ofKind(kind)) {
        CatalogObject old = Objects.requireNonNull(now.get(said.renamed(original.id())));
        if (!after.has(old.id()) && !named.contains(old.id()) && stays(old.id(), after)) {
          for (CatalogObject wanted : fresh) {
            boolean denied =
                answers.no().getOrDefault(original.id(), Set.of()).contains(wanted.id());
            if (!denied && isAlike(old, wanted, now, after)) {
              guesses.add(new Guess(original.id(), wanted.id()));
            }
          }
        }
      }
    }
    return guesses;
  }

  /** A column matters only if its table does not go with it. */
  private static boolean stays(ObjectId id, Catalog after) {
    return id.kind() != Kind.COLUMN || after.has(id.relation(Kind.TABLE));
  }

  private static boolean isAlike(
      CatalogObject old, CatalogObject wanted, Catalog before, Catalog after) {
    boolean samePlace =
        old.id().schema().equals(wanted.id().schema())
            && old.id().parent().equals(wanted.id().parent());
    return samePlace
        && (old.id().kind() == Kind.COLUMN
            ? old.get(Attribute.TYPE).equals(wanted.get(Attribute.TYPE))
            : columns(old.id(), before).equals(columns(wanted.id(), after)));
  }

  private static List<String> columns(ObjectId table, Catalog catalog) {
    return catalog.children(table, Kind.COLUMN).stream()
        .map(column -> column.id().name() + ' ' + column.get(Attribute.TYPE))
        .toList();
  }
}
