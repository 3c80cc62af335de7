package dev.undercroft.prisma;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A catalog in Prisma's schema language. Read back with {@link PrismaSchema#toSql}, it gives the
 * same database but for what is named as missing. Names of models, fields and relations follow what
 * {@code prisma db pull} writes. Immutable.
 *
 * @param text the schema, one file
 * @param missing what the language cannot say, or not wholly; what belongs to a missing table, view
 *     or type is missing with it
 * @param notes the same for people, one for each kind of thing
 */
public record PrismaText(String text, Set<ObjectId> missing, List<Problem> notes) {

  /** Copies the collections. */
  public PrismaText {
    missing = Set.copyOf(missing);
    notes = List.copyOf(notes);
  }

  /**
   * Writes a catalog.
   *
   * @throws dev.undercroft.base.ProblemException if it is of no PostgreSQL
   */
  public static PrismaText of(Catalog catalog) {
    if (!catalog.server().product().equals("PostgreSQL")) {
      throw Problem.of(
              "PRISMA_OTHER_DATABASE",
              ProblemKind.INPUT,
              "a Prisma schema can be written for PostgreSQL only, and this is of "
                  + catalog.server().product())
          .withRemedy("Choose another --format, or let `prisma db pull` write it.")
          .exception();
    }
    Said said = new Said(catalog);
    String text = new CatalogWriter(catalog, said).text();
    Map<ObjectId, String> missing = said.missing();
    StringBuilder all = new StringBuilder(text);
    if (!missing.isEmpty()) {
      all.append("\n// The database has more than Prisma's language can say:\n");
      missing
          .values()
          .forEach(name -> all.append("// ").append(name.replaceAll("\\s+", " ")).append('\n'));
    }
    return new PrismaText(all.toString(), missing.keySet(), Said.notes(missing));
  }
}
