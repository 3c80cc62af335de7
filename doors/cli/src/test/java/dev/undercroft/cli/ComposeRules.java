package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is wrong with a compose file; the keys are those of the Compose Specification. */
final class ComposeRules {

  private static final String LENGTH = "([0-9]+(h|m|s|ms))+";
  private static final Set<String> TOP = Set.of("name", "services", "volumes", "secrets");
  private static final Set<String> SERVICE =
      Set.of(
          "build",
          "image",
          "command",
          "environment",
          "ports",
          "volumes",
          "secrets",
          "profiles",
          "init",
          "read_only",
          "tmpfs",
          "stop_grace_period",
          "restart",
          "healthcheck",
          "cap_drop",
          "security_opt");
  private static final Set<String> HEALTH =
      Set.of("test", "interval", "timeout", "retries", "start_period");

  private final Map<?, ?> compose;
  private final List<String> findings = new ArrayList<>();

  private ComposeRules(Map<?, ?> compose) {
    this.compose = compose;
  }

  /** The findings; none when all is well. */
  static List<String> findings(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    ComposeRules rules = new ComposeRules(new Yaml(new SafeConstructor(options)).load(text));
    rules.check();
    return rules.findings;
  }

  private void check() {
    keys("the file", compose, TOP);
    if (map(compose, "services").isEmpty()) {
      findings.add("no services");
    }
    map(compose, "services")
        .forEach((name, service) -> service(String.valueOf(name), (Map<?, ?>) service));
  }

  private void service(String name, Map<?, ?> service) {
    keys(name, service, SERVICE);
    if (!String.valueOf(service.get("image")).matches("[a-z0-9./-]+:(?!latest$)[\\w.-]+")) {
      findings.add(name + ": image without a fixed tag: " + service.get("image"));
    }
    references(name, service);
    ports(name, service);
    health(name, map(service, "healthcheck"));
    if (!String.valueOf(service.get("stop_grace_period")).matches(LENGTH)) {
      findings.add(name + ": no time to stop cleanly");
    }
    if (!Objects.equals(service.get("cap_drop"), List.of("ALL"))
        || !list(service, "security_opt").contains("no-new-privileges:true")) {
      findings.add(name + ": it has rights that it does not need");
    }
    map(service, "environment")
        .forEach((variable, value) -> {
          if (String.valueOf(variable).matches(".*(SECRET|PASSWORD|TOKEN|_KEY|PEPPER|_URL).*")) {
            findings.add(name + ": a secret in a variable: " + variable);
          }
        });
  }

  private void references(String name, Map<?, ?> service) {
    for (Object secret : list(service, "secrets")) {
      if (!map(compose, "secrets").containsKey(secret)) {
        findings.add(name + ": secret that is not declared: " + secret);
      }
    }
    if (list(service, "volumes").isEmpty()) {
      findings.add(name + ": its data is in no volume");
    }
    for (Object volume : list(service, "volumes")) {
      String[] cut = String.valueOf(volume).split(":", -1);
      if (!map(compose, "volumes").containsKey(cut[0])) {
        findings.add(name + ": volume that is not declared: " + volume);
      }
      if (cut.length < 2 || !cut[1].startsWith("/")) {
        findings.add(name + ": volume without an absolute place: " + volume);
      }
    }
  }

  private void ports(String name, Map<?, ?> service) {
    for (Object port : list(service, "ports")) {
      // Without quotes YAML 1.1 reads some pairs of numbers as one number in base 60.
      if (!(port instanceof String text) || !text.matches("([0-9.]+:)?[0-9]+:[0-9]+")) {
        findings.add(name + ": port is not HOST:CONTAINER in quotes: " + port);
      }
    }
  }

  private void health(String name, Map<?, ?> check) {
    keys(name + ": healthcheck", check, HEALTH);
    List<?> test = list(check, "test");
    if (test.isEmpty() || !test.getFirst().equals("CMD")) {
      findings.add(name + ": no health check");
    }
    for (String key : List.of("interval", "timeout", "start_period")) {
      if (!String.valueOf(check.get(key)).matches(LENGTH)) {
        findings.add(name + ": healthcheck " + key + " is no length of time: " + check.get(key));
      }
    }
  }

  private void keys(String where, Map<?, ?> map, Set<String> known) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        findings.add(where + ": key that is unknown or not wanted here: " + key);
      }
    }
  }

  private static Map<?, ?> map(Map<?, ?> whole, String key) {
    return whole.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Map<?, ?> whole, String key) {
    return whole.get(key) instanceof List<?> list ? list : List.of();
  }
}
