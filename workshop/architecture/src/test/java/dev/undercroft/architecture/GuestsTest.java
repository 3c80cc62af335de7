package dev.undercroft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the applications are built inside: routes speak HTTP, services speak of tables. */
class GuestsTest {

  private final HouseMap map = HouseMap.read();
  private final JavaClasses classes =
      new ClassFileImporter()
          .importPaths(
              map.rooms().values().stream()
                  .filter(room -> room.name().startsWith("apps."))
                  .map(room -> room.folder().resolve("target/classes"))
                  .filter(Files::isDirectory)
                  .toArray(Path[]::new));

  private static boolean knowsTheDatabase(String packageName) {
    return packageName.startsWith("org.jooq")
        || packageName.startsWith("java.sql")
        || packageName.startsWith("org.postgresql")
        || packageName.endsWith(".db")
        || packageName.contains(".db.");
  }

  @Test
  @Tag("SC-042")
  void routes_know_neither_tables_nor_statements() {
    List<String> found = new ArrayList<>();
    int routes = 0;
    for (JavaClass type : classes) {
      if (!type.getSimpleName().endsWith("Routes")) {
        continue;
      }
      routes++;
      type.getDirectDependenciesFromSelf().stream()
          .filter(uses -> !uses.getTargetClass().isEnum())
          .filter(uses -> knowsTheDatabase(uses.getTargetClass().getPackageName()))
          .forEach(uses -> found.add(uses.getDescription()));
    }
    assertThat(routes).isGreaterThan(5);
    assertThat(found).isEmpty();
  }

  @Test
  @Tag("SC-042")
  void services_send_no_statement_that_is_written_as_text() {
    List<String> found = new ArrayList<>();
    for (JavaClass type : classes) {
      type.getAccessesFromSelf().stream()
          .filter(access -> sendsText(access) && !type.getPackageName().contains(".db"))
          .forEach(access -> found.add(access.getDescription()));
    }
    assertThat(found).isEmpty();
  }

  /** jOOQ's ways to run a text, and the driver's own. */
  private static boolean sendsText(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    return owner.startsWith("java.sql.")
        || (owner.equals("org.jooq.DSLContext")
            && access.getTarget().getFullName().contains("(java.lang.String"));
  }
}
