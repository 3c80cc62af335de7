package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What commands tell of pools and sessions. */
@DatabaseTest
class ProjectFiguresTest {

  @TempDir private Path folder;

  private CommandDesk desk(PostgresDatabase database) throws Exception {
    CommandDesk desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n\n[pool]\nmax = 7\n");
    desk.file(".env", "DATABASE_URL=" + database.url() + "\n");
    return desk;
  }

  @Test
  @Tag("SF-155")
  void the_settings_of_the_pool_that_count_are_printed(PostgresDatabase database) throws Exception {
    CommandDesk desk = desk(database);
    assertThat(desk.run("config", "--json")).as(desk::err).isZero();
    assertThat(setting(desk.json(), "pool.max").path("value").asString()).isEqualTo("7");
    assertThat(setting(desk.json(), "pool.max").path("origin").asString())
        .contains("undercroft.toml");
    assertThat(setting(desk.json(), "pool.min").path("value").asString()).isEqualTo("2");
    assertThat(desk.run("config")).isZero();
    assertThat(desk.out()).contains("pool.max", "pool.acquire-timeout", "pool.idle-timeout");
  }

  private static JsonNode setting(JsonNode report, String name) {
    return StreamSupport.stream(report.path("settings").spliterator(), false)
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("SF-156")
  void the_present_number_of_connections_is_told(PostgresDatabase database) throws Exception {
    CommandDesk desk = desk(database);
    // Those of the command itself may still be ending when the next one asks.
    assertThat(active(desk)).isPositive().isLessThan(10);
    List<Connection> held = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        held.add(database.connect());
      }
      assertThat(active(desk)).isGreaterThan(10).isLessThan(20);
    } finally {
      for (Connection one : held) {
        one.close();
      }
    }
  }

  private static int active(CommandDesk desk) {
    assertThat(desk.run("health", "--json")).as(desk::err).isZero();
    return desk.json().path("projects").path(0).path("activeConnections").asInt();
  }
}
