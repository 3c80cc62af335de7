package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.GcsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The five applications on a machine that is lost, and on another that has bucket and key. */
class WipedMachineTest {

  @TempDir private Path folder;

  @Test
  @Tag("long")
  @Tag("CP-151")
  @Tag("CP-154")
  void all_five_applications_come_back_from_the_bucket_and_the_key_alone() throws Exception {
    try (GcsServer google = GcsServer.start()) {
      Path lost = Files.createDirectory(folder.resolve("lost"));
      Map<String, Integer> before;
      try (TestingFolder machine = machine(lost, google)) {
        before = tables(machine.up());
        assertThat(machine.run("backup", "create").exit()).isZero();
      }
      wipe(lost);
      Path fresh = Files.createDirectory(folder.resolve("fresh"));
      try (TestingFolder machine = machine(fresh, google)) {
        TestingFolder.Said restored = machine.run("restore", "--into", "restored");
        assertThat(restored.exit()).as(restored.toString()).isZero();
        assertThat(tables(machine.up("--data", "restored"))).hasSize(5).isEqualTo(before);
      }
    }
  }

  private TestingFolder machine(Path where, GcsServer google) throws IOException {
    return TestingFolder.withApplications(where)
        .with("BACKUP_REPOSITORY", "gs://" + GcsServer.BUCKET + "/five")
        .with("BACKUP_GCS_ENDPOINT", google.endpoint().toString())
        .with("BACKUP_GCS_KEY_FILE", google.keyFile(folder).toString())
        .with("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07");
  }

  /** How many tables each application has, counted as the application's own role. */
  private static Map<String, Integer> tables(JsonNode summary) throws Exception {
    Map<String, Integer> all = new TreeMap<>();
    for (JsonNode project : summary.path("projects")) {
      try (Connection app = TestingFolder.connect(project)) {
        all.put(
            project.path("name").asString(),
            Integer.parseInt(
                TestingFolder.value(
                    app, "select count(*) from pg_tables where schemaname = 'public'")));
      }
    }
    return all;
  }

  private static void wipe(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
