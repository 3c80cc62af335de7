package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Situation;
import java.util.regex.Pattern;

/**
 * Whether a new column makes the server write the whole table anew, because its value differs from
 * row to row (manual, ALTER TABLE, notes). Stateless.
 */
final class Filling {

  /** Functions of the server, and of extensions that are often there, that are volatile. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "\\b(nextval|setval|currval|lastval|random|random_normal|gen_random_uuid|gen_random_bytes"
              + "|uuidv4|uuidv7|uuid_generate_\\w+|clock_timestamp|timeofday|gen_salt)\\(");

  private static final Pattern STEADY = Pattern.compile("\\b(IMMUTABLE|STABLE)\\b");

  private Filling() {}

  static boolean rewrites(CatalogObject column, String expression, Situation situation) {
    return column.is(Attribute.GENERATED, "STORED")
        || column.has(Attribute.IDENTITY)
        || VOLATILE.matcher(expression).find()
        || (!expression.isEmpty() && callsVolatile(column.id(), situation))
        || isOfStrictDomain(column.id(), situation);
  }

  private static boolean callsVolatile(ObjectId column, Situation situation) {
    return situation.after().needs(column.as(Kind.DEFAULT)).stream()
        .map(Dependency::to)
        .filter(id -> id.kind() == Kind.FUNCTION)
        .map(situation.after()::get)
        .anyMatch(function ->
            function != null && !STEADY.matcher(function.get(Attribute.DEFINITION)).find());
  }

  /** The rule of a domain is checked row by row, also one that goes later or came before. */
  private static boolean isOfStrictDomain(ObjectId column, Situation situation) {
    return situation.after().needs(column).stream()
        .map(Dependency::to)
        .filter(id -> id.kind() == Kind.DOMAIN)
        .anyMatch(
            domain -> isStrict(domain, situation.after()) || isStrict(domain, situation.before()));
  }

  private static boolean isStrict(ObjectId domain, Catalog catalog) {
    return !catalog.children(domain, Kind.CONSTRAINT).isEmpty()
        || catalog.find(domain).map(object -> object.has(Attribute.NOT_NULL)).orElse(false);
  }
}
