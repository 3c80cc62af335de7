package dev.undercroft.acceptance;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.prisma.PrismaSchema;
import dev.undercroft.prisma.PrismaText;
import dev.undercroft.schema.Scope;
import dev.undercroft.schema.ScratchServer;
import dev.undercroft.schema.SqlLoader;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a schema in Prisma's language, reads that back, and compares what the two give. */
final class PrismaCheck {

  /** What the platform brings, and some schemas speak of. */
  static final SqlSource PLATFORM =
      new SqlSource(
          "platform",
          """
          create schema undercroft;
          create function undercroft.tenant() returns text language sql stable as 'select null::text';
          create function undercroft.tenant_uuid() returns uuid language sql stable as 'select null::uuid';
          create function undercroft.actor_role() returns text language sql stable as 'select null::text';
          """);

  private final ScratchServer server;
  private final PostgresIntrospector introspector = new PostgresIntrospector();

  PrismaCheck(ScratchServer server) {
    this.server = server;
  }

  /** What some statements give. */
  Catalog load(List<SqlSource> files) {
    try (ScratchServer.Scratch scratch = server.create()) {
      boolean platform = files.stream().anyMatch(file -> file.text().contains("undercroft."));
      if (platform) {
        SqlLoader.load(scratch.connection(), List.of(PLATFORM));
      }
      SqlLoader.load(scratch.connection(), files);
      return introspector.read(scratch.connection(), Scope.ALL);
    }
  }

  /** What is lost on the way there and back, though the writer did not say so. */
  List<String> run(List<SqlSource> files) {
    Catalog catalog = load(files);
    PrismaText written = PrismaText.of(catalog);
    Catalog back =
        load(
            List.of(
                PrismaSchema.toSql(
                    "back", List.of(new SqlSource("schema.prisma", written.text())))));
    List<String> wrong = new ArrayList<>();
    for (Change change : Diff.between(back, catalog)) {
      if (!isTold(change.id(), written.missing(), catalog)) {
        wrong.add(described(change));
      }
    }
    if (!wrong.isEmpty()) {
      wrong.add(written.text());
    }
    return wrong;
  }

  /** What a catalog has more, or otherwise, than a Prisma schema says; in words, sorted. */
  List<String> onlyIn(Catalog catalog, Path schema) throws IOException {
    SqlSource prisma = new SqlSource(schema.toString(), Files.readString(schema));
    Catalog said = load(List.of(PrismaSchema.toSql("prisma", List.of(prisma))));
    return Diff.between(said, catalog).stream().map(PrismaCheck::described).sorted().toList();
  }

  private static boolean isTold(ObjectId id, Set<ObjectId> missing, Catalog catalog) {
    if (missing.contains(id)) {
      return true;
    }
    if (!id.parent().isEmpty()) {
      return missing.stream().anyMatch(one -> isInside(id, one));
    }
    return switch (id.kind()) {
      case INDEX -> ofMissingTable(id, missing, catalog) || replacesConstraint(id, missing);
      case SEQUENCE, SEQUENCE_OWNERSHIP -> counts(id, missing);
      default -> false;
    };
  }

  /** Whether an object belongs to a missing relation or type, or to a missing column. */
  private static boolean isInside(ObjectId id, ObjectId missing) {
    boolean whole = missing.parent().isEmpty() && missing.name().equals(id.parent());
    boolean column = missing.kind() == Kind.COLUMN && id.as(Kind.COLUMN).equals(missing);
    return missing.schema().equals(id.schema()) && (whole || column);
  }

  private static boolean ofMissingTable(ObjectId index, Set<ObjectId> missing, Catalog catalog) {
    CatalogObject object = catalog.get(index);
    return object != null && missing.contains(ObjectId.at(Kind.TABLE, object.get(Attribute.TABLE)));
  }

  /** Prisma has unique indexes, and no unique constraints. */
  private static boolean replacesConstraint(ObjectId index, Set<ObjectId> missing) {
    return missing.stream()
        .anyMatch(one -> one.kind() == Kind.CONSTRAINT && one.name().equals(index.name()));
  }

  /** An identity column becomes one that takes its numbers from a sequence. */
  private static boolean counts(ObjectId sequence, Set<ObjectId> missing) {
    return missing.stream()
        .anyMatch(one ->
            one.kind() == Kind.COLUMN
                && sequence.name().equals(one.parent() + "_" + one.name() + "_seq"));
  }

  /** A change in words. */
  static String described(Change change) {
    if (change instanceof Change.Altered altered) {
      return altered.attributes().stream()
              .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .sorted()
              .collect(Collectors.joining(", "))
          + " of "
          + altered.id();
    }
    return change.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ' ' + change.id();
  }
}
