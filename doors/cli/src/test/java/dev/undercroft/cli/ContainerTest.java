package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.settings.KnownSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code compose.yaml} and the {@code Dockerfile} promise, read from the files. */
class ContainerTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  @Test
  @Tag("SC-049")
  void production_refers_to_external_secrets_only() throws IOException {
    Map<String, Object> compose = compose();
    Map<String, Object> production = map(map(compose, "services"), "production");
    List<String> secrets = list(production, "secrets");
    assertThat(secrets).isNotEmpty();
    Map<String, Object> declared = map(compose, "secrets");
    assertThat(declared.keySet()).containsExactlyInAnyOrderElementsOf(secrets);
    for (String name : secrets) {
      assertThat(map(declared, name)).as(name).isEqualTo(Map.of("external", true));
    }
    assertThat(map(production, "environment"))
        .isEqualTo(Map.of("UNDERCROFT_ENVIRONMENT", "production"));
    assertThat(production).doesNotContainKeys("env_file", "build");
  }

  @Test
  void production_has_every_secret_that_its_start_demands() throws IOException {
    List<String> secrets = list(map(map(compose(), "services"), "production"), "secrets");
    for (Project project : ProjectFinder.find(ROOT, null).projects()) {
      String file = Files.readString(project.folder().resolve("undercroft.toml"));
      var required =
          java.util.regex.Pattern.compile(
                  "(?s)\\[variables\\.(\\w+)\\](?:(?!\\n\\[).)*?required = \"production\"")
              .matcher(file);
      while (required.find()) {
        assertThat(secrets)
            .contains(project.name() + "_" + required.group(1).toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void every_secret_has_the_name_of_something_that_is_read() throws IOException {
    List<String> known = new ArrayList<>();
    KnownSettings.all().forEach(setting -> known.addAll(setting.variables()));
    List<Project> projects = ProjectFinder.find(ROOT, null).projects();
    for (String secret : list(map(map(compose(), "services"), "production"), "secrets")) {
      String variable = secret.toUpperCase(Locale.ROOT);
      boolean isRead = known.contains(variable);
      for (Project project : projects) {
        String prefix = project.name() + "_";
        if (secret.startsWith(prefix)) {
          String own = secret.substring(prefix.length()).toUpperCase(Locale.ROOT);
          isRead |=
              known.contains(own)
                  || Files.readString(project.folder().resolve("undercroft.toml"))
                      .contains("[variables." + own + "]");
        }
      }
      assertThat(isRead).as(secret).isTrue();
    }
  }

  @Test
  void every_service_is_checked_for_health_keeps_its_data_and_has_few_rights() throws IOException {
    Map<String, Object> compose = compose();
    for (String name : map(compose, "services").keySet()) {
      Map<String, Object> service = map(map(compose, "services"), name);
      assertThat(list(map(service, "healthcheck"), "test"))
          .containsExactly("CMD", "undercroft", "status", "--quiet");
      assertThat(list(service, "volumes")).containsExactly("data:/var/lib/undercroft");
      assertThat(list(service, "cap_drop")).containsExactly("ALL");
      assertThat(list(service, "security_opt")).containsExactly("no-new-privileges:true");
      assertThat(service).doesNotContainKeys("privileged", "cap_add", "network_mode");
    }
    assertThat(map(compose, "volumes")).containsKey("data");
  }

  @Test
  void the_image_runs_as_an_unprivileged_user_and_holds_no_secret() throws IOException {
    List<String> lines = instructions();
    List<String> last = lines.subList(lines.lastIndexOf("FROM debian:12-slim"), lines.size());
    assertThat(lines)
        .noneMatch(line -> line.startsWith("ADD "))
        .noneMatch(line -> line.matches("FROM \\S+(:latest)?"));
    assertThat(last).contains("USER undercroft").anyMatch(line -> line.startsWith("HEALTHCHECK "));
    assertThat(last.indexOf("USER undercroft"))
        .isLessThan(indexOf(last, "ENTRYPOINT "))
        .isGreaterThan(indexOf(last, "COPY "));
    assertThat(last).contains("VOLUME [\"/var/lib/undercroft\"]", "STOPSIGNAL SIGTERM");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("ENV ") || line.startsWith("ARG "))
        .noneMatch(line -> line.matches("(?i).*(secret|password|token|key).*"));
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
        .contains(".git", "**/.undercroft", "**/.env", "**/secrets", "**/target");
  }

  private static int indexOf(List<String> lines, String start) {
    for (int index = lines.size() - 1; index >= 0; index--) {
      if (lines.get(index).startsWith(start)) {
        return index;
      }
    }
    throw new AssertionError("no instruction " + start);
  }

  /** The instructions, each on one line. */
  private static List<String> instructions() throws IOException {
    String text = Files.readString(ROOT.resolve("Dockerfile"));
    return text.replaceAll("(?m)^#.*\n", "")
        .replaceAll("\\s*\\\\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static Map<String, Object> compose() throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(ROOT.resolve("compose.yaml")));
  }

  @SuppressWarnings("unchecked") // YAML gives maps of text; a wrong type fails the test at once.
  private static Map<String, Object> map(Map<String, Object> whole, String key) {
    assertThat(whole.get(key)).as(key).isInstanceOf(Map.class);
    return (Map<String, Object>) whole.get(key);
  }

  @SuppressWarnings("unchecked") // As above.
  private static List<String> list(Map<String, Object> whole, String key) {
    assertThat(whole.get(key)).as(key).isInstanceOf(List.class);
    return (List<String>) whole.get(key);
  }
}
