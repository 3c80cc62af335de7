package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Route;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route that is declared, asked by those whom the rows are not for. */
@DatabaseTest
class StrangersTest {

  /** Whose row stands in the path, by the path's first word. */
  private static final Map<String, String> ROWS =
      Map.of(
          "users", Scene.HOST_A,
          "hosts", Scene.HOST_A,
          "rooms", Scene.ROOM_A,
          "guests", Scene.GUEST_A,
          "recordings", Scene.RECORDING_A,
          "recording-files", Scene.FILE_A,
          "episodes", Scene.EPISODE_B,
          "invitations", Scene.INVITATION_A);

  /** A body that would be taken, by type. */
  private static final Map<Class<?>, String> BODIES =
      Map.of(
          Users.Change.class, "{\"role\": \"admin\", \"isActive\": true}",
          AuditArchive.Rotation.class, "{\"until\": \"2026-01-01\", \"sha256\": \"x\"}",
          Rooms.Wanted.class, "{}",
          Guests.Wanted.class, "{\"displayName\": \"G\"}",
          Invitations.Wanted.class, "{\"email\": \"x@example.com\", \"role\": \"admin\"}",
          Episodes.Draft.class, Theatre.episode("Mine"),
          RecordingFiles.Uploaded.class,
              "{\"fileName\": \"f\", \"filePath\": \"f\", \"participantName\": \"B\","
                  + " \"participantType\": \"host\", \"sizeBytes\": 1}");

  private final PostgresDatabase database;
  private final Stage stage;
  private final List<Route> routes = new ArrayList<>();

  StrangersTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    SimplyCaster application = new SimplyCaster();
    this.stage =
        new Stage(
            InstalledProject.migrated(database, "simplycaster", Path.of("").toAbsolutePath()),
            application,
            folder);
    application.declare(routes::add, stage.services());
    database.execute(Scene.statements().toArray(String[]::new));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Everything there is, in one text. */
  private String rows() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String table : new java.util.TreeSet<>(Scene.ROWS.keySet())) {
      all.append(
          database.value(
              "select '%1$s ' || coalesce(string_agg(t::text, ' ' order by id), '') from %1$s t"
                  .formatted(table)));
    }
    return all.toString();
  }

  private Answer ask(Stage.Voice voice, Route route) throws Exception {
    String word = route.path().split("/", -1)[1];
    String path =
        route.path().contains("{id}")
            ? route.path().replace("{id}", Objects.requireNonNull(ROWS.get(word), word))
            : route.path();
    @Nullable String body =
        route
            .body()
            .map(type -> Objects.requireNonNull(BODIES.get(type), type.getName()))
            .orElse(null);
    return voice.ask(route.method().name(), path, body);
  }

  private void each(boolean aboutOneRow, Stage.Voice voice, BiConsumer<Route, Answer> check)
      throws Exception {
    String before = rows();
    int asked = 0;
    for (Route route : routes) {
      if (route.audience() == Audience.TENANT && route.path().contains("{id}") == aboutOneRow) {
        check.accept(route, ask(voice, route));
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(5);
    assertThat(rows()).isEqualTo(before);
  }

  private static String name(Route route, Answer answer) {
    return route.method() + " " + route.path() + ": " + answer.status() + " " + answer.body();
  }

  /** Not there, not allowed, or an empty list; never a word of the row. */
  private static void reveals_nothing(Route route, Answer answer) {
    assertThat(answer.status()).as(name(route, answer)).isIn(200, 403, 404);
    if (answer.status() == 200) {
      assertThat(route.method().name()).as(name(route, answer)).isEqualTo("GET");
      assertThat(answer.body()).as(name(route, answer)).contains("[]").doesNotContain("aaaaaaaa");
    }
    assertThat(answer.body()).doesNotContain("a@example.com", "Room a", "folder-a", "Guest a");
  }

  @Test
  @Tag("SC-009")
  void nothing_of_a_host_is_reached_or_changed_by_another_host() throws Exception {
    each(true, stage.as(Scene.HOST_B, "host"), StrangersTest::reveals_nothing);
  }

  @Test
  @Tag("SC-009")
  void nothing_of_a_host_is_reached_or_changed_by_the_guest_of_another() throws Exception {
    each(true, stage.as(Scene.GUEST_B, "guest"), StrangersTest::reveals_nothing);
  }

  @Test
  void a_role_that_does_not_exist_reaches_nothing() throws Exception {
    each(true, stage.as(Scene.HOST_B, "root"), StrangersTest::reveals_nothing);
  }

  @Test
  void who_has_not_signed_in_reaches_nothing() throws Exception {
    BiConsumer<Route, Answer> refused =
        (route, answer) -> assertThat(answer.status()).as(name(route, answer)).isEqualTo(401);
    each(true, stage.nobody(), refused);
    each(false, stage.nobody(), refused);
    each(true, stage.bearer("x".repeat(43)), refused);
  }

  @Test
  void a_guest_changes_nothing_in_the_own_room_but_to_leave_it() throws Exception {
    String before = rows();
    for (Route route : routes) {
      if (route.audience() == Audience.TENANT
          && !route.method().name().equals("GET")
          && !route.path().equals("/guests/leave")) {
        Answer answer = ask(stage.as(Scene.GUEST_A, "guest"), route);
        assertThat(answer.status()).as(name(route, answer)).isEqualTo(403);
      }
    }
    assertThat(rows()).isEqualTo(before);
  }
}
