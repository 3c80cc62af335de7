package dev.undercroft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds the compiled classes to the table in {@code docs/ARCHITECTURE.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrowsTest {

  /** What the sdk hands on to guests: their code may name these rooms' types, and no other. */
  private static final Set<String> HANDED_ON_BY_SDK = Set.of("base", "access", "identity");

  private final HouseMap map = HouseMap.read();
  private final JavaClasses classes =
      new ClassFileImporter()
          .importPaths(
              map.rooms().values().stream()
                  .map(room -> room.folder().resolve("target/classes"))
                  .filter(Files::isDirectory)
                  .toArray(Path[]::new));

  @Test
  void every_module_is_a_room_of_the_table() throws Exception {
    List<String> strangers = new ArrayList<>();
    for (String house : List.of("rooms", "engines", "doors", "apps")) {
      try (var folders = Files.list(HouseMap.root().resolve(house))) {
        folders
            .filter(folder -> Files.exists(folder.resolve("pom.xml")))
            .filter(
                folder -> map.rooms().values().stream().noneMatch(r -> r.folder().equals(folder)))
            .forEach(folder -> strangers.add(house + "/" + folder.getFileName()));
      }
    }
    assertThat(strangers).as("modules that docs/ARCHITECTURE.md does not list").isEmpty();
  }

  @Test
  void every_room_of_the_table_is_built_and_in_its_package() {
    List<String> wrong = new ArrayList<>();
    for (HouseMap.Room room : map.rooms().values()) {
      if (!Files.isDirectory(room.folder().resolve("target/classes"))) {
        wrong.add(room.name() + " has no compiled classes in " + room.folder());
      }
    }
    for (JavaClass type : classes) {
      if (map.roomOf(type.getPackageName()).isEmpty()) {
        wrong.add(type.getName() + " is in no room of docs/ARCHITECTURE.md");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void arrows_in_the_classes_equal_the_arrows_in_the_table() {
    Set<String> undeclared = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String from = map.roomOf(type.getPackageName());
        String to = map.roomOf(dependency.getTargetClass().getPackageName());
        if (to.isEmpty() || to.equals(from)) {
          continue;
        }
        used.add(from + " -> " + to);
        if (!allowed(from, to)) {
          undeclared.add(from + " -> " + to + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(undeclared).as("arrows the table does not have").isEmpty();
    assertThat(declared()).as("arrows of the table that no class uses").isSubsetOf(used);
  }

  private boolean allowed(String from, String to) {
    return map.rooms().get(from).mayUse().contains(to)
        || (from.startsWith("apps.") && HANDED_ON_BY_SDK.contains(to));
  }

  private Set<String> declared() {
    Set<String> arrows = new TreeSet<>();
    map.rooms()
        .values()
        .forEach(room -> room.mayUse().forEach(to -> arrows.add(room.name() + " -> " + to)));
    return arrows;
  }
}
