package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What is wrong with a Dockerfile; the words are those of Docker's reference of the file. */
final class DockerfileRules {

  private static final Set<String> WORDS =
      Set.of(
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private final List<Instruction> instructions;
  private final List<String> findings = new ArrayList<>();

  /** One instruction, its continued lines joined. */
  record Instruction(String word, String rest) {}

  private DockerfileRules(List<Instruction> instructions) {
    this.instructions = instructions;
  }

  /** The findings; none when all is well. */
  static List<String> findings(String text) {
    DockerfileRules rules = new DockerfileRules(read(text));
    rules.checkWords();
    rules.checkStages();
    rules.checkCommands();
    rules.checkValues();
    rules.checkWhatRuns();
    return rules.findings;
  }

  /** The instructions in their order. */
  static List<Instruction> read(String text) {
    return text.replaceAll("(?m)^\\s*#.*\n", "")
        .replaceAll("\\s*\\\\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split("\\s+", 2))
        .map(cut -> new Instruction(cut[0], cut.length > 1 ? cut[1] : ""))
        .toList();
  }

  private void checkWords() {
    for (Instruction one : instructions) {
      if (!WORDS.contains(one.word())) {
        findings.add("instruction " + one.word() + " is unknown or not wanted here");
      }
    }
    if (instructions.isEmpty() || !instructions.getFirst().word().equals("FROM")) {
      findings.add("the first instruction is not FROM");
    }
  }

  private void checkStages() {
    List<String> stages = new ArrayList<>();
    for (Instruction one : instructions) {
      String[] words = one.rest().split("\\s+", -1);
      if (one.word().equals("FROM")) {
        if (!words[0].matches("[a-z0-9./-]+:[^:]+") || words[0].endsWith(":latest")) {
          findings.add("image " + words[0] + " has no fixed tag");
        }
        if (words.length == 3) {
          stages.add(words[2]);
        }
      }
      if (words[0].startsWith("--from=") && !stages.contains(words[0].substring(7))) {
        findings.add("COPY names a stage that is not there: " + words[0]);
      }
    }
  }

  private void checkCommands() {
    boolean hasPipefail = false;
    for (Instruction one : instructions) {
      hasPipefail =
          one.word().equals("SHELL")
              ? one.rest().contains("pipefail")
              : hasPipefail && !one.word().equals("FROM");
      if (!one.word().equals("RUN")) {
        continue;
      }
      String line = one.rest();
      if (line.matches(".*[^|]\\|[^|].*") && !hasPipefail) {
        findings.add("a pipe without pipefail hides a failure: " + line);
      }
      if (line.contains("apt-get install")
          && !(line.contains("--no-install-recommends") && line.contains("/var/lib/apt/lists"))) {
        findings.add("apt-get install leaves more than it was asked for: " + line);
      }
      if (line.matches(".*\\b(sudo|chmod 777|curl|wget)\\b.*") || line.startsWith("cd ")) {
        findings.add("command that does not belong into an image: " + line);
      }
    }
  }

  private void checkValues() {
    for (Instruction one : instructions) {
      String rest = one.rest();
      switch (one.word()) {
        case "ENV", "ARG" -> {
          if (rest.toLowerCase(Locale.ROOT).matches(".*(secret|password|token|_key|pepper).*")) {
            findings.add("a secret would stay in the image: " + rest);
          }
        }
        case "WORKDIR" -> {
          if (!rest.startsWith("/")) {
            findings.add("WORKDIR is not absolute: " + rest);
          }
        }
        case "CMD", "ENTRYPOINT", "VOLUME", "SHELL" -> checkList(one.word(), rest);
        case "HEALTHCHECK" -> checkList("HEALTHCHECK", rest.replaceFirst(".*?CMD ", ""));
        default -> {}
      }
    }
  }

  /**
   * The form that needs no shell: a JSON list, of which YAML's lists in brackets are a superset.
   */
  private void checkList(String word, String value) {
    try {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(value);
      if (!value.startsWith("[\"") || !(read instanceof List)) {
        findings.add(word + " is not a list: " + value);
      }
    } catch (YAMLException e) {
      findings.add(word + " is not a list: " + value);
    }
  }

  private void checkWhatRuns() {
    List<Instruction> last = lastStage();
    String user = "root";
    boolean isEntered = false;
    for (Instruction one : last) {
      user = one.word().equals("USER") ? one.rest() : user;
      if (isEntered && List.of("USER", "RUN", "COPY").contains(one.word())) {
        findings.add(one.word() + " stands behind ENTRYPOINT");
      }
      isEntered |= one.word().equals("ENTRYPOINT");
    }
    if (user.matches("(root|0)(:.*)?")) {
      findings.add("it runs as root");
    }
    for (String word : List.of("ENTRYPOINT", "CMD", "HEALTHCHECK", "STOPSIGNAL", "EXPOSE")) {
      long times = last.stream().filter(one -> one.word().equals(word)).count();
      if (times != 1) {
        findings.add(word + " stands " + times + " times in the last stage");
      }
    }
  }

  private List<Instruction> lastStage() {
    int start = 0;
    for (int index = 0; index < instructions.size(); index++) {
      start = instructions.get(index).word().equals("FROM") ? index : start;
    }
    return instructions.subList(start, instructions.size());
  }
}
