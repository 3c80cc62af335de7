package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the tablespaces of a backup go on restore: a folder each, outside the data directory, to
 * which a link below {@code pg_tblspc} leads. Immutable.
 */
public final class Tablespaces {

  private final BiFunction<String, String, Path> place;
  private final Map<String, Path> moved;

  private Tablespaces(BiFunction<String, String, Path> place, Map<String, Path> moved) {
    this.place = place;
    this.moved = Map.copyOf(moved);
  }

  /** Where they were; those named go elsewhere. Old locations as keys, absolute new ones. */
  public static Tablespaces moved(Map<String, Path> moved) {
    return new Tablespaces((oid, old) -> moved.getOrDefault(old, Path.of(old)), moved);
  }

  /** Each in a folder of its own below this one, named by the tablespace's number. */
  public static Tablespaces below(Path folder) {
    return new Tablespaces((oid, old) -> folder.resolve(oid), Map.of());
  }

  /**
   * The new locations by the tablespaces' numbers.
   *
   * @throws ProblemException {@code BACKUP_TABLESPACE_UNKNOWN} when one is moved that the backup
   *     does not have
   */
  public Map<String, Path> of(BackupHeader header) {
    Map<String, String> old = parse(header.stop().tablespaceMap());
    for (String named : moved.keySet()) {
      if (!old.containsValue(named)) {
        throw Problem.of(
                "BACKUP_TABLESPACE_UNKNOWN",
                ProblemKind.INPUT,
                "backup " + header.id() + " has no tablespace in " + named)
            .withDetail(
                old.isEmpty()
                    ? "It has no tablespace at all."
                    : "It has tablespaces in " + String.join(", ", old.values()) + ".")
            .withRemedy("Name a location as the backup has it.")
            .exception();
      }
    }
    Map<String, Path> placed = new TreeMap<>();
    old.forEach((oid, location) ->
        placed.put(oid, place.apply(oid, location).toAbsolutePath().normalize()));
    return placed;
  }

  /**
   * Refuses locations that hold something: the tablespaces of the old server stay as they are.
   *
   * @throws ProblemException {@code BACKUP_TARGET_NOT_EMPTY}
   */
  static void requireEmpty(Map<String, Path> placed) throws IOException {
    for (Path location : placed.values()) {
      if (!Files.exists(location)) {
        continue;
      }
      try (Stream<Path> inside = Files.list(location)) {
        if (inside.findAny().isPresent()) {
          throw Problem.of(
                  "BACKUP_TARGET_NOT_EMPTY",
                  ProblemKind.CONFLICT,
                  "the tablespace's folder " + location + " is not empty")
              .withRemedy(
                  "Give it another folder: --tablespace " + location + "=/another/empty/folder")
              .exception();
        }
      }
    }
  }

  /** Lines of number, space and location; a backslash stands before a special character. */
  private static Map<String, String> parse(String map) {
    Map<String, String> locations = new LinkedHashMap<>();
    map.lines()
        .filter(line -> line.indexOf(' ') > 0)
        .forEach(line -> {
          int space = line.indexOf(' ');
          locations.put(
              line.substring(0, space), line.substring(space + 1).replaceAll("\\\\(.)", "$1"));
        });
    return locations;
  }

  /** The content of {@code tablespace_map} for these locations. */
  static String map(Map<String, Path> placed) {
    return placed.entrySet().stream()
        .map(each ->
            each.getKey()
                + " "
                + each.getValue().toString().replace("\\", "\\\\").replace("\n", "\\\n")
                + "\n")
        .collect(Collectors.joining());
  }
}
