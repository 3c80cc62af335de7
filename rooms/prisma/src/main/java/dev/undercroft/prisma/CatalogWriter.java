package dev.undercroft.prisma;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a catalog in Prisma's schema language. Used once. */
final class CatalogWriter {

  /** Prisma's own history, which is never part of its schema. */
  private static final String HISTORY = "_prisma_migrations";

  private final Catalog catalog;
  private final Said said;
  private final PrismaWords blocks = new PrismaWords();
  private final Map<String, String> enums = new HashMap<>();
  private final Map<String, Map<String, String>> labels = new HashMap<>();
  private final Map<String, String> domains = new HashMap<>();
  private final Set<String> unsayable = new HashSet<>();
  private final Map<ObjectId, WrittenModel> models = new LinkedHashMap<>();
  private final Set<String> schemas = new TreeSet<>();

  CatalogWriter(Catalog catalog, Said said) {
    this.catalog = catalog;
    this.said = said;
  }

  String text() {
    catalog.ofKind(Kind.SCHEMA).forEach(this::schema);
    List<String> extensions = extensions();
    List<String> enumerations = new ArrayList<>();
    types();
    List<CatalogObject> tables =
        catalog.ofKind(Kind.TABLE).stream()
            .filter(table -> !catalog.has(table.id().as(Kind.PARTITION)))
            .filter(table -> !table.id().name().equals(HISTORY))
            .toList();
    Map<ObjectId, String> names = new HashMap<>();
    tables.forEach(table -> names.put(table.id(), blocks.block(table.id().name())));
    catalog.ofKind(Kind.ENUM).forEach(one -> enumeration(one, enumerations));
    Relations relations = new Relations(catalog, said, models);
    for (CatalogObject table : tables) {
      if (!relations.isBetween(table.id(), names)) {
        WrittenModel model =
            new WrittenModel(table.id(), names.getOrDefault(table.id(), table.id().name()));
        models.put(table.id(), model);
        new ModelWriter(catalog, said, this, model).write();
      }
    }
    relations.write();
    StringBuilder text = new StringBuilder(head(extensions));
    for (WrittenModel model : models.values()) {
      mapped(model);
      text.append('\n').append(model.text());
    }
    enumerations.forEach(one -> text.append('\n').append(one));
    return text.toString();
  }

  private void mapped(WrittenModel model) {
    if (!model.name.equals(model.table.name())) {
      model.attributes.add("@@map(" + PrismaWords.text(model.table.name()) + ")");
    }
    if (isMulti()) {
      model.attributes.add("@@schema(" + PrismaWords.text(model.table.schema()) + ")");
    }
  }

  private boolean isMulti() {
    return schemas.stream().anyMatch(name -> !name.equals("public"));
  }

  private void schema(CatalogObject schema) {
    schemas.add(schema.id().name());
    said.say(schema.id());
  }

  private List<String> extensions() {
    List<String> extensions = new ArrayList<>();
    PrismaWords words = new PrismaWords();
    for (CatalogObject extension : catalog.ofKind(Kind.EXTENSION)) {
      String name = extension.id().name();
      if (name.equals("plpgsql")) {
        continue;
      }
      said.say(extension.id(), Attribute.EXTENSION_SCHEMA);
      String word = words.word(name);
      List<String> options = new ArrayList<>();
      if (!word.equals(name)) {
        options.add("map: " + PrismaWords.text(name));
      }
      String schema = extension.get(Attribute.EXTENSION_SCHEMA);
      if (!schema.isEmpty() && !extension.has(Attribute.FIXED)) {
        options.add("schema: " + PrismaWords.text(schema));
      }
      extensions.add(options.isEmpty() ? word : word + "(" + String.join(", ", options) + ")");
    }
    return extensions;
  }

  private String head(List<String> extensions) {
    StringBuilder text =
        new StringBuilder("generator client {\n  provider        = \"prisma-client\"\n");
    List<String> features = new ArrayList<>();
    if (models.values().stream().anyMatch(model -> model.text().contains("where: raw("))) {
      features.add("\"partialIndexes\"");
    }
    if (!extensions.isEmpty()) {
      features.add("\"postgresqlExtensions\"");
    }
    if (!features.isEmpty()) {
      text.append("  previewFeatures = [").append(String.join(", ", features)).append("]\n");
    }
    text.append("}\n\ndatasource db {\n  provider   = \"postgresql\"\n");
    if (!extensions.isEmpty()) {
      text.append("  extensions = [").append(String.join(", ", extensions)).append("]\n");
    }
    if (isMulti()) {
      text.append("  schemas    = [")
          .append(String.join(", ", schemas.stream().map(PrismaWords::text).toList()))
          .append("]\n");
    }
    return text.append("}\n").toString();
  }

  /** Types that are no enums: a domain is said by what is under it, the others not at all. */
  private void types() {
    for (CatalogObject domain : catalog.ofKind(Kind.DOMAIN)) {
      spellings(domain.id()).forEach(name -> domains.put(name, domain.get(Attribute.TYPE)));
    }
    for (Kind kind : List.of(Kind.COMPOSITE, Kind.RANGE, Kind.TABLE, Kind.VIEW)) {
      catalog.ofKind(kind).forEach(type -> unsayable.addAll(spellings(type.id())));
    }
  }

  private void enumeration(CatalogObject object, List<String> texts) {
    if (object.get(Attribute.LABELS).isEmpty()) {
      unsayable.addAll(spellings(object.id()));
      return;
    }
    said.say(object.id(), Attribute.LABELS);
    String name = blocks.block(object.id().name());
    PrismaWords words = new PrismaWords();
    Map<String, String> own = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder("enum ").append(name).append(" {\n");
    for (String line : object.lines(Attribute.LABELS)) {
      String label = line.substring(1, line.length() - 1).replace("''", "'");
      String word = words.word(label);
      own.put(label, word);
      text.append("  ").append(word);
      text.append(word.equals(label) ? "" : " @map(" + PrismaWords.text(label) + ")").append('\n');
    }
    String id = object.id().name();
    text.append(name.equals(id) && !isMulti() ? "" : "\n");
    text.append(name.equals(id) ? "" : "  @@map(" + PrismaWords.text(id) + ")\n");
    text.append(isMulti() ? "  @@schema(" + PrismaWords.text(object.id().schema()) + ")\n" : "");
    texts.add(text.append("}\n").toString());
    spellings(object.id()).forEach(spelled -> enums.put(spelled, name));
    labels.put(name, own);
  }

  /** The ways in which a server may print a qualified name: each part with and without quotes. */
  private static List<String> spellings(ObjectId id) {
    String schema = PrismaSql.quoted(id.schema());
    String name = PrismaSql.quoted(id.name());
    return List.of(
        id.schema() + "." + id.name(),
        id.schema() + "." + name,
        schema + "." + id.name(),
        schema + "." + name);
  }

  /** How a column's type is said; whether it is that type is for the caller to compare. */
  ColumnType type(String sql) {
    String base = sql;
    while (domains.containsKey(base)) {
      base = domains.get(base);
    }
    return ColumnType.of(base, enums);
  }

  /** Whether a type is a domain, which the column then loses. */
  boolean isDomain(String sql) {
    return domains.containsKey(sql.replace("[]", ""));
  }

  /** Whether a type cannot be said at all, because nothing in the language makes it. */
  boolean isUnsayable(String sql) {
    return unsayable.contains(sql.replace("[]", "")) || (isDomain(sql) && sql.endsWith("[]"));
  }

  Map<String, String> labels(ColumnType type) {
    return labels.getOrDefault(type.word(), Map.of());
  }
}
