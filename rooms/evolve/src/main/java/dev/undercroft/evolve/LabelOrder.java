package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Prisma's enums have no order: its migrations put new labels last, wherever they stand in the
 * schema. When the labels of a database and of a Prisma schema differ only in the order of old
 * ones, nothing is to be done about it. Stateless.
 */
final class LabelOrder {

  private LabelOrder() {}

  /** The catalog of a Prisma schema with the order that the other side has. */
  static Catalog settle(Catalog other, Catalog prisma) {
    List<CatalogObject> objects = new ArrayList<>();
    boolean changed = false;
    for (CatalogObject object : prisma.objects()) {
      CatalogObject settled = settle(other, object);
      changed |= !settled.equals(object);
      objects.add(settled);
    }
    return changed
        ? new Catalog(prisma.server(), objects, prisma.dependencies(), prisma.unmodelled())
        : prisma;
  }

  private static CatalogObject settle(Catalog other, CatalogObject object) {
    CatalogObject old = object.id().kind() == Kind.ENUM ? other.get(object.id()) : null;
    if (old == null) {
      return object;
    }
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
}
