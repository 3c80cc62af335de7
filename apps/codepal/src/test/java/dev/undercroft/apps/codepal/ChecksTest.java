package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses, whoever asks, and what it fills in. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChecksTest {

  /** A constraint and a statement that it refuses. */
  private static final String REFUSED =
      """
      idx_user_email | insert into users (email) values ('a@example.com')
      users_email_lower_key | insert into users (email) values ('A@Example.com')
      users_role_known | insert into users (role) values ('owner')
      users_id_fixed | update users set id = 'other' where id = 'user-a'
      accounts_provider_account_key | insert into accounts (user_id, type, provider, provider_account_id) values ('user-b', 'oauth', 'github', 'a')
      accounts_user_id_fkey | insert into accounts (user_id, type, provider, provider_account_id) values ('nobody', 'oauth', 'github', 'c')
      accounts_tokens_encrypted | update accounts set id_token = 'eyJhbGciOi'
      sessions_session_token_key | insert into sessions (user_id, session_token, expires) values ('user-b', repeat('a', 64), now())
      sessions_session_token_sha256 | insert into sessions (user_id, session_token, expires) values ('user-b', 'token', now())
      sessions_user_id_fkey | insert into sessions (user_id, session_token, expires) values ('nobody', repeat('c', 64), now())
      api_keys_key_key | insert into api_keys (user_id, key, prefix) values ('user-b', repeat('a', 64), 'code')
      api_keys_key_sha256 | insert into api_keys (user_id, key, prefix) values ('user-b', 'codepal_live_secret', 'code')
      api_keys_prefix_short | insert into api_keys (user_id, key, prefix) values ('user-b', repeat('c', 64), repeat('c', 43))
      api_keys_user_id_fkey | insert into api_keys (user_id, key, prefix) values ('nobody', repeat('c', 64), 'code')
      verification_tokens_pkey | insert into verification_tokens (identifier, token, expires) values ('a@example.com', repeat('a', 64), now())
      verification_tokens_token_key | insert into verification_tokens (identifier, token, expires) values ('c', repeat('a', 64), now())
      verification_tokens_token_sha256 | insert into verification_tokens (identifier, token, expires) values ('c', 'token', now())
      projects_owner_id_fkey | insert into projects (name, owner_id) values ('x', 'nobody')
      projects_name_present | insert into projects (name, owner_id) values ('', 'user-a')
      projects_settings_object | update projects set settings = '[]'
      projects_status_known | update projects set status = 'PAUSED'
      projects_transition | insert into projects (name, owner_id, status) values ('x', 'user-a', 'ARCHIVED')
      projects_owner_fixed | update projects set owner_id = 'user-b' where id = 'project-a'
      projects_deleted_at_by_status | update projects set deleted_at = now()
      project_members_project_id_fkey | insert into project_members (project_id, user_id, role) values ('nothing', 'stranger', 'VIEWER')
      project_members_user_id_fkey | insert into project_members (project_id, user_id, role) values ('project-a', 'nobody', 'VIEWER')
      project_members_project_user_key | insert into project_members (project_id, user_id, role) values ('project-a', 'viewer', 'DEVELOPER')
      project_members_role_known | insert into project_members (project_id, user_id, role) values ('project-a', 'stranger', 'OWNER')
      project_members_permissions_known | update project_members set permissions = '["FLY"]' where id = 'member-viewer'
      project_members_permissions_known | update project_members set permissions = '"READ"' where id = 'member-viewer'
      project_members_place_fixed | update project_members set project_id = 'project-b' where id = 'member-viewer'
      project_members_owner_stays | delete from project_members where user_id = 'user-a'
      project_members_owner_stays | update project_members set role = 'VIEWER' where user_id = 'user-a'
      project_members_owner_stays | update project_members set permissions = '["READ"]' where user_id = 'user-a'
      project_files_project_id_fkey | insert into project_files (project_id, path, name) values ('nothing', 'x', 'x')
      project_files_modified_by_fkey | insert into project_files (project_id, path, name, modified_by) values ('project-a', 'x', 'x', 'nobody')
      idx_project_file_path | insert into project_files (project_id, path, name) values ('project-a', 'src/a.txt', 'a.txt')
      project_files_name_of_path | insert into project_files (project_id, path, name) values ('project-a', 'src/x.txt', 'y.txt')
      project_files_project_fixed | update project_files set project_id = 'project-b' where id = 'project_file-a'
      """;

  private final Trials trials;

  ChecksTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old);
  }

  static Stream<String[]> refused() {
    return REFUSED.lines().map(line -> line.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  @Tag("CP-008")
  @Tag("CP-009")
  @Tag("CP-010")
  @Tag("CP-011")
  @Tag("CP-012")
  @Tag("CP-013")
  @Tag("CP-014")
  @Tag("CP-015")
  void a_bad_value_is_refused(String constraint, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.refusal(statement).constraint()).isEqualTo(constraint);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../x",
        "a/../x",
        "a/..",
        "..",
        ".",
        "./x",
        "a/./x",
        "a//x",
        "a/",
        "",
        "C:/x",
        "c:x",
        "a\\x",
        "a\nx",
        "a\u0001"
      })
  @Tag("CP-014")
  void a_path_that_leads_out_or_is_no_file_is_refused(String path) {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial
                  .refusal(
                      "insert into project_files (project_id, path, name)"
                          + " values ('project-a', ?, regexp_replace(?, '^.*/', ''))",
                      path,
                      path)
                  .constraint())
          .isEqualTo("project_files_path_relative");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".env", "a.b/c..d", "...", "ä/ü.txt", "a b/c d", "a/.github/x.yml"})
  @Tag("CP-014")
  void an_ordinary_path_is_accepted(String path) {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial.run(
                  "insert into project_files (project_id, path, name)"
                      + " values ('project-a', ?, regexp_replace(?, '^.*/', ''))",
                  path,
                  path))
          .isEqualTo(1);
    });
  }

  @Test
  @Tag("CP-014")
  void size_type_time_and_author_of_a_file_follow_from_the_writing() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String written = " returning concat_ws(' ', size, type, modified_by, last_modified > now())";
      trial.asCaller("developer", "user");
      assertThat(
              trial.value(
                  "insert into project_files (project_id, path, name, content, modified_by)"
                      + " values ('project-a', 'x/Y.Java', 'Y.Java', 'äö', 'user-b')"
                      + written))
          .isEqualTo("4 java developer t");
      assertThat(
              trial.value(
                  "update project_files set content = null, size = 99 where path = 'x/Y.Java'"
                      + written))
          .isEqualTo("0 java developer t");
    });
  }

  @Test
  @Tag("CP-012")
  void a_project_is_archived_and_back_and_deleted_for_good() {
    String move = "update projects set status = ? where id = 'project-a'";
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.run(move, "ARCHIVED")).isEqualTo(1);
      assertThat(trial.run(move, "ACTIVE")).isEqualTo(1);
      assertThat(trial.value(move + " returning deleted_at is not null", "DELETED")).isEqualTo("t");
      assertThat(trial.refusal(move, "ACTIVE").constraint()).isEqualTo("projects_transition");
      assertThat(trial.refusal(move, "ARCHIVED").constraint()).isEqualTo("projects_transition");
      assertThat(trial.refusal("update project_files set content = 'x'").constraint())
          .isEqualTo("project_files_project_live");
    });
  }

  @Test
  @Tag("CP-013")
  void the_owner_of_a_new_project_is_its_first_member() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("stranger", "user");
      trial.run("insert into projects (id, name, owner_id) values ('new', 'New', 'stranger')");
      assertThat(
              trial.column(
                  "select user_id || ' ' || role from project_members where project_id = 'new'"))
          .containsExactly("stranger ADMIN");
    });
  }

  @Test
  @Tag("CP-008")
  @Tag("CP-012")
  void the_time_of_change_moves_without_help() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String table : new String[] {"users", "projects"}) {
        assertThat(
                trial.column(
                    "update " + table + " set updated_at = 'epoch' returning updated_at > now()"))
            .as(table)
            .containsOnly("t");
      }
    });
  }
}
