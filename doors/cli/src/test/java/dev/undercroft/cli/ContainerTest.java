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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void both_files_follow_the_rules_of_their_kinds() throws IOException {
    assertThat(DockerfileRules.findings(Files.readString(ROOT.resolve("Dockerfile")))).isEmpty();
    assertThat(ComposeRules.findings(Files.readString(ROOT.resolve("compose.yaml")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          debian:12-slim        | debian                     | has no fixed tag
          debian:12-slim        | debian:latest              | has no fixed tag
          USER undercroft       | USER root                  | runs as root
          USER undercroft       | LABEL a=b                  | runs as root
          COPY --from=build     | COPY --from=first          | stage that is not there
          RUN ln -s             | RUN wget x ¦ sh; ln -s     | pipe without pipefail
          RUN ln -s             | RUN apt-get install x; ln  | more than it was asked
          UNDERCROFT_CACHE      | OPERATOR_TOKEN             | secret would stay
          'CMD ["up"]'          | CMD up                     | CMD is not a list
          STOPSIGNAL SIGTERM    | ADD . /                    | ADD is unknown
          HEALTHCHECK           | #                          | HEALTHCHECK stands 0 times
          WORKDIR /opt          | WORKDIR opt                | not absolute
          """)
  void a_broken_dockerfile_is_noticed(String right, String wrong, String finding)
      throws IOException {
    String file = Files.readString(ROOT.resolve("Dockerfile"));
    assertThat(file).contains(right);
    assertThat(DockerfileRules.findings(file.replace(right, wrong.replace('¦', '|'))))
        .anyMatch(one -> one.contains(finding));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop_grace_period: 60s     | pid: host                    | unknown or not wanted here: pid
          image: undercroft:0.1.0    | image: undercroft            | without a fixed tag
          - epic_direct_url          | - epic_direkt_url            | secret that is not declared
          data:/var/lib/undercroft   | dta:/var/lib/undercroft      | volume that is not declared
          data:/var/lib/undercroft   | data:lib                     | without an absolute place
          cap_drop: [ALL]            | cap_drop: [NET_RAW]          | rights that it does not need
          'interval: 10s'            | 'interval: 10'               | is no length of time
          'test: [CMD, undercroft'   | 'test: [none, undercroft'    | no health check
          '- "8000:8000"'            | - 8000                       | port is not
          UNDERCROFT_ENVIRONMENT     | JWT_SECRET                   | a secret in a variable
          """)
  void a_broken_compose_file_is_noticed(String right, String wrong, String finding)
      throws IOException {
    String file = Files.readString(ROOT.resolve("compose.yaml"));
    assertThat(file).contains(right);
    assertThat(ComposeRules.findings(file.replace(right, wrong)))
        .anyMatch(one -> one.contains(finding));
  }

  @Test
  void every_service_asks_for_its_health_by_a_command_that_exists() throws IOException {
    Map<String, Object> services = map(compose(), "services");
    for (String name : services.keySet()) {
      assertThat(list(map(map(services, "undercroft"), "healthcheck"), "test"))
          .as(name)
          .containsExactly("CMD", "undercroft", "status", "--quiet");
    }
    assertThat(Words.exactly("status")).isPresent();
    assertThat(Files.readString(ROOT.resolve("Dockerfile")))
        .contains("CMD [\"undercroft\", \"status\", \"--quiet\"]");
  }

  @Test
  void the_image_sets_variables_that_are_read_and_uses_scripts_that_exist() throws IOException {
    for (DockerfileRules.Instruction one :
        DockerfileRules.read(Files.readString(ROOT.resolve("Dockerfile")))) {
      if (one.word().equals("ENV")) {
        for (String pair : one.rest().split("\\s+", -1)) {
          String name = pair.replaceFirst("=.*", "");
          assertThat(name.equals("UNDERCROFT_CACHE") || KnownSettings.ofVariable(name).isPresent())
              .as(name)
              .isTrue();
        }
      }
    }
    assertThat(ROOT.resolve("workshop/dist")).isExecutable();
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
        .contains(".git", "**/.undercroft", "**/.env", "**/.env.*", "**/secrets", "**/target");
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
