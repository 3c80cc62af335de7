package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diagram.EntityModel;
import dev.undercroft.diagram.Mermaid;
import dev.undercroft.diagram.SvgDiagram;
import dev.undercroft.prisma.PrismaText;
import dev.undercroft.sql.Dialect;
import java.util.List;
import java.util.stream.Stream;

/**
 * A schema that was read, and how it is written. Immutable.
 *
 * @param catalog what it says
 * @param fresh what is there before anything is made
 * @param notes what was left out of it, or met and not modelled
 * @param engine writes it as SQL
 */
public record Inspected(Catalog catalog, Catalog fresh, List<Problem> notes, SchemaEngine engine) {

  /** Copies the list. */
  public Inspected {
    notes = List.copyOf(notes);
  }

  /** As the statements that make it in an empty database. */
  public String sql() {
    return SqlText.of(fresh, catalog, engine);
  }

  /**
   * A schema as text, and what the text does not say.
   *
   * @param notes these and the notes of reading it
   */
  public record Written(String text, List<Problem> notes) {
    /** Copies the list. */
    public Written {
      notes = List.copyOf(notes);
    }
  }

  /**
   * In Prisma's schema language.
   *
   * @throws dev.undercroft.base.ProblemException if the schema is not of PostgreSQL
   */
  public Written prisma() {
    if (engine.sql() != Dialect.POSTGRESQL) {
      throw Problem.of(
              "EVOLVE_NO_PRISMA",
              ProblemKind.INPUT,
              "a Prisma schema is only written of PostgreSQL, not of " + catalog.server())
          .withRemedy("Write sql, json, mermaid or svg.")
          .exception();
    }
    PrismaText written = PrismaText.of(catalog);
    return new Written(
        written.text(), Stream.concat(notes.stream(), written.notes().stream()).toList());
  }

  /** As the text of a Mermaid diagram of entities and relations. */
  public String mermaid() {
    return Mermaid.of(EntityModel.of(catalog));
  }

  /** As a picture of entities and relations. */
  public String svg() {
    return SvgDiagram.of(EntityModel.of(catalog));
  }

  /** As a JSON document that is a source itself. */
  public String json() {
    return CatalogJson.write(catalog);
  }
}
