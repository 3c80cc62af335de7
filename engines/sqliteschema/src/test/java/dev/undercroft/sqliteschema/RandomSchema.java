package dev.undercroft.sqliteschema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws schemas from a small stock of names, so that two of them have much in common. */
final class RandomSchema {

  private static final List<String> TABLES = List.of("person", "Pet", "order", "my table", "log");
  private static final List<String> COLUMNS = List.of("name", "Age", "group", "a b", "note", "n");
  private static final List<String> TYPES =
      List.of("INTEGER", "TEXT", "REAL", "BLOB", "INT", "varchar (20)", "NUMERIC", "");
  private static final List<String> STRICT = List.of("INTEGER", "TEXT", "REAL", "BLOB", "ANY");

  private final Random random;
  private final List<String> tables = new ArrayList<>();
  private int rules;

  RandomSchema(Random random) {
    this.random = random;
  }

  private boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Names in quotes of every sort, in capitals or not: they mean the same. */
  private String name(String plain) {
    boolean quoted = !plain.matches("\\w+") || plain.equals("order") || plain.equals("group");
    String written = oneIn(6) ? plain.toUpperCase(java.util.Locale.ROOT) : plain;
    return switch (quoted ? random.nextInt(3) : random.nextInt(6)) {
      case 0 -> '"' + written + '"';
      case 1 -> '`' + written + '`';
      case 2 -> '[' + written + ']';
      default -> written;
    };
  }

  String draw() {
    tables.clear();
    TABLES.stream().filter(table -> !oneIn(3)).forEach(tables::add);
    StringBuilder text = new StringBuilder();
    List<List<String>> columns = new ArrayList<>();
    for (String table : tables) {
      columns.add(table(table, text));
    }
    for (int i = 0; i < tables.size(); i++) {
      extras(i, tables.get(i), columns.get(i), text);
    }
    if (oneIn(3)) {
      text.append("CREATE VIRTUAL TABLE search USING fts5(title")
          .append(oneIn(2) ? ", body" : "")
          .append(oneIn(3) ? ", tokenize = 'porter'" : "")
          .append(");\n");
    }
    return text.toString();
  }

  private List<String> table(String table, StringBuilder text) {
    boolean strict = oneIn(4);
    boolean rowless = oneIn(5);
    List<String> columns = new ArrayList<>(List.of("id"));
    List<String> parts = new ArrayList<>();
    parts.add(name("id") + " INTEGER" + (rowless ? " NOT NULL" : ""));
    String key = "PRIMARY KEY";
    if (!rowless && oneIn(3)) {
      parts.set(0, name("id") + " INTEGER " + key + (oneIn(2) ? " AUTOINCREMENT" : ""));
    } else {
      parts.add(
          (rowless || oneIn(2) ? key : "UNIQUE")
              + " ("
              + name("id")
              + (oneIn(5) ? " DESC" : "")
              + ")");
    }
    List<String> rulesOfTable =
        parts.size() > 1 ? new ArrayList<>(List.of(parts.removeLast())) : new ArrayList<>();
    for (String column : COLUMNS) {
      if (!oneIn(3)) {
        parts.add(column(column, columns, strict));
        columns.add(column);
      }
    }
    tableRules(columns, rulesOfTable);
    parts.addAll(rulesOfTable);
    text.append("CREATE TABLE ").append(name(table)).append(oneIn(2) ? "(\n  " : " ( ");
    text.append(String.join(oneIn(2) ? ", -- next\n  " : ",", parts)).append("\n)");
    text.append(rowless ? " WITHOUT ROWID" : "")
        .append(strict ? rowless ? ", STRICT" : " STRICT" : "");
    text.append(";\n");
    return columns;
  }

