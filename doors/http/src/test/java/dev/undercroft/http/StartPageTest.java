package dev.undercroft.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartPageTest {

  @TempDir private Path folder;

  @Test
  void a_stranger_sees_which_applications_are_well_and_nothing_of_the_inside() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> {})) {
      var page = door.get("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(page.body())
          .contains("The &lt;Shop&gt;", "Unhealthy", "/apps/shop/api/openapi.json")
          .doesNotContain("<Shop>", "shop_dev", "postgresql://", folder.toString());
    }
  }

  @Test
  void an_operator_sees_database_server_and_how_to_open_it() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> {})) {
      assertThat(door.send(door.asOperator("/")).body())
          .contains(
              "shop_dev",
              "undercroft shell --project shop",
              "PostgreSQL 18.6, embedded",
              folder.resolve("operator.token").toString());
    }
  }

  @Test
  void while_the_databases_are_set_up_the_page_says_so_and_looks_again() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> {})) {
      door.ready = false;
      assertThat(door.get("/").body())
          .contains("The databases are being set up", "http-equiv=\"refresh\"");
    }
  }

  @Test
  void the_page_uses_only_files_that_are_served_and_allowed_by_its_policy() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> {})) {
      String page = door.get("/").body();
      for (String file : List.of("/assets/house.css", "/assets/mark.svg")) {
        assertThat(page).contains(file);
        assertThat(door.get(file).statusCode()).isEqualTo(200);
      }
      assertThat(page).doesNotContain("style=", "<script", "onclick");
    }
  }
}
