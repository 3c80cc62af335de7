package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes that are killed in the middle of a backup or a restore, at each of its steps. */
class KilledBackupTest {

  /** How every frame of Zstandard begins (RFC 8878, section 3.1.1). */
  private static final String ZSTANDARD = "(\u00b5/\u00fd";

  @TempDir private Path folder;

  @Test
  @Tag("CP-137")
  void a_killed_backup_leaves_nothing_that_counts_and_the_next_one_goes_through() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder).with("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07")) {
      shop.up();
      for (String step : List.of("copying", "waiting for the log", "verifying")) {
        killAt(shop, step, "backup", "create", "--full");
        for (JsonNode backup : ok(shop.run("backup", "list", "--json")).path("backups")) {
          boolean counts = backup.path("state").asString().equals("VERIFIED");
          // One that was killed while it was read back may have come to the end of that.
          assertThat(counts && !step.equals("verifying")).as("killed at " + step).isFalse();
        }
      }
      assertNothingIsStoredInClear();
      JsonNode made = ok(shop.run("backup", "create", "--json"));
      assertThat(made.path("backup").path("state").asString()).isEqualTo("VERIFIED");
      kill(shop.start(scrap("out"), scrap("err"), "backup", "prune"));
      assertThat(ok(shop.run("backup", "verify", "latest", "--json")).path("damage").size())
          .isZero();

      for (String step : List.of("restoring", "fetching the log")) {
        Path half = folder.resolve("half-" + step.length());
        killAt(shop, step, "restore", "--into", half.toString());
        assertThat(shop.run("restore", "--into", half.toString()).err()).contains("is not empty");
      }
      assertThat(shop.run("restore", "--into", folder.resolve("whole").toString()).exit()).isZero();
    }
  }

  /** Also of what was killed half-way: nothing begins as what is compressed and not encrypted. */
  private void assertNothingIsStoredInClear() throws Exception {
    try (Stream<Path> stored = Files.walk(folder.resolve(".undercroft/backups"))) {
      List<Path> objects =
          stored
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("/keys/"))
              .toList();
      assertThat(objects).isNotEmpty();
      for (Path object : objects) {
        String all = Files.readString(object, StandardCharsets.ISO_8859_1);
        assertThat(all).as(object.toString()).doesNotContain("lamp", "pg_control", "PG_VERSION");
        assertThat(all.substring(0, Math.min(64, all.length())))
            .as(object.toString())
            .doesNotContain(ZSTANDARD);
      }
    }
  }

  private void killAt(TestingFolder shop, String step, String... words) throws Exception {
    File err = scrap("err-" + step.length());
    Process process = shop.start(scrap("out"), err, words);
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!Files.readString(err.toPath()).contains(step)) {
      assertThat(process.isAlive()).as("it came to the step %s", step).isTrue();
      assertThat(Instant.now()).as("it came to the step %s", step).isBefore(end);
      Thread.onSpinWait();
    }
    kill(process);
  }

  private static void kill(Process process) throws Exception {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private File scrap(String name) {
    return folder.resolve(name).toFile();
  }

  private static JsonNode ok(TestingFolder.Said said) {
    assertThat(said.exit()).as(said.toString()).isZero();
    return said.json();
  }
}
