package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The extensions without which a schema cannot be in a database, because it uses their types,
 * functions or operator classes. Prisma leaves them to a migration when its datasource does not
 * name them. Stateless.
 */
final class NeededExtensions {

  private static final Map<String, Pattern> TRACES =
      Map.of(
          "citext", Pattern.compile("\\bcitext\\b"),
          "pg_trgm", Pattern.compile("\\bg(in|ist)_trgm_ops\\b"),
          "uuid-ossp", Pattern.compile("\\buuid_generate_v\\d\\w*\\("),
          "pgcrypto", Pattern.compile("\\bgen_random_bytes\\("),
          "vector", Pattern.compile("\\b(half|sparse)?vec(tor)?(\\(|$)|\\bvector_\\w+_ops\\b"),
          "postgis", Pattern.compile("\\bgeo(metry|graphy)\\b"),
          "hstore", Pattern.compile("\\bhstore\\b"),
          "ltree", Pattern.compile("\\bltree\\b"));

  private NeededExtensions() {}

  /** Their names. */
  static Set<String> of(List<Block> models) {
    Set<String> needed = new TreeSet<>();
    for (Block model : models) {
      model.attributes().forEach(attribute -> add(attribute, needed));
      for (Field field : model.fields()) {
        field.unsupported().ifPresent(type -> add(type, needed));
        field.attributes().forEach(attribute -> add(attribute, needed));
      }
    }
    return needed;
  }

  private static void add(Attribute attribute, Set<String> needed) {
    if (attribute.name().endsWith(".Citext")) {
      needed.add("citext");
    }
    attribute.arguments().forEach(argument -> add(argument.value(), needed));
  }

  /** What stands in quotes inside functions: SQL, and not the text of a default. */
  private static void add(Value value, Set<String> needed) {
    switch (value) {
      case Value.Items items -> items.values().forEach(one -> add(one, needed));
      case Value.Call call -> {
        for (Argument argument : call.arguments()) {
          if (argument.value() instanceof Value.Text sql) {
            add(sql.text(), needed);
          } else {
            add(argument.value(), needed);
          }
        }
      }
      default -> {}
    }
  }

  private static void add(String sql, Set<String> needed) {
    TRACES.forEach((name, trace) -> {
      if (trace.matcher(sql).find()) {
        needed.add(name);
      }
    });
  }
}
