package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sdk.DatabaseHealth.Backups;
import dev.undercroft.sdk.DatabaseHealth.Backups.Freshness;
import dev.undercroft.sdk.DatabaseHealth.Migrations;
import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The pages about health, and the daily clean-up. */
@DatabaseTest
class HealthServiceTest {

  private static final String HEALTH = "/api/database/health";
  private static final String MIGRATIONS = "/api/database/migrations/status";

  @TempDir Path folder;

  @Test
  @Tag("CP-006")
  @Tag("CP-094")
  @Tag("CP-095")
  @Tag("CP-100")
  void health_tells_everybody_numbers_and_operators_more(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer brief = stage.nobody().ask("GET", HEALTH);
      assertThat(brief.status()).isEqualTo(200);
      assertThat(brief.json().get("status").asString()).isEqualTo("healthy");
      assertThat(brief.json().at("/connections/active").asInt()).isEqualTo(3);
      assertThat(brief.json().at("/connections/max").asInt()).isEqualTo(100);
      assertThat(brief.json().at("/responseTimes/select").asDouble()).isEqualTo(1);
      assertThat(brief.json().has("size")).isFalse();
      assertThat(brief.json().has("errors")).isFalse();
      JsonNode full = Theatre.as(stage, "owner").ask("GET", HEALTH).json();
      assertThat(full.at("/size/bytes").asLong()).isEqualTo(1 << 20);
      assertThat(full.at("/errors/codes").isArray()).isTrue();
      stage.health().breakDown("POSTGRES_UNREACHABLE");
      Stage.Answer broken = stage.nobody().ask("GET", HEALTH);
      assertThat(broken.status()).isEqualTo(503);
      assertThat(broken.json().get("status").asString()).isEqualTo("unhealthy");
    }
  }

  @Test
  @Tag("CP-096")
  @Tag("CP-006")
  @Tag("CP-100")
  void size_and_growth_are_told_over_time(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Instant start = Instant.parse("2026-11-21T12:00:00Z");
      stage.health().grow(start, 1000);
      JsonNode first = Theatre.as(stage, "owner").ask("GET", HEALTH).json().get("size");
      assertThat(first.get("bytes").asLong()).isEqualTo(1000);
      assertThat(first.has("growthBytesPerDay")).isFalse();
      stage.health().grow(start.plus(Duration.ofHours(6)), 1100);
      JsonNode later = Theatre.as(stage, "owner").ask("GET", HEALTH).json().get("size");
      assertThat(later.get("bytes").asLong()).isEqualTo(1100);
      assertThat(later.get("growthBytesPerDay").asLong()).isEqualTo(400);
    }
  }

  @Test
  @Tag("CP-006")
  @Tag("CP-098")
  @Tag("CP-100")
  void operators_are_told_how_far_standbys_and_how_old_backups_are(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Voice operator = Theatre.as(stage, "owner");
      JsonNode unknown = operator.ask("GET", HEALTH).json();
      assertThat(unknown.get("replication").has("lagMs")).isFalse();
      assertThat(unknown.has("lastBackup")).isFalse();
      Instant last = Instant.parse("2026-11-21T02:00:00Z");
      stage.health().lag(Duration.ofMillis(1500));
      stage.health().backups(new Backups(Freshness.HEALTHY, Optional.of(last), 3));
      JsonNode good = operator.ask("GET", HEALTH).json();
      assertThat(good.at("/replication/lagMs").asDouble()).isEqualTo(1500);
      assertThat(good.at("/lastBackup/success").asBoolean()).isTrue();
      assertThat(good.at("/lastBackup/last").asString()).isEqualTo(last.toString());
      stage.health().backups(new Backups(Freshness.NO_BACKUPS, Optional.empty(), 0));
      JsonNode bad = operator.ask("GET", HEALTH).json();
      assertThat(bad.at("/lastBackup/success").asBoolean()).isFalse();
      assertThat(bad.at("/lastBackup/status").asString()).isEqualTo("no_backups");
      JsonNode brief = stage.nobody().ask("GET", HEALTH).json();
      assertThat(brief.has("replication")).isFalse();
      assertThat(brief.has("lastBackup")).isFalse();
    }
  }

  @Test
  @Tag("CP-103")
  void migrations_are_told_as_applied_pending_and_failed(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode brief = stage.nobody().ask("GET", MIGRATIONS).json();
      assertThat(brief.get("status").asString()).isEqualTo("up-to-date");
      assertThat(brief.get("applied").asInt()).isEqualTo(1);
      assertThat(brief.get("pending").asInt()).isZero();
      assertThat(brief.get("failed").asInt()).isZero();
      assertThat(brief.has("names")).isFalse();
      assertThat(
              Theatre.as(stage, "owner")
                  .ask("GET", MIGRATIONS)
                  .json()
                  .at("/names/applied/0")
                  .asString())
          .isEqualTo("20260105090000_tables");
      stage.health().migrations(new Migrations(true, List.of("a"), List.of("b", "c"), List.of()));
      JsonNode pending = Theatre.as(stage, "owner").ask("GET", MIGRATIONS).json();
      assertThat(pending.get("status").asString()).isEqualTo("pending");
      assertThat(pending.get("applied").asInt()).isEqualTo(1);
      assertThat(pending.get("pending").asInt()).isEqualTo(2);
      assertThat(pending.at("/names/pending/1").asString()).isEqualTo("c");
      stage.health().migrations(new Migrations(true, List.of("a"), List.of("c"), List.of("b")));
      JsonNode failed = Theatre.as(stage, "owner").ask("GET", MIGRATIONS).json();
      assertThat(failed.get("status").asString()).isEqualTo("failed");
      assertThat(failed.get("failed").asInt()).isEqualTo(1);
      assertThat(failed.at("/names/failed/0").asString()).isEqualTo("b");
      stage.health().migrations(new Migrations(false, List.of(), List.of(), List.of()));
      Stage.Answer unknown = stage.nobody().ask("GET", MIGRATIONS);
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.json().get("status").asString()).isEqualTo("unknown");
    }
  }

  private static Snapshot sized(Instant at, long bytes) {
    return new Snapshot(
        at,
        true,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(bytes),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of());
  }

  @Test
  void growth_is_told_per_day_once_it_was_watched_for_an_hour() {
    Growth growth = new Growth();
    Instant start = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(growth.perDay(sized(start, 1000))).isEmpty();
    assertThat(growth.perDay(sized(start.plus(Duration.ofMinutes(59)), 1010))).isEmpty();
    assertThat(growth.perDay(sized(start.plus(Duration.ofHours(6)), 1100))).contains(400L);
    assertThat(growth.perDay(sized(start.plus(Duration.ofDays(7)), 1700))).contains(100L);
    assertThat(growth.perDay(sized(start.plus(Duration.ofDays(30)), 1000))).isEmpty();
  }

  @Test
  @Tag("CP-168")
  @Tag("CP-179")
  void the_clean_up_removes_exactly_what_has_ended(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      for (String project : List.of("live", "young", "old")) {
        Theatre.project(database, project);
      }
      database.execute(
          "delete from sessions",
          "insert into sessions (id, session_token, user_id, expires) values"
              + " ('ended', repeat('a', 64), 'owner', now() - interval '1 second'),"
              + " ('long ended', repeat('b', 64), 'owner', now() - interval '1 year'),"
              + " ('today', repeat('c', 64), 'owner', now() + interval '1 minute'),"
              + " ('live', repeat('d', 64), 'owner', now() + interval '7 days')",
          "insert into verification_tokens (identifier, token, expires) values"
              + " ('ended', repeat('a', 64), now() - interval '1 second'),"
              + " ('live', repeat('b', 64), now() + interval '1 minute')",
          "update projects set status = 'DELETED' where id in ('young', 'old')",
          "alter table projects disable trigger projects_transition",
          "update projects set deleted_at = now() - interval '29 days' where id = 'young'",
          "update projects set deleted_at = now() - interval '31 days' where id = 'old'",
          "alter table projects enable trigger projects_transition");
      Stage.Answer done = Theatre.as(stage, "owner").ask("POST", "/code/upkeep");
      assertThat(done.status()).as(done.body()).isEqualTo(200);
      assertThat(done.json().get("sessions").asInt()).isEqualTo(2);
      assertThat(done.json().get("tokens").asInt()).isEqualTo(1);
      assertThat(done.json().get("projects").asInt()).isEqualTo(1);
      assertThat(database.column("select id from sessions order by id"))
          .containsExactly("live", "today");
      assertThat(database.column("select identifier from verification_tokens"))
          .containsExactly("live");
      assertThat(database.column("select id from projects where owner_id = 'owner' order by id"))
          .containsExactly("live", "young");
      assertThat(database.value("select count(*) from project_files where project_id = 'old'"))
          .isEqualTo("0");
      Stage.Answer again = Theatre.as(stage, "owner").ask("POST", "/code/upkeep");
      assertThat(again.json().get("sessions").asInt() + again.json().get("projects").asInt())
          .isZero();
    }
  }

  @Test
  @Tag("CP-179")
  void the_clean_up_is_done_without_anybody_asking(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "delete from sessions",
          "insert into sessions (id, session_token, user_id, expires) values"
              + " ('ended', repeat('a', 64), 'owner', now() - interval '1 second'),"
              + " ('live', repeat('d', 64), 'owner', now() + interval '7 days')");
      var chores = new CodePal().chores(stage.services());
      assertThat(chores).hasSize(1);
      assertThat(chores.getFirst().every()).isLessThanOrEqualTo(Duration.ofDays(1));
      assertThat(chores.getFirst().work().get()).containsEntry("sessions", 1);
      assertThat(database.column("select id from sessions")).containsExactly("live");
    }
  }
}
