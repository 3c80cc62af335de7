package dev.undercroft.lint;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.lint.Finding.Place;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.util.List;

/**
 * What an advisor sees, and where it puts what it finds.
 *
 * @param catalog what the database contains
 * @param findings takes what is found
 */
record Advice(Catalog catalog, List<Finding> findings) {

  void report(Rule rule, ObjectId object, String message) {
    findings.add(new Finding(rule, new Place(object.toString(), 0, 0), message, ""));
  }

  /** A definition as the server prints it, to be read by its words. */
  static Phrase read(String definition) {
    List<Statement> statements =
        Script.read(new SqlSource("definition", definition + ";"), Dialect.POSTGRESQL).statements();
    return Phrase.of(statements.getFirst());
  }

  boolean isGuarded(ObjectId table) {
    return catalog.find(table).filter(one -> one.has(Attribute.ROW_SECURITY)).isPresent();
  }

  /** Whether something reads a table that row policies guard. */
  boolean readsGuarded(CatalogObject reader) {
    return catalog.needs(reader.id()).stream()
        .map(need -> need.to())
        .map(to -> to.kind() == Kind.COLUMN ? to.relation(Kind.TABLE) : to)
        .anyMatch(to -> to.kind() == Kind.TABLE && isGuarded(to));
  }
}
