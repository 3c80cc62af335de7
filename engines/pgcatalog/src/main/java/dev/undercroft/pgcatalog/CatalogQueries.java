package dev.undercroft.pgcatalog;

import dev.undercroft.schema.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries of this room as a given server and scope need them: lines for other versions left
 * out, words in braces written out. Immutable.
 */
final class CatalogQueries {

  private static final List<String> FILES =
      List.of("relations.sql", "types.sql", "routines.sql", "others.sql");
  private static final Pattern VERSION = Pattern.compile("^(.*?)-- @(since|until) (\\d+)$");
  private static final Pattern WORD = Pattern.compile("\\{([a-z]+)([^{}]*)}");

  private final int major;
  private final String userSchema;
  private final boolean connections;
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** For a server of that version, whose user may read how subscriptions connect or may not. */
  CatalogQueries(int major, Scope scope, boolean connections) {
    this.major = major;
    this.connections = connections;
    this.userSchema = userSchema(scope);
    FILES.forEach(this::load);
  }

  /** The query of that name, ready to send; empty when this server has nothing to ask. */
  String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no query " + name);
    }
    return text;
  }

  /** The names of all queries that give objects, in the order of the files. */
  List<String> objectQueries() {
    return texts.entrySet().stream()
        .filter(entry -> entry.getValue().contains(" kind,"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void load(String file) {
    String name = "";
    List<String> lines = new ArrayList<>();
    for (String line : resource(file).split("\n", -1)) {
      if (line.startsWith("-- @query ")) {
        add(name, lines);
        name = line.substring("-- @query ".length()).strip();
        lines.clear();
      } else if (!line.startsWith("--")) {
        forThisVersion(line, lines);
      }
    }
    add(name, lines);
  }

  private void add(String name, List<String> lines) {
    if (!name.isEmpty()) {
      texts.put(name, expand(String.join("\n", lines).strip()));
    }
  }

  private void forThisVersion(String line, List<String> lines) {
    Matcher matcher = VERSION.matcher(line.stripTrailing());
    if (!matcher.matches()) {
      lines.add(line);
      return;
    }
    int bound = Integer.parseInt(matcher.group(3));
    if (matcher.group(2).equals("since") ? major >= bound : major <= bound) {
      lines.add(matcher.group(1));
    }
  }

  /** Writes out words until none is left; a word may contain others. */
  private String expand(String text) {
    String now = text;
    Matcher matcher = WORD.matcher(now);
    while (matcher.find()) {
      now = matcher.replaceAll(match -> Matcher.quoteReplacement(word(match)));
      matcher = WORD.matcher(now);
    }
    return now;
  }

  private String word(MatchResult match) {
    String[] arguments = match.group(2).strip().split(" ", -1);
    String first = arguments[0];
    return switch (match.group(1)) {
      case "user" -> userSchema.formatted(first);
      case "member" ->
          "exists (select from pg_depend dm where dm.classid = %s and dm.objid = %s and dm.deptype = 'e')"
              .formatted(first, arguments[1]);
      case "role" -> "(select oid from pg_roles where rolname = current_user)";
      case "owner" -> "case when %1$s <> {role} then pg_get_userbyid(%1$s) end".formatted(first);
      case "options", "pairs" ->
          "(select string_agg(ov, E'\\n' order by oo) from unnest(%s) with ordinality ot(ov, oo))"
              .formatted(first);
      case "types" ->
          "(select coalesce(string_agg(format_type(tv, null), ', ' order by tn), '') from unnest(%s) with ordinality tt(tv, tn))"
              .formatted(first);
      case "connection" -> connections ? connection(first) : "null::text";
      case "with" -> with(first);
      case "aclitems" -> privileges(first, arguments[1]);
      case "acl" -> aclUnlessDefault(first, arguments[1], arguments[2]);
      default -> throw new IllegalStateException("no word " + match.group());
    };
  }

  private static String privileges(String acl, String owner) {
    String grantee =
        "case when ax.grantee = 0 then '=' when ax.grantee = %s then '@' else '!' || pg_get_userbyid(ax.grantee) end"
            .formatted(owner);
    String line =
        grantee
            + " || E'\\t' || ax.privilege_type || case when ax.is_grantable then '*' else '' end";
    return "coalesce((select string_agg(%1$s, E'\\n' order by (%1$s) collate \"C\") from aclexplode(%2$s) ax), 'none')"
        .formatted(line, acl);
  }

  private static String aclUnlessDefault(String acl, String type, String owner) {
    return "case when %1$s is not null then nullif(%2$s, %3$s) end"
        .formatted(
            acl,
            privileges(acl, owner),
            privileges("acldefault('%s', %s)".formatted(type, owner), owner));
  }

  /** Where a subscription connects to; a password is nobody's business. */
  private static String connection(String column) {
    String word = "\\s*\\ypassword\\s*=\\s*(''(\\\\.|[^''\\\\])*''|\\S+)";
    return "regexp_replace(regexp_replace(%s, '%s', '', 'g'), '(://[^:/@]*):[^@]*@', '\\1@')"
        .formatted(column, word);
  }

  private static String with(String options) {
    return """
    coalesce(' WITH (' || (select string_agg(quote_ident(split_part(wo, '=', 1)) || '=' || \
    case when quote_ident(substr(wo, strpos(wo, '=') + 1)) = substr(wo, strpos(wo, '=') + 1) \
    then substr(wo, strpos(wo, '=') + 1) else quote_literal(substr(wo, strpos(wo, '=') + 1)) end, ', ' order by wn) \
    from unnest(%s) with ordinality wt(wo, wn)) || ')', '')\
    """
        .formatted(options);
  }

  private static String userSchema(Scope scope) {
    String excluded = literals(scope.excludedSchemas());
    String text =
        "%1$s.nspname !~ '^pg_' and %1$s.nspname <> all (array[" + excluded + "]::name[])";
    return scope.onlySchemas().isEmpty()
        ? text
        : text + " and %1$s.nspname = any (array[" + literals(scope.onlySchemas()) + "]::name[])";
  }

  private static String literals(List<String> names) {
    return String.join(
        ", ",
        names.stream()
            .map(name -> "'" + name.replace("'", "''").replace("%", "%%") + "'")
            .toList());
  }

  private static String resource(String file) {
    try (InputStream stream = CatalogQueries.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