  private String column(String column, List<String> before, boolean strict) {
    StringBuilder text = new StringBuilder(name(column));
    text.append(' ').append(any(strict ? STRICT : TYPES));
    if (oneIn(8)) {
      return text.append(" AS (")
          .append(name(any(before)))
          .append(" || 'x')")
          .append(oneIn(2) ? " STORED" : oneIn(2) ? " VIRTUAL" : "")
          .toString();
    }
    if (oneIn(4)) {
      text.append(" NOT NULL").append(oneIn(2) ? " DEFAULT 5" : " DEFAULT '5'");
    } else if (oneIn(4)) {
      text.append(any(List.of(" DEFAULT 1", " DEFAULT (1 + 1)", " DEFAULT NULL", " DEFAULT -2")));
    }
    if (oneIn(6)) {
      text.append(any(List.of(" COLLATE NOCASE", " COLLATE binary", " COLLATE RTRIM")));
    }
    columnRules(column, text);
    return text.toString();
  }

  private void columnRules(String column, StringBuilder text) {
    if (oneIn(6)) {
      String name = oneIn(2) ? " CONSTRAINT rule" + ++rules : "";
      text.append(name)
          .append(" CHECK (")
          .append(name(column))
          .append(any(List.of(" <> 99", "!=99", " is not 98")))
          .append(")");
    }
    if (oneIn(8)) {
      text.append(" UNIQUE");
    }
    if (oneIn(7)) {
      text.append(" REFERENCES ")
          .append(name(any(tables)))
          .append(" (id)")
          .append(
              any(
                  List.of(
                      "",
                      " ON DELETE CASCADE",
                      " ON UPDATE SET NULL",
                      " DEFERRABLE INITIALLY DEFERRED")));
    }
  }

  private void tableRules(List<String> columns, List<String> parts) {
    if (oneIn(4)) {
      parts.add("UNIQUE (" + name(any(columns)) + ", " + name("id") + ")");
    }
    if (oneIn(4)) {
      parts.add(
          (oneIn(2) ? "CONSTRAINT ck " : "")
              + "CHECK ("
              + name(any(columns))
              + " <> 'q' OR id > 0)");
    }
    if (oneIn(5)) {
      parts.add(
          "FOREIGN KEY ("
              + name(any(columns))
              + ") REFERENCES "
              + name(any(tables))
              + " (id)"
              + (oneIn(2) ? " ON DELETE SET NULL" : ""));
    }
  }

  private void extras(int number, String table, List<String> columns, StringBuilder text) {
    if (oneIn(2)) {
      text.append(oneIn(4) ? "CREATE UNIQUE INDEX i" : "create index i")
          .append(number)
          .append(" ON ")
          .append(name(table))
          .append(" (")
          .append(name(any(columns)))
          .append(any(List.of("", " DESC", " asc", " COLLATE NOCASE")))
          .append(", ")
          .append(name("id"))
          .append(")")
          .append(oneIn(4) ? " WHERE id > 0" : "")
          .append(";\n");
    }
    if (oneIn(4)) {
      text.append("CREATE INDEX e")
          .append(number)
          .append(" ON ")
          .append(name(table))
          .append(" (lower(")
          .append(name(any(columns)))
          .append("));\n");
    }
    viewsAndTriggers(number, table, columns, text);
  }

  private void viewsAndTriggers(
      int number, String table, List<String> columns, StringBuilder text) {
    if (oneIn(3)) {
      text.append("CREATE VIEW v")
          .append(number)
          .append(" AS SELECT ")
          .append(name(any(columns)))
          .append(" AS x FROM ")
          .append(name(table))
          .append(";\n");
    }
    if (oneIn(6)) {
      text.append("CREATE VIEW w")
          .append(number)
          .append(" AS SELECT a.id FROM ")
          .append(name(table))
          .append(" a JOIN ")
          .append(name(any(tables)))
          .append(" b USING (id);\n");
    }
    if (oneIn(3)) {
      text.append("CREATE TRIGGER t")
          .append(number)
          .append(any(List.of(" AFTER INSERT", " BEFORE UPDATE", " AFTER DELETE")))
          .append(" ON ")
          .append(name(table))
          .append(oneIn(2) ? " FOR EACH ROW" : "")
          .append(" BEGIN UPDATE ")
          .append(name(any(tables)))
          .append(" SET id = id WHERE 0; END;\n");
    }
  }
}
