package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What is no difference between a database and a Prisma schema, because Prisma's language does not
 * tell the two apart: the order of an enum's labels (its migrations put new ones last, wherever
 * they stand in the schema), whether a list may be null, and how a default is spelled. Stateless.
 */
final class PrismaMeaning {

  private PrismaMeaning() {}

  /** The catalog of a Prisma schema, with the choices of the other side where it makes none. */
  static Catalog settle(Catalog other, Catalog prisma) {
    List<CatalogObject> objects = new ArrayList<>();
    boolean changed = false;
    for (CatalogObject object : prisma.objects()) {
      CatalogObject there = other.get(object.id());
      CatalogObject settled = there == null ? object : settle(object, there, prisma);
      changed |= !settled.equals(object);
      objects.add(settled);
    }
    return changed
        ? new Catalog(prisma.server(), objects, prisma.dependencies(), prisma.unmodelled())
        : prisma;
  }

  private static CatalogObject settle(CatalogObject wanted, CatalogObject there, Catalog prisma) {
    return switch (wanted.id().kind()) {
      case ENUM -> labels(wanted, there);
      case COLUMN -> list(wanted, there);
      case DEFAULT -> spelling(wanted, there, prisma);
      default -> wanted;
    };
  }

  private static CatalogObject labels(CatalogObject object, CatalogObject old) {
    List<String> wanted = object.lines(Attribute.LABELS);
    List<String> there = old.lines(Attribute.LABELS);
    List<String> common = wanted.stream().filter(there::contains).toList();
    if (common.equals(there) || !new HashSet<>(common).containsAll(there)) {
      return object;
    }
    List<String> labels = new ArrayList<>(there);
    for (int at = 0; at < wanted.size(); at++) {
      if (!labels.contains(wanted.get(at))) {
        labels.add(at == 0 ? 0 : labels.indexOf(wanted.get(at - 1)) + 1, wanted.get(at));
      }
    }
    return object.with(Attribute.LABELS, String.join("\n", labels));
  }

  private static CatalogObject list(CatalogObject wanted, CatalogObject there) {
    String type = wanted.get(Attribute.TYPE);
    return type.endsWith("[]") && there.is(Attribute.TYPE, type)
        ? wanted
            .with(Attribute.NOT_NULL, there.get(Attribute.NOT_NULL))
            .with(Attribute.NOT_NULL_NAME, there.get(Attribute.NOT_NULL_NAME))
        : wanted;
  }

  private static CatalogObject spelling(CatalogObject wanted, CatalogObject there, Catalog prisma) {
    CatalogObject column = prisma.get(wanted.id().as(Kind.COLUMN));
    String type = column == null ? "" : column.get(Attribute.TYPE);
    String own = wanted.get(Attribute.EXPRESSION);
    String other = there.get(Attribute.EXPRESSION);
    boolean empty = own.equals("ARRAY[]::" + type) && other.equals("'{}'::" + type);
    boolean now = own.equals("CURRENT_TIMESTAMP") && other.equals("now()");
    return empty || now ? wanted.with(Attribute.EXPRESSION, other) : wanted;
  }
}
