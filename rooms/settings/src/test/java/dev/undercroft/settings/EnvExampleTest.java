package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code .env.example} of every project of this workspace. */
@Tag("SC-046")
@Tag("EP-030")
class EnvExampleTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  @TempDir private Path folder;

  static List<Project> projects() {
    return ProjectFinder.find(ROOT, null).projects();
  }

  @ParameterizedTest
  @MethodSource("projects")
  void the_template_is_what_the_settings_say(Project project) throws IOException {
    Path file = project.folder().resolve(".env.example");
    String text = EnvExample.of(ProjectFinder.find(project.folder(), null));
    if ("update".equals(System.getProperty("undercroft.golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text)
        .as("%s; run once with -Dundercroft.golden=update", file)
        .isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("projects")
  void the_template_has_every_variable_with_a_comment(Project project) throws IOException {
    String text = Files.readString(project.folder().resolve(".env.example"));
    Selection selection = ProjectFinder.find(project.folder(), null);
    Situation situation =
        new Situation(
            selection,
            new Surroundings(ROOT, Map.of(), List.of(), ROOT),
            Environment.DEVELOPMENT,
            Purpose.COMMAND);
    for (Setting<?> setting : situation.settings()) {
      assertThat(text).containsPattern("\n# .+\n#" + setting.variable() + "=");
    }
  }

  @ParameterizedTest
  @MethodSource("projects")
  void the_template_copied_and_with_everything_set_is_read_at_start(Project project)
      throws IOException {
    Path copy = folder.resolve(project.name());
    Files.createDirectories(copy);
    Files.copy(project.folder().resolve("undercroft.toml"), copy.resolve("undercroft.toml"));
    String template = Files.readString(project.folder().resolve(".env.example"));
    Matcher lines = Pattern.compile("(?m)^#([A-Z][A-Z0-9_]*=)(.*)$").matcher(template);
    String edited =
        lines.replaceAll(line ->
            Matcher.quoteReplacement(
                line.group(1)
                    + (line.group(2).isEmpty()
                        ? "a-secret-for-"
                            + line.group(1).toLowerCase(java.util.Locale.ROOT)
                            + "0123456789abcdef"
                        : line.group(2))));
    Files.writeString(copy.resolve(".env"), edited);
    SettingsReport report =
        SettingsReader.report(
            ProjectFinder.find(copy, null),
            new Surroundings(copy, Map.of(), List.of(), copy.resolve("none")),
            Purpose.START);
    assertThat(report.problems()).isEmpty();
    assertThat(report.settings().origin(ServerSettings.PORT).place()).startsWith(".env line ");
  }

  @Test
  void a_template_is_safe_to_copy_as_it_is() {
    Desk desk = new Desk(folder);
    desk.file(".env", EnvExample.of(ProjectFinder.find(folder, null)));
    assertThat(desk.report(Purpose.START).problems()).isEmpty();
  }
}
