package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever stole a session does not keep the account by a request that was let in just before the
 * owner set another password.
 */
@DatabaseTest
class ResetRaceTest {

  private static final String ANN = "ann@example.com";
  private static final String NEW = "another-horse-8";

  @TempDir Path folder;

  /** Two requests at once: the first stands in the queue when the second is sent. */
  private record Both(int first, int second) {}

  /** Sends two requests while neither can decide yet, then lets them, in this order. */
  private static Both atOnce(
      PostgresDatabase database,
      String person,
      Callable<Stage.Answer> first,
      Callable<Stage.Answer> second)
      throws Exception {
    try (Connection held = database.connect();
        Statement statement = held.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      held.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('codepal.keys/%s', 0))".formatted(person));
      Future<Stage.Answer> one = threads.submit(first);
      Await.until("the first waits or is done", () -> one.isDone() || waiting(database) >= 1);
      Future<Stage.Answer> other = threads.submit(second);
      Await.until("the second waits or is done", () -> other.isDone() || waiting(database) >= 2);
      held.commit();
      return new Both(one.get().status(), other.get().status());
    }
  }

  private static int waiting(PostgresDatabase database) throws Exception {
    return Integer.parseInt(
        database.value(
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'"));
  }

  private static String livingKeys(PostgresDatabase database, String person) throws Exception {
    return database.value(
        "select count(*) from api_keys where revoked_at is null and user_id = '%s'"
            .formatted(person));
  }

  private static Stage.Answer reset(Stage stage) throws Exception {
    String code =
        stage
            .letters()
            .getLast()
            .text()
            .lines()
            .filter(line -> line.matches("[A-Za-z0-9_-]{43}"))
            .findFirst()
            .orElseThrow();
    return stage
        .nobody()
        .ask(
            "POST",
            "/code/password/reset",
            "{\"email\": \"%s\", \"token\": \"%s\", \"password\": \"%s\"}"
                .formatted(ANN, code, NEW));
  }

  private static Stage.Voice stolen(Stage stage) throws Exception {
    Stage.Voice thief =
        stage.bearer(Theatre.enter(stage, ANN).json().get("accessToken").asString());
    stage.nobody().ask("POST", "/code/password/forgotten", "{\"email\": \"%s\"}".formatted(ANN));
    return thief;
  }

  @Test
  void a_key_that_was_asked_for_before_a_reset_does_not_outlive_it(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.register(stage, ANN);
      Stage.Voice thief = stolen(stage);
      Both both = atOnce(database, ann, () -> thief.ask("POST", "/code/keys"), () -> reset(stage));
      assertThat(both).isEqualTo(new Both(201, 200));
      assertThat(livingKeys(database, ann)).isEqualTo("0");
    }
  }

  @Test
  void a_request_that_waited_for_a_reset_makes_no_key(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.register(stage, ANN);
      Stage.Voice thief = stolen(stage);
      Both both = atOnce(database, ann, () -> reset(stage), () -> thief.ask("POST", "/code/keys"));
      assertThat(both).isEqualTo(new Both(200, 401));
      assertThat(livingKeys(database, ann)).isEqualTo("0");
    }
  }

  @Test
  void a_request_that_waited_for_a_reset_changes_no_address(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.register(stage, ANN);
      Stage.Voice thief = stolen(stage);
      Both both =
          atOnce(
              database,
              ann,
              () -> reset(stage),
              () ->
                  thief.ask(
                      "POST",
                      "/code/me/email",
                      "{\"email\": \"eve@example.com\", \"password\": \"%s\"}"
                          .formatted(Theatre.PASSWORD)));
      assertThat(both).isEqualTo(new Both(200, 401));
      assertThat(database.value("select email from users where id = '" + ann + "'")).isEqualTo(ANN);
      assertThat(Theatre.login(stage, ANN, NEW).status()).isEqualTo(200);
    }
  }
}
