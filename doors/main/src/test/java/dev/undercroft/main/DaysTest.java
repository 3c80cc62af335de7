package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the pages under docs/day tell happens: two users, somebody hostile, an administrator. */
class DaysTest {

  @TempDir private Path folder;

  @Test
  void a_day_in_seda_goes_as_its_page_tells() throws Exception {
    try (TestingFolder project = TestingFolder.withApplication(folder, "seda")) {
      assertThat(live(project, project.up(), "seda")).isEmpty();
    }
  }

  @Test
  @Tag("long")
  void a_day_in_each_application_goes_as_its_page_tells() throws Exception {
    try (TestingFolder workspace = TestingFolder.withApplications(folder)) {
      JsonNode summary = workspace.up();
      List<String> otherwise = new ArrayList<>();
      for (String name : List.of("simplycaster", "seda", "audiotricks", "epic", "codepal")) {
        otherwise.addAll(live(workspace, summary, name));
      }
      assertThat(otherwise).isEmpty();
    }
  }

  private static List<String> live(TestingFolder workspace, JsonNode summary, String name)
      throws Exception {
    Path page = Path.of(System.getProperty("undercroft.root"), "docs", "day", name + ".md");
    DayRun.Instance instance =
        new DayRun.Instance(
            summary.path("address").asString(),
            Files.readString(Path.of(summary.path("tokenFile").asString())).strip(),
            workspace.folder().resolve(".undercroft/outbox").resolve(name));
    try (DayRun run = new DayRun(instance, Day.read(page))) {
      return run.live();
    }
  }
}
