package dev.undercroft.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jooq.meta.jaxb.ForcedType;

/**
 * PostgreSQL types that jOOQ does not know by itself and would give as {@link Object}: applications
 * get them as text, in the form the server writes. The class that carries them is written beside
 * the tables, so that the generated code needs nothing but jOOQ.
 */
final class TextTypes {

  private static final String CLASS = "PostgresText";

  private static final List<String> NAMES =
      List.of(
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "citext",
          "tsvector",
          "tsquery",
          "ltree",
          "hstore",
          "money",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "pg_lsn",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "int4multirange",
          "int8multirange",
          "nummultirange",
          "tsmultirange",
          "tstzmultirange",
          "datemultirange");

  private TextTypes() {}

  static List<ForcedType> forced(String packageName) {
    return NAMES.stream()
        .map(name ->
            new ForcedType()
                .withUserType("java.lang.String")
                .withBinding("new " + packageName + "." + CLASS + "(\"" + name + "\")")
                .withIncludeTypes("(?i:" + name + ")"))
        .toList();
  }

  static void writeInto(Path packageFolder, String packageName) throws IOException {
    Files.writeString(
        packageFolder.resolve(CLASS + ".java"), template().replace("{package}", packageName));
  }

  private static String template() {
    try (InputStream in =
        Objects.requireNonNull(TextTypes.class.getResourceAsStream(CLASS + ".java.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
