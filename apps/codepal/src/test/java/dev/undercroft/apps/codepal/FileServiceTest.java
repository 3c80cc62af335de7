package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files over HTTP. */
@DatabaseTest
class FileServiceTest {

  private static final String PROJECT = "/code/projects/p";

  private static final List<String> HOSTILE =
      List.of(
          "/etc/passwd",
          "../secret",
          "src/../../secret",
          "src/..",
          "..",
          ".",
          "./x",
          "a/./b",
          "a//b",
          "a/",
          "/",
          "C:\\windows",
          "c:/windows",
          "src\\..\\x",
          "a\0b",
          "a\nb",
          "a\u007fb",
          "a\u202Etxt.exe",
          "a\u2028b",
          "\uFEFFa",
          "e\u0301.txt",
          "\uFF0E\uFF0E/\u2024\u2024\0");

  @TempDir Path folder;

  private static String at(String path) {
    return PROJECT + "/file?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  private static String content(String escaped) {
    return "{\"content\": \"" + escaped + "\"}";
  }

  private static List<String> paths(Stage.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .get("files")
        .valueStream()
        .map(file -> file.get("path").asString())
        .toList();
  }

  @Test
  @Tag("CP-014")
  void a_file_comes_back_as_it_was_written_with_size_time_and_author(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice developer = Theatre.as(stage, "developer");
      Stage.Answer made = developer.ask("PUT", at("src/grün/Käse.TXT"), content("Grüße 🧀\\n"));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      JsonNode whole = developer.ask("GET", at("src/grün/Käse.TXT")).json();
      assertThat(whole.get("content").asString()).isEqualTo("Grüße 🧀\n");
      JsonNode file = whole.get("file");
      assertThat(file.get("size").asInt()).isEqualTo(13);
      assertThat(file.get("name").asString()).isEqualTo("Käse.TXT");
      assertThat(file.get("type").asString()).isEqualTo("txt");
      assertThat(file.get("modifiedBy").asString()).isEqualTo("developer");
      Stage.Answer again =
          Theatre.as(stage, "admin").ask("PUT", at("src/grün/Käse.TXT"), content(""));
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.json().get("id")).isEqualTo(file.get("id"));
      assertThat(again.json().get("size").asInt()).isZero();
      assertThat(again.json().get("modifiedBy").asString()).isEqualTo("admin");
      assertThat(again.json().get("lastModified").asString())
          .isGreaterThan(file.get("lastModified").asString());
      assertThat(Theatre.as(stage, "owner").ask("DELETE", at("src/grün/Käse.TXT")).status())
          .isEqualTo(200);
      assertThat(developer.ask("GET", at("src/grün/Käse.TXT")).status()).isEqualTo(404);
      assertThat(Theatre.as(stage, "owner").ask("DELETE", at("src/grün/Käse.TXT")).status())
          .isEqualTo(404);
    }
  }

  @Test
  @Tag("CP-014")
  void a_path_never_leaves_its_project(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      stage.takeStatements();
      Stage.Voice owner = Theatre.as(stage, "owner");
      for (String hostile : HOSTILE) {
        for (String method : List.of("GET", "PUT", "DELETE")) {
          Stage.Answer answer =
              method.equals("PUT")
                  ? owner.ask(method, at(hostile), content("x"))
                  : owner.ask(method, at(hostile));
          assertThat(answer.status())
              .as("%s %s: %s", method, hostile, answer.body())
              .isEqualTo(400);
          assertThat(answer.code()).isEqualTo("CODEPAL_FILE_PATH");
        }
      }
      String longest = "x".repeat(FilePath.MOST_BYTES);
      assertThat(owner.ask("PUT", at(longest + "x"), content("x")).status()).isEqualTo(400);
      assertThat(owner.ask("PUT", at("ü".repeat(513)), content("x")).status()).isEqualTo(400);
      assertThat(owner.ask("PUT", PROJECT + "/file?path=", content("x")).status()).isEqualTo(400);
      assertThat(owner.ask("PUT", PROJECT + "/file", content("x")).status()).isEqualTo(400);
      assertThat(stage.takeStatements()).isEmpty();
      assertThat(owner.ask("PUT", at(longest), content("x")).status()).isEqualTo(201);
      for (String odd :
          List.of("...", ".git", "a..b", "..a", "a b", "%2e%2e", "~", "con", "ab:c")) {
        assertThat(owner.ask("PUT", at(odd), content("x")).status()).as(odd).isEqualTo(201);
        assertThat(owner.ask("GET", at(odd)).json().at("/file/path").asString()).isEqualTo(odd);
      }
    }
  }

  @Test
  void content_that_no_text_column_keeps_is_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice owner = Theatre.as(stage, "owner");
      String before = database.value("select md5(string_agg(f::text, '')) from project_files f");
      for (String bad :
          List.of(
              content("a\\u0000b"),
              content("half a pair \\ud83e"),
              content("x".repeat(Files.MOST_BYTES + 1)),
              content("ü".repeat(Files.MOST_BYTES / 2 + 1)),
              "{\"content\": null}",
              "{\"content\": 5}",
              "{}",
              "[]",
              "",
              "{\"content\": \"x\", \"modifiedBy\": \"stranger\"}",
              "{\"content\": \"x\", \"projectId\": \"other\"}")) {
        assertThat(owner.ask("PUT", at("README.md"), bad).status()).as(bad).isEqualTo(400);
      }
      assertThat(owner.ask("PUT", at("README.md"), content("x".repeat(2 << 20))).status())
          .isEqualTo(413);
      assertThat(database.value("select md5(string_agg(f::text, '')) from project_files f"))
          .isEqualTo(before);
      assertThat(owner.ask("PUT", at("README.md"), content("x".repeat(Files.MOST_BYTES))).status())
          .isEqualTo(200);
    }
  }

  @Test
  @Tag("CP-118")
  void files_are_listed_without_content_by_prefix_and_in_pages(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute(
          "insert into project_files (project_id, path, name, content)"
              + " select 'p', 'many/' || lpad(n::text, 3, '0'), lpad(n::text, 3, '0'), 'secret'"
              + " from generate_series(1, 120) n",
          "insert into project_files (project_id, path, name) values ('p', '100%/a', 'a'),"
              + " ('p', '1000/a', 'a'), ('p', 'a_b', 'a_b'), ('p', 'axb', 'axb')");
      Stage.Voice viewer = Theatre.as(stage, "viewer");
      Stage.Answer first = viewer.ask("GET", PROJECT + "/files?prefix=many/");
      assertThat(first.body()).doesNotContain("secret").doesNotContain("content");
      List<String> seen = new ArrayList<>(paths(first));
      assertThat(seen).hasSize(50);
      seen.addAll(
          paths(
              viewer.ask("GET", PROJECT + "/files?prefix=many/&limit=70&after=" + seen.getLast())));
      assertThat(seen).hasSize(120).isSorted().doesNotHaveDuplicates();
      assertThat(paths(viewer.ask("GET", PROJECT + "/files?prefix=many/&limit=70&after=many/120")))
          .isEmpty();
      assertThat(paths(viewer.ask("GET", PROJECT + "/files?prefix=100%25")))
          .containsExactly("100%/a");
      assertThat(paths(viewer.ask("GET", PROJECT + "/files?prefix=a_"))).containsExactly("a_b");
      for (String bad :
          List.of("limit=0", "limit=201", "limit=x", "prefix=%00", "after=%00", "x=1")) {
        assertThat(viewer.ask("GET", PROJECT + "/files?" + bad).status()).as(bad).isEqualTo(400);
      }
    }
  }

  @Test
  @Tag("CP-014")
  void of_writes_at_once_to_one_new_path_one_makes_it(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Theatre.project(database, "p");
      List<Callable<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String who = i % 2 == 0 ? "developer" : "admin";
        String text = "version " + i;
        writes.add(() -> Theatre.as(stage, who).ask("PUT", at("new.txt"), content(text)).status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(writes)) {
        statuses.add(one.get());
      }
      assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
      assertThat(database.value("select count(*) from project_files where path = 'new.txt'"))
          .isEqualTo("1");
    }
  }

  @Test
  void a_project_has_so_many_files_at_most(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute(
          "insert into project_files (project_id, path, name) select 'p', n::text, n::text from"
              + " generate_series(1, %d) n".formatted(Files.MOST_FILES - 2));
      Stage.Voice owner = Theatre.as(stage, "owner");
      Stage.Answer refused = owner.ask("PUT", at("one.more"), content("x"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("CODEPAL_QUOTA");
      assertThat(owner.ask("PUT", at("README.md"), content("x")).status()).isEqualTo(200);
      assertThat(owner.ask("DELETE", at("README.md")).status()).isEqualTo(200);
      assertThat(owner.ask("PUT", at("one.more"), content("x")).status()).isEqualTo(201);
    }
  }

  @Test
  void the_files_of_a_project_have_so_many_bytes_at_most_together(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute(
          "delete from project_files where project_id = 'p'",
          "insert into project_files (project_id, path, name, content) select 'p', n::text, n::text,"
              + " repeat('x', 10 * 1024 * 1024) from generate_series(1, 10) n");
      Stage.Voice owner = Theatre.as(stage, "owner");
      assertThat(owner.ask("PUT", at("one.more"), content("x")).code()).isEqualTo("CODEPAL_QUOTA");
      assertThat(owner.ask("PUT", at("1"), content("x")).status()).isEqualTo(200);
      assertThat(owner.ask("PUT", at("one.more"), content("x")).status()).isEqualTo(201);
    }
  }

  @Test
  void statistics_count_files_lines_and_bytes(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      JsonNode stats = Theatre.as(stage, "viewer").ask("GET", PROJECT + "/stats").json();
      assertThat(stats.get("files").asInt()).isEqualTo(2);
      assertThat(stats.get("lines").asInt()).isEqualTo(3);
      assertThat(stats.get("bytes").asInt()).isEqualTo(22);
      assertThat(stats.get("members").asInt()).isEqualTo(5);
      Theatre.as(stage, "owner").ask("PUT", at("empty"), content(""));
      JsonNode later = Theatre.as(stage, "viewer").ask("GET", PROJECT + "/stats").json();
      assertThat(later.get("lines").asInt()).isEqualTo(3);
      assertThat(later.get("files").asInt()).isEqualTo(3);
      assertThat(later.get("lastActivity").asString())
          .isGreaterThan(stats.get("lastActivity").asString());
      database.execute("delete from project_files where project_id = 'p'");
      JsonNode none = Theatre.as(stage, "viewer").ask("GET", PROJECT + "/stats").json();
      assertThat(none.get("files").asInt() + none.get("lines").asInt()).isZero();
    }
  }
}
