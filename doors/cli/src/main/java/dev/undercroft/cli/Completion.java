package dev.undercroft.cli;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Completion scripts, made from the whole vocabulary. Stateless, thread-safe. */
final class Completion {

  private Completion() {}

  /** For bash, and for zsh in its bash mode. */
  static String bash() {
    CommandLine root = new CommandLine(CommandSpec.create().name("undercroft"));
    for (Word word : Words.ALL) {
      String[] path = word.path().split(" ", 2);
      CommandLine parent = root;
      if (path.length > 1) {
        if (!root.getSubcommands().containsKey(path[0])) {
          root.addSubcommand(path[0], CommandSpec.create().name(path[0]));
        }
        parent = Objects.requireNonNull(root.getSubcommands().get(path[0]));
      }
      parent.addSubcommand(path[path.length - 1], Parser.spec(Words.verb(word.path())));
    }
    return AutoComplete.bash("undercroft", root);
  }

  /** For fish. */
  static String fish() {
    StringBuilder script = new StringBuilder("complete -c undercroft -f\n");
    Set<String> firsts = new LinkedHashSet<>();
    for (Word word : Words.ALL) {
      String[] path = word.path().split(" ", 2);
      if (path.length == 1) {
        offer(script, "__fish_use_subcommand", path[0], word.summary());
      } else {
        if (firsts.add(path[0])) {
          offer(script, "__fish_use_subcommand", path[0], path[0] + " commands");
        }
        offer(script, "__fish_seen_subcommand_from " + path[0], path[1], word.summary());
      }
      for (Option option : Words.verb(word.path()).options()) {
        script
            .append("complete -c undercroft -n '__fish_seen_subcommand_from ")
            .append(path[path.length - 1])
            .append('\'');
        names(script, option);
      }
    }
    for (Option option : GlobalOptions.ALL) {
      script.append("complete -c undercroft");
      names(script, option);
    }
    return script.toString();
  }

  private static void offer(StringBuilder script, String when, String word, String summary) {
    script
        .append("complete -c undercroft -n '")
        .append(when)
        .append("' -a ")
        .append(word)
        .append(" -d ")
        .append(quoted(summary))
        .append('\n');
  }

  private static void names(StringBuilder script, Option option) {
    for (String name : option.names()) {
      script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    script
        .append(option.takesValue() ? " -r" : "")
        .append(" -d ")
        .append(quoted(option.description()))
        .append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
