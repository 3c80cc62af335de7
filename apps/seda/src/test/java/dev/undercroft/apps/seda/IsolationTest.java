package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees and changes whose rows, by caller, table and command, the refusals included. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {

  /** Callers in the order of the columns of the tables below. */
  private static final List<String> CALLERS =
      List.of("admin", "member", "stranger", "stranger as owner", "nobody", "nobody as owner");

  /** How many rows of the seeds and of {@link #EXTRA} each caller reads; ! is refused. */
  private static final String READS =
      """
      users                 | 4 | 4 | 4 | 4 | 0 | 0
      artist_profiles       | 1 | 1 | 1 | 1 | 1 | 1
      verification_requests | 2 | 1 | 1 | 1 | 0 | 0
      rooms                 | 2 | 2 | 1 | 1 | 0 | 0
      room_memberships      | 6 | 6 | 4 | 4 | 0 | 0
      messages              | 6 | 6 | 5 | 5 | 0 | 0
      reactions             | 4 | 4 | 3 | 3 | 0 | 0
      track_refs            | 3 | 3 | 3 | 3 | 0 | 0
      crawler_cache         | ! | ! | ! | 0 | ! | 0
      admin_actions         | 1 | 0 | 0 | 0 | 0 | 0
      moderation_logs       | 1 | 0 | 0 | 0 | 0 | 0
      """;

  /** Rows that the seeds do not have. */
  private static final List<String> EXTRA =
      List.of(
          "insert into verification_requests (user_id, claim_code, expires_at) values ('LISTENER',"
              + " 'SEDA-1', now() + interval '7 days'), ('STRANGER', 'SEDA-2', now() + interval '7"
              + " days')",
          "insert into reactions (message_id, user_id, emoji) values ('SECRET', 'LISTENER', 'x')",
          "insert into crawler_cache (url, expires_at) values ('https://a/', now())",
          "insert into admin_actions (admin_id, action) values ('ADMIN', 'x')",
          "insert into moderation_logs (room_id, moderator_id, target_id, action) values"
              + " ('PRIVATE_ROOM', 'ARTIST', 'SECRET', 'DELETE_MESSAGE')");

  /** Statements that reach no row of another, and how many rows they reach. */
  private static final List<String> REACHES =
      List.of(
          "stranger | 1 | update users set email = email",
          "member | 1 | update users set email = email",
          "admin | 4 | update users set email = email",
          "stranger | 0 | update artist_profiles set bio = 'x'",
          "artist | 1 | update artist_profiles set bio = 'x'",
          "admin | 1 | update artist_profiles set bio = 'x'",
          "stranger | 0 | delete from artist_profiles",
          "stranger | 0 | update rooms set name = 'x'",
          "artist | 1 | update rooms set name = 'x'",
          "stranger | 0 | delete from rooms",
          "stranger | 0 | update room_memberships set is_mod = true",
          "artist | 2 | update room_memberships set is_mod = true",
          "stranger | 1 | delete from room_memberships",
          "member | 2 | delete from room_memberships",
          "stranger | 1 | update messages set text = 'x'",
          "stranger | 1 | update messages set deleted_at = now()",
          "moderator | 5 | update messages set deleted_at = now()",
          "stranger | 2 | delete from reactions",
          "stranger | 0 | update verification_requests set status = 'EXPIRED'",
          "admin | 2 | update verification_requests set status = 'EXPIRED'",
          "stranger | 0 | delete from verification_requests",
          "artist | 1 | select id from moderation_logs",
          "moderator | 0 | select id from moderation_logs",
          "stranger as owner | 1 | update users set email = email",
          "stranger as owner | 0 | delete from messages",
          "nobody as owner | 0 | update messages set text = 'x'",
          "nobody | 0 | update users set email = 'x'",
          "nobody | 0 | delete from rooms");

  private static final List<String> FORGERIES =
      List.of(
          "stranger | insert into rooms (name, created_by) values ('x', 'ADMIN')",
          "artist | update rooms set created_by = 'ADMIN' where id = 'PRIVATE_ROOM'",
          "stranger | insert into room_memberships (room_id, user_id) values ('PRIVATE_ROOM',"
              + " 'STRANGER')",
          "stranger | insert into room_memberships (room_id, user_id, is_mod) values ('OPEN_ROOM',"
              + " 'STRANGER', true)",
          "stranger | insert into room_memberships (room_id, user_id) values ('OPEN_ROOM', 'ADMIN')",
          "stranger | insert into messages (room_id, user_id, text) values ('PRIVATE_ROOM',"
              + " 'STRANGER', 'x')",
          "stranger | insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'LISTENER',"
              + " 'x')",
          "stranger | insert into messages (room_id, user_id, text, type) values ('OPEN_ROOM',"
              + " 'STRANGER', 'x', 'SYSTEM')",
          "stranger | insert into reactions (message_id, user_id, emoji) values ('SECRET',"
              + " 'STRANGER', 'x')",
          "stranger | insert into reactions (message_id, user_id, emoji) values ('CARD', 'LISTENER',"
              + " 'x')",
          "stranger | insert into artist_profiles (user_id, artist_name, verified, verified_at)"
              + " values ('STRANGER', 'x', true, now())",
          "stranger | insert into verification_requests (user_id, claim_code, expires_at) values"
              + " ('ARTIST', 'x', now() + interval '7 days')",
          "artist | insert into verification_requests (user_id, claim_code, expires_at, target_url)"
              + " values ('ARTIST', 'x', now() + interval '7 days', 'https://a/')",
          "stranger | insert into admin_actions (admin_id, action) values ('STRANGER', 'x')",
          "admin | insert into admin_actions (admin_id, action) values ('ARTIST', 'x')",
          "stranger | insert into moderation_logs (room_id, moderator_id, target_id, action) values"
              + " ('OPEN_ROOM', 'STRANGER', 'CARD', 'DELETE_MESSAGE')",
          "artist | insert into moderation_logs (room_id, moderator_id, target_id, action) values"
              + " ('PRIVATE_ROOM', 'ADMIN', 'SECRET', 'DELETE_MESSAGE')",
          "admin | delete from admin_actions",
          "admin | update moderation_logs set reason = 'x'",
          "stranger | update track_refs set title = 'x'",
          "stranger | delete from track_refs",
          "stranger | insert into users (email, supabase_id) values ('x@example.com', 'x')",
          "stranger | delete from users",
          "stranger | select supabase_id from users",
          "stranger | insert into crawler_cache (url, expires_at) values ('https://b/', now())",
          "stranger | delete from messages",
          "moderator | delete from messages",
          "stranger | update reactions set emoji = 'x'",
          "stranger | truncate messages cascade",
          "stranger | alter table messages disable row level security",
          "stranger as owner | insert into rooms (name, created_by) values ('x', 'ADMIN')",
          "nobody | insert into rooms (name, created_by) values ('x', 'ADMIN')",
          "nobody | insert into track_refs (provider, provider_id, url, title, artist) values ('x',"
              + " 'x', 'x', 'x', 'x')");

  private final Trials trials;

  IsolationTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  private static Trial as(Trial trial, String caller) throws SQLException {
    trial.asSystem();
    for (String statement : EXTRA) {
      trial.run(People.named(statement));
    }
    return switch (caller) {
      case "admin" -> trial.asCaller(People.ADMIN, "ADMIN");
      case "artist" -> trial.asCaller(People.ARTIST, "ARTIST");
      case "moderator" -> trial.asCaller(People.ADMIN, "USER");
      case "member" -> trial.asCaller(People.LISTENER, "USER");
      case "stranger" -> trial.asCaller(People.STRANGER, "USER");
      case "stranger as owner" -> trial.asOwner(People.STRANGER, "USER");
      case "nobody" -> trial.asNobody();
      case "nobody as owner" -> trial.as("owner", "", "");
      default -> throw new IllegalArgumentException(caller);
    };
  }

  static Stream<String[]> reads() {
    return READS
        .lines()
        .map(line -> line.split(" *\\| *"))
        .flatMap(cells ->
            CALLERS.stream()
                .map(caller ->
                    new String[] {caller, cells[0], cells[CALLERS.indexOf(caller) + 1].strip()}));
  }

  static Stream<String[]> reaches() {
    return REACHES.stream().map(line -> line.split(" \\| ", 3));
  }

  static Stream<String[]> forgeries() {
    return FORGERIES.stream().map(line -> line.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0} reads {2} of {1}")
  @MethodSource("reads")
  @Tag("SF-049")
  void a_caller_reads(String caller, String table, String count) {
    trials.each(trial -> {
      as(trial, caller);
      String query = "select id from " + table;
      if (count.equals("!")) {
        assertThat(trial.refusal(query).state()).isEqualTo("42501");
      } else {
        assertThat(trial.run(query)).hasToString(count);
      }
    });
  }

  @ParameterizedTest(name = "{0} reaches {1} rows: {2}")
  @MethodSource("reaches")
  void a_caller_changes_own_rows_only(String caller, String count, String statement) {
    trials.each(
        trial -> assertThat(as(trial, caller).run(People.named(statement))).hasToString(count));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("forgeries")
  void a_forgery_is_refused(String caller, String statement) {
    trials.each(trial ->
        assertThat(as(trial, caller).refusal(People.named(statement)).state()).isEqualTo("42501"));
  }

  @Test
  void every_table_has_forced_row_security() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select relname from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind in ('r', 'p')"
                        + " and not (relrowsecurity and relforcerowsecurity)"))
            .isEmpty());
  }

  @Test
  void the_setting_that_narrows_memberships_never_widens_them() {
    trials.each(trial -> {
      as(trial, "stranger");
      trial.run("select set_config('seda.own_memberships_only', 'on', true)");
      assertThat(trial.run("select id from room_memberships")).isEqualTo(1);
      trial.run("select set_config('seda.own_memberships_only', 'off', true)");
      assertThat(trial.run("select id from room_memberships")).isEqualTo(4);
    });
  }

  @Test
  void the_creator_takes_members_into_a_private_room() {
    trials.each(trial -> {
      as(trial, "artist");
      assertThat(
              trial.run(
                  People.named(
                      "insert into room_memberships (room_id, user_id)"
                          + " values ('PRIVATE_ROOM', 'STRANGER')")))
          .isEqualTo(1);
      trial.asCaller(People.STRANGER, "USER");
      assertThat(trial.run("select id from rooms")).isEqualTo(2);
    });
  }

  @Test
  void a_user_is_invisible_to_those_who_never_met() {
    trials.each(trial -> {
      trial.run("insert into users (email, supabase_id) values ('x@example.com', 'x')");
      trial.asCaller(People.STRANGER, "USER");
      assertThat(trial.run("select id from users where email = 'x@example.com'")).isZero();
      trial.asCaller(People.ADMIN, "ADMIN");
      assertThat(trial.run("select id from users where email = 'x@example.com'")).isEqualTo(1);
    });
  }
}
