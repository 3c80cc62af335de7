package dev.undercroft.evolve;

import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.sql.SqlSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether migrations that a branch brought late may run behind those that are applied: both
 * orders are carried out in scratch databases, and must lead to the same. Thread-safe.
 */
public final class Branches {

  private final Databases databases;
  private final SchemaEngine engine;

  /** Works with these databases of one kind. */
  public Branches(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
  }

  /**
   * Why the order matters, a sentence each; empty when it does not.
   *
   * @param applied the migrations that are applied, in the order of their versions
   * @param late those that are not, and have lower versions than some of the applied
   * @throws ProblemException if no scratch database can be had
   */
  public List<String> conflicts(
      List<MigrationText> applied, List<MigrationText> late, Frame frame) {
    List<String> rows = RowConflicts.between(applied, late);
    if (!rows.isEmpty()) {
      return rows;
    }
    List<MigrationText> asThere = new ArrayList<>(applied);
    asThere.addAll(late);
    List<MigrationText> asNamed =
        asThere.stream().sorted(Comparator.comparingLong(RowConflicts::version)).toList();
    try (Desk desk = new Desk(databases, engine, frame)) {
      desk.wish(0);
      desk.reachable();
      Order here = Order.of(desk, asThere);
      Order fresh = Order.of(desk, asNamed);
      return here.catalog().isPresent() && fresh.catalog().isPresent()
          ? differences(here.catalog().get(), fresh.catalog().get())
          : refusals(here, fresh);
    }
  }

  /** What one order gave, or why it could not be carried out. */
  private record Order(Optional<Catalog> catalog, String refusal) {

    static Order of(Desk desk, List<MigrationText> migrations) {
      List<SqlSource> scripts = migrations.stream().map(MigrationText::script).toList();
      Source source = new Source.Sql("the migrations in one order", scripts, false);
      try {
        return new Order(Optional.of(desk.carriedOut(source, scripts).catalog()), "");
      } catch (ProblemException refused) {
        return new Order(Optional.empty(), refused.first().message());
      }
    }
  }

  private static List<String> refusals(Order here, Order fresh) {
    List<String> sentences = new ArrayList<>();
    if (!here.refusal().isEmpty()) {
      sentences.add("behind what is applied it fails: " + here.refusal());
    }
    if (!fresh.refusal().isEmpty()) {
      sentences.add(
          "in the order of the names, as in a new database, it fails: " + fresh.refusal());
    }
    return sentences;
  }

  private static List<String> differences(Catalog here, Catalog fresh) {
    List<Change> changes = Diff.between(fresh, here);
    return changes.stream()
        .map(change -> "a new database and this one would differ: " + Described.of(change))
        .toList();
  }
}
