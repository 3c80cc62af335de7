package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of projects over HTTP. */
@DatabaseTest
class MemberServiceTest {

  private static final String MEMBERS = "/code/projects/p/members";

  @TempDir Path folder;

  private static String invite(String email, String rest) {
    return "{\"email\": \"%s\", %s}".formatted(email, rest);
  }

  private static void manage(PostgresDatabase database, String member, String permissions)
      throws Exception {
    database.execute(
        "update project_members set permissions = '%s' where project_id = 'p' and user_id = '%s'"
            .formatted(permissions, member));
  }

  @Test
  @Tag("CP-013")
  void a_person_is_taken_in_once_by_a_proved_address(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute("update users set email_verified = null where id = 'stranger'");
      Stage.Voice owner = Theatre.as(stage, "owner");
      String viewer = "\"role\": \"VIEWER\"";
      Stage.Answer made = owner.ask("POST", MEMBERS, invite(" Newcomer@People.example", viewer));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(made.json().get("permissions")).hasSize(1);
      assertThat(made.json().get("userId").asString()).isEqualTo("newcomer");
      Stage.Answer again = owner.ask("POST", MEMBERS, invite("newcomer@people.example", viewer));
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.code()).isEqualTo("CODEPAL_ALREADY_MEMBER");
      Stage.Answer unproved = owner.ask("POST", MEMBERS, invite("stranger@people.example", viewer));
      Stage.Answer unknown = owner.ask("POST", MEMBERS, invite("nobody@people.example", viewer));
      Stage.Answer senseless = owner.ask("POST", MEMBERS, invite("a\\u0000b", viewer));
      for (Stage.Answer answer : List.of(unproved, unknown, senseless)) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("CODEPAL_NOBODY_AT_ADDRESS");
      }
    }
  }

  @Test
  void who_may_not_take_anybody_in_learns_nothing_of_accounts(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      for (String person : List.of("developer", "stranger")) {
        String viewer = "\"role\": \"VIEWER\"";
        Stage.Voice voice = Theatre.as(stage, person);
        Stage.Answer known = voice.ask("POST", MEMBERS, invite("boss@people.example", viewer));
        Stage.Answer unknown = voice.ask("POST", MEMBERS, invite("nobody@people.example", viewer));
        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(unknown.code()).isEqualTo(known.code());
      }
    }
  }

  @Test
  void bad_memberships_are_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      for (String bad :
          List.of(
              "\"role\": \"OWNER\"",
              "\"role\": \"\"",
              "\"role\": null",
              "\"permissions\": [\"READ\"]",
              "\"role\": \"VIEWER\", \"permissions\": [\"FLY\"]",
              "\"role\": \"VIEWER\", \"permissions\": \"READ\"",
              "\"role\": \"VIEWER\", \"userId\": \"boss\"")) {
        assertThat(
                Theatre.as(stage, "owner")
                    .ask("POST", MEMBERS, invite("newcomer@people.example", bad))
                    .status())
            .as(bad)
            .isEqualTo(400);
      }
    }
  }

  @Test
  @Tag("CP-013")
  void the_owner_stays_admin_whoever_tries(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      for (String person : List.of("owner", "admin")) {
        Stage.Voice voice = Theatre.as(stage, person);
        Stage.Answer removed = voice.ask("DELETE", MEMBERS + "/owner");
        Stage.Answer demoted = voice.ask("PUT", MEMBERS + "/owner", "{\"role\": \"VIEWER\"}");
        Stage.Answer narrowed =
            voice.ask("PUT", MEMBERS + "/owner", "{\"role\": \"ADMIN\", \"permissions\": []}");
        for (Stage.Answer answer : List.of(removed, demoted, narrowed)) {
          assertThat(answer.status()).as(answer.body()).isEqualTo(409);
          assertThat(answer.code()).isEqualTo("CODEPAL_OWNER_STAYS");
        }
      }
    }
  }

  @Test
  @Tag("CP-013")
  void everybody_else_may_leave(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      for (String person : List.of("viewer", "developer", "admin")) {
        Stage.Voice voice = Theatre.as(stage, person);
        assertThat(voice.ask("DELETE", MEMBERS + "/" + person).status()).isEqualTo(200);
        assertThat(voice.ask("GET", "/code/projects/p").status()).isEqualTo(404);
      }
      assertThat(Theatre.as(stage, "owner").ask("DELETE", MEMBERS + "/admin").status())
          .isEqualTo(404);
    }
  }

  @Test
  @Tag("CP-135")
  void who_manages_the_team_gives_and_takes_no_more_than_their_own(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      manage(database, "developer", "[\"READ\", \"MANAGE_TEAM\"]");
      Stage.Voice manager = Theatre.as(stage, "developer");
      List<Stage.Answer> refused =
          List.of(
              manager.ask("PUT", MEMBERS + "/developer", "{\"role\": \"ADMIN\"}"),
              manager.ask("PUT", MEMBERS + "/developer", "{\"role\": \"DEVELOPER\"}"),
              manager.ask("PUT", MEMBERS + "/viewer", "{\"role\": \"DEVELOPER\"}"),
              manager.ask(
                  "PUT",
                  MEMBERS + "/viewer",
                  "{\"role\": \"VIEWER\", \"permissions\": [\"READ\", \"DELETE\"]}"),
              manager.ask("PUT", MEMBERS + "/admin", "{\"role\": \"VIEWER\"}"),
              manager.ask("DELETE", MEMBERS + "/admin"),
              manager.ask(
                  "POST", MEMBERS, invite("newcomer@people.example", "\"role\": \"ADMIN\"")));
      for (Stage.Answer answer : refused) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("CODEPAL_BEYOND_OWN");
      }
      assertThat(
              manager
                  .ask("POST", MEMBERS, invite("newcomer@people.example", "\"role\": \"VIEWER\""))
                  .status())
          .isEqualTo(201);
      assertThat(manager.ask("DELETE", MEMBERS + "/viewer").status()).isEqualTo(200);
      assertThat(
              Theatre.as(stage, "owner")
                  .ask("PUT", MEMBERS + "/developer", "{\"role\": \"ADMIN\"}")
                  .status())
          .isEqualTo(200);
      assertThat(manager.ask("DELETE", MEMBERS + "/admin").status()).isEqualTo(200);
    }
  }

  @Test
  @Tag("CP-118")
  void members_are_listed_in_pages(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice viewer = Theatre.as(stage, "viewer");
      List<String> seen = new ArrayList<>();
      String more = "";
      for (int i = 0; i < 3; i++) {
        Stage.Answer answer = viewer.ask("GET", MEMBERS + "?limit=2" + more);
        answer
            .json()
            .get("members")
            .valueStream()
            .forEach(member -> seen.add(member.get("userId").asString()));
        more = "&after=" + seen.getLast();
      }
      assertThat(seen).containsExactly("admin", "developer", "owner", "spare", "viewer");
      assertThat(viewer.ask("GET", MEMBERS + "?limit=1000").status()).isEqualTo(400);
    }
  }

  @Test
  void a_project_has_so_many_members_at_most(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute(
          "insert into users (id) select 'u' || n from generate_series(1, 195) n",
          "insert into project_members (project_id, user_id, role) select 'p', 'u' || n, 'VIEWER'"
              + " from generate_series(1, 195) n");
      Stage.Answer refused =
          Theatre.as(stage, "owner")
              .ask("POST", MEMBERS, invite("newcomer@people.example", "\"role\": \"VIEWER\""));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("CODEPAL_QUOTA");
    }
  }

  @Test
  @Tag("CP-118")
  void colleagues_are_found_over_shared_projects_and_no_further(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Theatre.project(database, "q");
      Theatre.project(database, "gone");
      database.execute(
          "delete from project_members where project_id = 'q' and user_id = 'viewer'",
          "update projects set status = 'DELETED' where id = 'gone'",
          "insert into project_members (project_id, user_id, role) values ('q', 'newcomer',"
              + " 'VIEWER')",
          "insert into projects (id, name, owner_id) values ('elsewhere', 'x', 'stranger')",
          "insert into project_members (project_id, user_id, role) values ('elsewhere',"
              + " 'developer', 'VIEWER')");
      Stage.Voice viewer = Theatre.as(stage, "viewer");
      Stage.Answer answer = viewer.ask("GET", "/code/colleagues");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.json().get("colleagues").valueStream())
          .extracting(one -> one.get("userId").asString() + one.get("projects"))
          .containsExactly("admin[\"p\"]", "developer[\"p\"]", "owner[\"p\"]", "spare[\"p\"]");
      Stage.Answer ofOwner =
          Theatre.as(stage, "owner").ask("GET", "/code/colleagues?limit=2&after=admin");
      assertThat(ofOwner.json().get("colleagues").valueStream())
          .extracting(one -> one.get("userId").asString() + one.get("projects"))
          .containsExactly("developer[\"p\",\"q\"]", "newcomer[\"q\"]");
      assertThat(Theatre.as(stage, "boss").ask("GET", "/code/colleagues").json().get("colleagues"))
          .isEmpty();
    }
  }

  @Test
  void addresses_are_not_tried_out_without_end(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice owner = Theatre.as(stage, "owner");
      String guess = invite("nobody@people.example", "\"role\": \"VIEWER\"");
      for (int i = 0; i < 60; i++) {
        assertThat(owner.ask("POST", MEMBERS, guess).status()).isEqualTo(404);
      }
      assertThat(owner.ask("POST", MEMBERS, guess).status()).isEqualTo(429);
      assertThat(Theatre.as(stage, "admin").ask("POST", MEMBERS, guess).status()).isEqualTo(404);
    }
  }
}
