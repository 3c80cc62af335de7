package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.prisma.PrismaSchema;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells from a word on a command line where a schema stands, and reads its files. Stateless. */
public final class SourceFinder {

  private static final Pattern URL = Pattern.compile("(?i)^(postgres|postgresql)://.*");
  private static final Pattern SQLITE_URL = Pattern.compile("(?i)^(sqlite|file):.*");
  private static final Pattern OTHER_URL = Pattern.compile("(?i)^[a-z][a-z0-9+.-]+://.*");
  private static final byte[] SQLITE_FILE = "SQLite format 3\0".getBytes(StandardCharsets.UTF_8);
  private static final Pattern PASSWORD = Pattern.compile("(://[^/@:?]*:).*@|(password=)[^&]*");

  private static final String PRISMA = ".prisma";

  /** The script of a migration; below a Prisma schema its folder is no part of the schema. */
  private static final String MIGRATION = "migration.sql";

  private SourceFinder() {}

  /**
   * The source that a word names.
   *
   * @param word a URL, or a file or folder
   * @param directory where relative paths begin
   * @throws ProblemException if there is no such thing, or it is of no kind that can be read
   */
  public static Source find(String word, Path directory) {
    if (URL.matcher(word).matches()) {
      return new Source.Live(withoutPassword(word), word, Dialect.POSTGRESQL);
    }
    if (SQLITE_URL.matcher(word).matches()) {
      return sqlite(word, word.substring(word.indexOf(':') + 1), directory);
    }
    if (OTHER_URL.matcher(word).matches()) {
      throw problem("no schema can be read from " + withoutPassword(word), "Give " + KINDS + ".")
          .exception();
    }
    try {
      return file(word, directory.resolve(word));
    } catch (InvalidPathException e) {
      throw problem("'" + word + "' is no path", "Give " + KINDS + ".").exception(e);
    } catch (MalformedInputException e) {
      throw problem(word + " is not in UTF-8", "Save it in UTF-8.").exception(e);
    } catch (IOException e) {
      throw problem(word + " cannot be read", "Make it readable for this account.")
          .withDetail(String.valueOf(e.getMessage()))
          .exception(e);
    }
  }

  private static final String KINDS =
      "a .sql file, a folder of them, a .prisma file or folder, a folder of migrations, a catalog .json"
          + " or a URL, postgres://… or sqlite:PATH";

  private static Source file(String word, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return isMigrations(path) ? new Source.Migrations(word, path) : folder(word, path);
    }
    if (!Files.exists(path)) {
      throw problem("there is no file or folder " + word, "Give " + KINDS + ".").exception();
    }
    if (isSqlite(path)) {
      return new Source.Live(word, "sqlite:" + encoded(path.toAbsolutePath()), Dialect.SQLITE);
    }
    String text = Files.readString(path);
    if (word.endsWith(PRISMA)) {
      SqlSource schema = new SqlSource(word, text);
      return new Source.Sql(
          word, List.of(PrismaSchema.toSql(word + " as SQL", List.of(schema))), true);
    }
    return word.endsWith(".json")
        ? new Source.Written(word, text)
        : new Source.Sql(word, List.of(new SqlSource(word, text)), false);
  }

  private static Source folder(String word, Path folder) throws IOException {
    List<SqlSource> files = new ArrayList<>(read(word, folder, ".sql"));
    List<SqlSource> prisma = read(word, folder, PRISMA);
    if (!prisma.isEmpty()) {
      Set<String> migrations =
          files.stream()
              .map(SqlSource::name)
              .filter(name -> name.endsWith(MIGRATION))
              .map(name -> name.substring(0, name.length() - MIGRATION.length()))
              .collect(Collectors.toSet());
      files.removeIf(file -> migrations.contains(file.name().replaceFirst("[^/\\\\]*$", "")));
      files.add(PrismaSchema.toSql(word + " as SQL", prisma));
    }
    if (files.isEmpty()) {
      throw problem("there is no .sql or .prisma file in " + word, "Give " + KINDS + ".")
          .exception();
    }
    return new Source.Sql(word, files, !prisma.isEmpty());
  }

  private static List<SqlSource> read(String word, Path folder, String ending) throws IOException {
    List<SqlSource> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> paths =
          walk.filter(path -> path.toString().endsWith(ending) && Files.isRegularFile(path))
              .sorted()
              .toList();
      for (Path path : paths) {
        String shown = Path.of(word).resolve(folder.relativize(path)).toString();
        files.add(new SqlSource(shown, Files.readString(path)));
      }
    }
    return files;
  }

  /** Relative paths begin where those of files do, not where the process happens to run. */
  private static Source sqlite(String word, String place, Path directory) {
    boolean relative = !place.startsWith("/") && !place.startsWith(":memory:");
    String start = relative ? encoded(directory.toAbsolutePath()) + "/" : "";
    return new Source.Live(word, "sqlite:" + start + place, Dialect.SQLITE);
  }

  private static String encoded(Path path) {
    return path.toString().replace("%", "%25").replace("?", "%3F").replace(" ", "%20");
  }

  private static boolean isSqlite(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(SQLITE_FILE.length), SQLITE_FILE);
    }
  }

  /**
   * The kind of database that all these sources are of.
   *
   * @param wished what a person says of files that could be of either; empty if nothing
   * @throws ProblemException if they are of different kinds
   */
  public static Dialect dialect(List<Source> sources, Optional<Dialect> wished) {
    Map<Dialect, String> known = new EnumMap<>(Dialect.class);
    sources.forEach(source -> source.sql().ifPresent(sql -> known.put(sql, source.shown())));
    wished.ifPresent(sql -> known.putIfAbsent(sql, "--dialect"));
    if (known.size() > 1) {
      throw Problem.of(
              "EVOLVE_OTHER_PRODUCT",
              ProblemKind.INPUT,
              "%s speaks of PostgreSQL, and %s of SQLite"
                  .formatted(known.get(Dialect.POSTGRESQL), known.get(Dialect.SQLITE)))
          .withRemedy("Give two schemas of one kind of database.")
          .exception();
    }
    return known.isEmpty() ? Dialect.POSTGRESQL : known.keySet().iterator().next();
  }

  private static boolean isMigrations(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(entry -> Files.isRegularFile(entry.resolve("migration.sql")));
    }
  }

  /** An address without its password. */
  static String withoutPassword(String url) {
    return PASSWORD
        .matcher(url)
        .replaceAll(found ->
            found.group(1) == null
                ? found.group(2) + "***"
                : found.group(1).replace("$", "\\$") + "***@");
  }

  private static Problem problem(String message, String remedy) {
    return Problem.of("EVOLVE_NO_SOURCE", ProblemKind.INPUT, message).withRemedy(remedy);
  }
}
