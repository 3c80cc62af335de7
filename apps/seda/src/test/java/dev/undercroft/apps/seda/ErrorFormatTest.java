package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers are told when the database itself is not as it should be. */
@DatabaseTest
class ErrorFormatTest {

  @TempDir private Path folder;

  @Test
  @Tag("SF-107")
  @Tag("SF-112")
  void an_error_of_the_database_shows_callers_neither_statement_nor_value_nor_stack(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "create function refuse() returns trigger language plpgsql as"
              + " $$ begin raise exception 'no % here', new.text; end $$",
          "create trigger refuse before insert on messages for each row execute function refuse()");
      Stage.Answer answer =
          stage
              .as(People.STRANGER, "USER")
              .ask(
                  "POST",
                  "/chat/rooms/" + People.OPEN_ROOM + "/messages",
                  "{\"text\": \"hunter two\"}");
      assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(400);
      assertThat(answer.json().propertyNames()).contains("code", "status");
      assertThat(answer.body())
          .doesNotContainIgnoringCase("hunter")
          .doesNotContainIgnoringCase("insert")
          .doesNotContain(
              "refuse()", "PL/pgSQL", "Exception", "dev.undercroft.", "org.jooq", "\\tat ");
    }
  }
}
