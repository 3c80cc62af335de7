package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFinderTest {

  @TempDir private Path root;

  @BeforeEach
  void two_projects_in_a_workspace_and_one_alone() {
    write("ws/undercroft.toml", "[workspace]\nprojects = [\"apps/one\", \"apps/two\"]\n");
    write("ws/apps/one/undercroft.toml", "[project]\nname = \"one\"\ntitle = \"The first\"\n");
    write("ws/apps/two/undercroft.toml", "[project]\nname = \"two\"\nseed = \"data\"\n");
    write("ws/other/undercroft.toml", "[project]\nname = \"other\"\n");
    write("ws/apps/one/migrations/x/migration.sql", "");
  }

  @Test
  void the_workspace_is_found_from_its_own_folder_and_selects_all() {
    Selection selection = ProjectFinder.find(root.resolve("ws"), null);
    assertThat(selection.projects()).extracting(Project::name).containsExactly("one", "two");
    assertThat(selection.isOne()).isFalse();
    assertThat(problems(selection::one))
        .extracting(Problem::remedy)
        .first()
        .asString()
        .contains("one, two");
    assertThat(selection.workspace().state()).isEqualTo(root.resolve("ws/.undercroft"));
  }

  @Test
  void a_project_is_found_from_deep_inside_together_with_its_workspace() {
    Selection selection = ProjectFinder.find(root.resolve("ws/apps/one/migrations/x"), null);
    assertThat(selection.one().name()).isEqualTo("one");
    assertThat(selection.one().title()).isEqualTo("The first");
    assertThat(selection.workspace().folder()).isEqualTo(root.resolve("ws"));
    assertThat(selection.workspace().projects()).hasSize(2);
  }

  @Test
  void a_project_that_no_workspace_lists_is_a_workspace_of_its_own() {
    Selection selection = ProjectFinder.find(root.resolve("ws/other"), null);
    assertThat(selection.workspace().folder()).isEqualTo(root.resolve("ws/other"));
    assertThat(selection.one().migrations()).isEqualTo(root.resolve("ws/other/migrations"));
  }

  @Test
  void a_project_is_named_by_name_by_folder_and_by_file() {
    Path apps = root.resolve("ws/apps");
    assertThat(ProjectFinder.find(apps, "two").one().seed()).isEqualTo(apps.resolve("two/data"));
    assertThat(ProjectFinder.find(root, "ws/apps/two").one().name()).isEqualTo("two");
    assertThat(ProjectFinder.find(root, "ws/other/undercroft.toml").one().name())
        .isEqualTo("other");
    assertThat(ProjectFinder.find(root, "ws").projects()).hasSize(2);
  }

  @Test
  void a_wrong_name_gets_the_nearest_right_one() {
    assertThat(problems(() -> ProjectFinder.find(root.resolve("ws"), "tow")))
        .extracting(Problem::code, Problem::remedy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("SETTINGS_NO_SUCH_PROJECT", "Did you mean two?"));
  }

  @Test
  void no_project_at_all_says_how_to_make_one() {
    assertThat(problems(() -> ProjectFinder.find(root, null)))
        .extracting(Problem::remedy)
        .first()
        .asString()
        .contains("undercroft init");
  }

  @Test
  void every_problem_of_every_file_of_a_workspace_is_reported() {
    write("ws/undercroft.toml", "[workspace]\nprojects = [\"apps/one\", \"apps/two\", \"gone\"]\n");
    write("ws/apps/one/undercroft.toml", "[project]\nname = \"One!\"\n");
    write(
        "ws/apps/two/undercroft.toml",
        "[project]\nname = \"two\"\n[databse]\nurl = \"x\"\n[log]\nlevle = 1\n");
    List<Problem> problems = problems(() -> ProjectFinder.find(root.resolve("ws"), null));
    assertThat(problems)
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "SETTINGS_PROJECT_NAME",
            "SETTINGS_UNKNOWN_KEY",
            "SETTINGS_UNKNOWN_KEY",
            "SETTINGS_NO_SUCH_MEMBER");
  }

  @Test
  void two_projects_of_one_name_are_refused() {
    write("ws/apps/two/undercroft.toml", "[project]\nname = \"one\"\n");
    assertThat(problems(() -> ProjectFinder.find(root.resolve("ws"), null)))
        .extracting(Problem::code)
        .containsExactly("SETTINGS_SAME_NAME");
  }

  private void write(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static List<Problem> problems(Runnable action) {
    return catchThrowableOfType(ProblemException.class, action::run).problems();
  }
}
