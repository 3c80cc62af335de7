package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;

/** How a column converts what is put into it; SQLite's page "Datatypes", section 3.1. */
enum Affinity {
  /** Numbers, whole ones as such. */
  INTEGER,
  /** Texts. */
  TEXT,
  /** Nothing is converted. */
  BLOB,
  /** Numbers with a fraction. */
  REAL,
  /** Numbers of either sort. */
  NUMERIC;

  static Affinity of(CatalogObject column) {
    return of(column.get(Attribute.TYPE));
  }

  static Affinity of(String type) {
    if (type.contains("INT")) {
      return INTEGER;
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return TEXT;
    }
    if (type.contains("BLOB") || type.isEmpty() || type.equals("ANY")) {
      return BLOB;
    }
    boolean real = type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB");
    return real ? REAL : NUMERIC;
  }
}
