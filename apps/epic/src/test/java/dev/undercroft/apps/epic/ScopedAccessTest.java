package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who goes past the scope of a user, and what the statements of a user ask for. */
@DatabaseTest
class ScopedAccessTest {

  /**
   * Signing in, workers, maintenance and administrators: nobody else leaves the scope of a user.
   */
  private static final Set<String> GLOBAL =
      Set.of("Entrance", "JobQueue", "DatabaseService", "SchemaCheck", "Administration", "Scope");

  private static final Pattern PAST_THE_SCOPE =
      Pattern.compile(
          "\\.(?:with|use|read|snapshot)(?:System|Tenant|Public)\\s*\\(|getConnection|DSL\\.using");

  @TempDir Path folder;

  private static List<String> unscoped(Path sources) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!GLOBAL.contains(name) && PAST_THE_SCOPE.matcher(Files.readString(file)).find()) {
          found.add(name);
        }
      }
    }
    return found;
  }

  @Test
  @Tag("EP-053")
  @Tag("EP-054")
  void nobody_else_asks_past_the_scope_of_a_user() throws Exception {
    assertThat(unscoped(Path.of("src/main/java"))).isEmpty();
    Files.writeString(
        folder.resolve("Careless.java"), "return data.withSystem(db -> db.selectFrom(USERS));");
    Files.writeString(folder.resolve("Careful.java"), "return scope.read(db -> find(db, id));");
    assertThat(unscoped(folder)).containsExactly("Careless");
  }

  @Test
  @Tag("EP-064")
  @Tag("EP-065")
  void a_whole_project_is_one_statement_of_named_columns(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = Theatre.PROJECTS + "/" + ann.project("Sea");
      ann.voice().ask("PUT", path + "/scenes", Theatre.scenes(Theatre.TEXT, Theatre.TEXT));
      stage.takeStatements();
      ann.get(path);
      assertThat(about(stage, "live_projects")).hasSize(1);
      ann.get(Theatre.PROJECTS);
      List<String> list = about(stage, "live_projects");
      assertThat(list).hasSize(2).noneMatch(sql -> sql.contains("scenes"));
      ann.get("/api/v1/user/profile");
      ann.get("/api/v1/assets");
      ann.get("/api/v1/jobs");
      assertThat(stage.takeStatements())
          .noneMatch(sql -> sql.contains("*") && !sql.contains("count(*)"))
          .noneMatch(sql -> sql.contains("api_keys"));
    }
  }

  private static List<String> about(Stage stage, String table) {
    return stage.takeStatements().stream().filter(sql -> sql.contains(table)).toList();
  }
}
