package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The search for artists over HTTP. */
@DatabaseTest
class ArtistSearchTest {

  @TempDir Path folder;

  /** Artists with these names; those that end with a question mark are not verified. */
  private static void artists(PostgresDatabase database, String... names) throws Exception {
    for (String name : names) {
      String plain = name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
      database.execute(
          ("with u as (insert into users (email, supabase_id) values ('%1$s', '%1$s') returning id)"
                  + " insert into artist_profiles (user_id, artist_name, verified, verified_at)"
                  + " select id, '%1$s', %2$s, now() from u")
              .formatted(plain, plain.equals(name)));
    }
  }

  private static JsonNode search(Stage stage, String query) throws Exception {
    String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
    Stage.Answer answer = stage.as(People.STRANGER, "USER").ask("GET", "/artists?query=" + text);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("artists");
  }

  private static List<String> names(Stage stage, String query) throws Exception {
    return search(stage, query)
        .valueStream()
        .map(found -> found.get("artist").get("artistName").asString())
        .toList();
  }

  @EachServer
  @Tag("SF-131")
  void a_part_of_the_name_whatever_its_case_and_every_character_literally(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      artists(database, "100% Vinyl", "1000 Vinyls", "Under_score", "Underscore", "Back!slash");
      assertThat(names(stage, "VINYL")).containsExactlyInAnyOrder("1000 Vinyls", "100% Vinyl");
      assertThat(names(stage, "100%")).containsExactly("100% Vinyl");
      assertThat(names(stage, "r_s")).containsExactly("Under_score");
      assertThat(names(stage, "k!s")).containsExactly("Back!slash");
      assertThat(names(stage, "llar doo")).containsExactly("The Cellar Doors");
    }
  }

  @EachServer
  @Tag("SF-132")
  void only_verified_ones(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      artists(database, "Cellar Choir", "Cellar Ghost?");
      assertThat(names(stage, "cellar")).containsExactly("Cellar Choir", "The Cellar Doors");
    }
  }

  @EachServer
  @Tag("SF-133")
  void with_id_and_address_of_the_user(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode user = search(stage, "cellar").get(0).get("user");
      assertThat(user.propertyNames()).containsExactlyInAnyOrder("id", "email");
      assertThat(user.get("email").asString()).isEqualTo("artist@seda.fm");
    }
  }

  @EachServer
  @Tag("SF-134")
  @Tag("SF-170")
  void by_name_and_at_most_twenty(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String[] many = new String[25];
      for (int i = 0; i < many.length; i++) {
        many[i] = "Choir %02d".formatted((i * 7) % 25);
      }
      artists(database, many);
      assertThat(names(stage, "choir")).hasSize(20).isSorted().startsWith("Choir 00");
    }
  }

  @EachServer
  @Tag("SF-135")
  void a_similar_spelling_is_found_when_no_name_contains_the_text(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      assertThat(names(stage, "celar doors")).containsExactly("The Cellar Doors");
      assertThat(names(stage, "the cellr doors")).containsExactly("The Cellar Doors");
      assertThat(names(stage, "zeppelin")).isEmpty();
    }
  }

  @EachServer
  void a_text_without_content_is_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var voice = stage.as(People.STRANGER, "USER");
      assertThat(voice.ask("GET", "/artists").status()).isEqualTo(400);
      assertThat(voice.ask("GET", "/artists?query=%20").code()).isEqualTo("SEDA_SEARCH_TEXT");
      assertThat(voice.ask("GET", "/artists?query=%00").status()).isEqualTo(400);
      assertThat(stage.nobody().ask("GET", "/artists?query=a").status()).isEqualTo(401);
    }
  }
}
