package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;

/** When a trigger, rule or event trigger fires. Stateless. */
final class FiringState {

  private FiringState() {}

  static String words(CatalogObject object) {
    return switch (object.get(Attribute.ENABLED)) {
      case "D" -> "DISABLE";
      case "R" -> "ENABLE REPLICA";
      case "A" -> "ENABLE ALWAYS";
      default -> "ENABLE";
    };
  }
}
