package dev.undercroft.pgddl;

import dev.undercroft.catalog.ObjectId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes names in SQL: quoted where the server would not read them otherwise. Stateless. */
final class Names {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** All keywords of versions 15 to 18 that are not unreserved (manual, appendix C). */
  private static final Set<String> KEYWORDS =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization between bigint binary \
          bit boolean both case cast char character check coalesce collate collation column \
          concurrently constraint create cross current_catalog current_date current_role \
          current_schema current_time current_timestamp current_user dec decimal default \
          deferrable desc distinct do else end except exists extract false fetch float for foreign \
          freeze from full grant greatest group grouping having ilike in initially inner inout int \
          integer intersect interval into is isnull join json json_array json_arrayagg json_exists \
          json_object json_objectagg json_query json_scalar json_serialize json_table json_value \
          lateral leading least left like limit localtime localtimestamp merge_action national \
          natural nchar none normalize not notnull null nullif numeric offset on only or order out \
          outer overlaps overlay placing position precision primary real references returning \
          right row select session_user setof similar smallint some substring symmetric \
          system_user table tablesample then time timestamp to trailing treat trim true union \
          unique user using values varchar variadic verbose when where window with xmlattributes \
          xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot \
          xmlserialize xmltable\
          """
              .split(" ", -1));

  private Names() {}

  /** One name. */
  static String quoted(String name) {
    return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The object's name with its schema, if it has one. */
  static String of(ObjectId id) {
    return id.schema().isEmpty()
        ? quoted(id.name())
        : quoted(id.schema()) + '.' + quoted(id.name());
  }

  /** The relation the object belongs to. */
  static String parent(ObjectId id) {
    return quoted(id.schema()) + '.' + quoted(id.parent());
  }

  /** A place as attributes hold it: parts with tabs between. */
  static String at(String place) {
    return List.of(place.split("\t", -1)).stream()
        .map(Names::quoted)
        .collect(Collectors.joining("."));
  }

  /** A text constant. */
  static String literal(String text) {
    String quoted = '\'' + text.replace("'", "''") + '\'';
    return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }
}
