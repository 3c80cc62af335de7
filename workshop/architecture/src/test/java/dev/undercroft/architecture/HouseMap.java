package dev.undercroft.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map.Entry;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of rooms in {@code docs/ARCHITECTURE.md}, as a value. Immutable. */
record HouseMap(SortedMap<String, Room> rooms) {

  /** One line of the table. */
  record Room(String name, Path folder, Set<String> mayUse) {
    String packageName() {
      return "dev.undercroft." + name;
    }
  }

  /** The root of the repository: given by the build, else found by walking up. */
  static Path root() {
    String given = System.getProperty("undercroft.root", "");
    Path path = Path.of(given.isEmpty() ? "." : given).toAbsolutePath().normalize();
    while (!Files.exists(path.resolve("docs/ARCHITECTURE.md"))) {
      path = path.getParent();
    }
    return path;
  }

  static HouseMap read() {
    SortedMap<String, Room> rooms = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(root().resolve("docs/ARCHITECTURE.md"))) {
        String[] cells = line.split("\\|", -1);
        if (cells.length == 6 && cells[2].strip().matches("[a-z]+/[a-z0-9-]+")) {
          Room room = room(cells);
          rooms.put(room.name(), room);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HouseMap(rooms);
  }

  private static Room room(String[] cells) {
    Set<String> mayUse =
        Arrays.stream(cells[4].split(","))
            .map(String::strip)
            .filter(name -> !name.equals("–"))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Room(cells[1].strip(), root().resolve(cells[2].strip()), mayUse);
  }

  /** The room a class lives in, the longest matching package winning; empty text if none. */
  String roomOf(String packageName) {
    return rooms.entrySet().stream()
        .filter(entry -> isIn(packageName, entry.getValue().packageName()))
        .map(Entry::getKey)
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static boolean isIn(String packageName, String home) {
    return packageName.equals(home) || packageName.startsWith(home + ".");
  }
}
