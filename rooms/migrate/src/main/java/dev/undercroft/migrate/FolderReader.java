package dev.undercroft.migrate;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a folder of migrations; collects everything that is wrong with it. For one call. */
final class FolderReader {

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})_([A-Za-z0-9][A-Za-z0-9_.-]*)");

  /** Prisma's names: the descriptive part may be empty, or begin with any of its signs. */
  private static final Pattern PRISMA = Pattern.compile("(\\d{1,18})_([A-Za-z0-9_.-]*)");

  /** The file beside the migrations in which Prisma keeps the kind of database. */
  private static final String LOCK = "migration_lock.toml";

  private static final Pattern PROVIDER =
      Pattern.compile("^\\s*provider\\s*=\\s*[\"'](\\w+)[\"']", Pattern.MULTILINE);
  private static final Set<String> PROVIDERS = Set.of("postgresql", "postgres", "sqlite");
  private static final String SQL = ".sql";
  private static final String DOWN = ".down.sql";
  private static final Set<String> PARTS = Set.of("migration.sql", "down.sql");

  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();
  private final List<MigrationFile> files = new ArrayList<>();
  private final Map<Long, String> names = new HashMap<>();
  private boolean prisma;

  private FolderReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads the folder; one that does not exist holds no migration.
   *
   * @throws ProblemException with every problem of every file together
   */
  static MigrationFolder read(Path folder) {
    FolderReader reader = new FolderReader(folder);
    if (Files.exists(folder)) {
      reader.readAll();
    }
    if (!reader.problems.isEmpty()) {
      throw new ProblemException(reader.problems);
    }
    return new MigrationFolder(reader.files);
  }

  /** The files of a folder that end in {@code .sql}, in name order; none when it is missing. */
  static List<SqlFile> readSeeds(Path folder) {
    List<Problem> problems = new ArrayList<>();
    List<SqlFile> seeds = new ArrayList<>();
    for (Path file : Files.exists(folder) ? entries(folder) : List.<Path>of()) {
      if (name(file).endsWith(SQL)) {
        read(file, shown(folder, file), problems).ifPresent(seeds::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return seeds;
  }

  private void readAll() {
    if (Files.exists(folder.resolve(LOCK))) {
      prisma = true;
      readLock(folder.resolve(LOCK));
    }
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        readFolder(entry);
      } else if (name(entry).endsWith(DOWN)) {
        checkDownHasItsFile(entry);
      } else if (name(entry).endsWith(SQL)) {
        String base = name(entry).substring(0, name(entry).length() - SQL.length());
        add(base, entry, folder.resolve(base + DOWN));
      }
    }
  }

  private void readLock(Path lock) {
    read(lock, shown(folder, lock), problems)
        .map(SqlFile::text)
        .map(PROVIDER::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(provider -> !PROVIDERS.contains(provider))
        .ifPresent(provider ->
            note(
                "MIGRATE_OTHER_DATABASE",
                shown(folder, lock) + " says that the migrations are for " + provider,
                "Use migrations that were written for PostgreSQL or SQLite."));
  }

  private void readFolder(Path entry) {
    Path script = entry.resolve("migration.sql");
    for (Path part : entries(entry)) {
      if (name(part).endsWith(SQL) && !PARTS.contains(name(part))) {
        String meant =
            Nearest.to(name(part), PARTS)
                .map(near -> " Is it meant to be " + near + "?")
                .orElse("");
        note(
            "MIGRATE_FILE_UNKNOWN",
            shown(folder, part) + " is neither migration.sql nor down.sql",
            "Rename it, or move its statements into migration.sql." + meant);
      }
    }
    if (!Files.exists(script)) {
      note(
          "MIGRATE_FILE_MISSING",
          shown(folder, entry) + " has no migration.sql",
          "Put the statements of the migration there, or delete the folder.");
      return;
    }
    add(name(entry), script, entry.resolve("down.sql"));
  }

  private void checkDownHasItsFile(Path down) {
    String base = name(down).substring(0, name(down).length() - DOWN.length());
    if (!Files.exists(folder.resolve(base + SQL))) {
      note(
          "MIGRATE_FILE_MISSING",
          shown(folder, down) + " undoes a migration that is not there",
          "Add " + base + SQL + ", or delete the file.");
    }
  }

  private void add(String name, Path script, Path down) {
    Matcher matcher = (prisma ? PRISMA : NAME).matcher(name);
    if (!matcher.matches()) {
      note(
          "MIGRATE_NAME_MALFORMED",
          "'" + name + "' is not the name of a migration",
          "Name it with a number and a descriptive name, for example"
              + " 20260131120000_add_user_email.");
      return;
    }
    long version = Long.parseLong(matcher.group(1));
    String twin = names.putIfAbsent(version, name);
    if (twin != null) {
      note(
          "MIGRATE_VERSION_TWICE",
          "'" + twin + "' and '" + name + "' have the same version " + version,
          "Give the younger one a later version.");
      return;
    }
    Optional<SqlFile> text = read(script, shown(folder, script), problems);
    Optional<SqlFile> undo =
        Files.exists(down) ? read(down, shown(folder, down), problems) : Optional.empty();
    text.ifPresent(sql ->
        files.add(new MigrationFile(version, name, sql.path(), sql.text(), sql.checksum(), undo)));
  }

  private static Optional<SqlFile> read(Path file, String shown, List<Problem> problems) {
    try {
      return Optional.of(SqlFile.read(file, shown));
    } catch (ProblemException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !name(entry).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw Problem.of(
              "MIGRATE_FOLDER_UNREADABLE",
              ProblemKind.INPUT,
              "the folder " + folder + " cannot be read: " + e)
          .withRemedy("Make it a folder that this user may read.")
          .exception(e);
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /** Relative to what holds the folder: {@code migrations/1_a/migration.sql}. */
  private static String shown(Path folder, Path file) {
    Path parent = folder.toAbsolutePath().getParent();
    return parent == null ? file.toString() : parent.relativize(file.toAbsolutePath()).toString();
  }

  private void note(String code, String message, String remedy) {
    problems.add(Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy));
  }
}
