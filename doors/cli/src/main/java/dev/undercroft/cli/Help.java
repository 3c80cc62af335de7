package dev.undercroft.cli;

import dev.undercroft.cli.Word.Group;
import java.util.ArrayList;
import java.util.List;

/** The pages of help. Stateless, thread-safe. */
final class Help {

  private static final int MOST_WIDTH = 100;

  private Help() {}

  /** The first page. */
  static String root(Call.Screen screen) {
    Style style = screen.style();
    StringBuilder text = new StringBuilder();
    text.append(style.strong("undercroft"))
        .append(" is the database layer under your application, ready to run.\n\n")
        .append(style.strong("Usage"))
        .append("\n  undercroft COMMAND [OPTIONS]\n");
    for (Group group : Group.values()) {
      text.append('\n').append(style.strong(group.title())).append('\n');
      list(text, of(group), style);
    }
    text.append('\n').append(style.strong("Everywhere")).append('\n');
    options(text, GlobalOptions.ALL, screen);
    text.append('\n').append(style.strong("Examples")).append('\n');
    example(text, "undercroft up", "starts everything around the working directory", style);
    example(text, "undercroft migrate status", "says what is applied and pending", style);
    example(text, "undercroft help migrate deploy", "explains one command", style);
    text.append('\n').append(exitCodes(style));
    return text.toString();
  }

  private static List<Word> of(Group group) {
    List<Word> words = new ArrayList<>();
    for (Word word : Words.ALL) {
      if (word.group() == group) {
        words.add(word);
      }
    }
    return words;
  }

  /** The page of a group such as {@code migrate}. */
  static String group(String first, Call.Screen screen) {
    Style style = screen.style();
    StringBuilder text = new StringBuilder();
    text.append(style.strong("Usage"))
        .append("\n  undercroft ")
        .append(first)
        .append(" COMMAND [OPTIONS]\n\n")
        .append(style.strong("Commands"))
        .append('\n');
    List<Word> words = Words.below(first);
    list(text, words, style);
    text.append('\n').append(style.strong("Examples")).append('\n');
    example(
        text, "undercroft " + words.getFirst().path() + " --help", "explains one of them", style);
    return text.toString();
  }

  /** The page of one command. */
  static String verb(Verb verb, Call.Screen screen) {
    Style style = screen.style();
    StringBuilder text = new StringBuilder();
    Verb.Operand operand = verb.operand();
    text.append(style.strong("Usage"))
        .append("\n  undercroft ")
        .append(verb.path())
        .append(verb.options().isEmpty() ? "" : " [OPTIONS]")
        .append(operand == null ? "" : " " + label(operand))
        .append("\n\n")
        .append(Lines.hanging(verb.description(), 0, width(screen)))
        .append("\n\n")
        .append(style.strong("Examples"))
        .append('\n');
    for (Verb.Example one : verb.examples()) {
      example(text, one.command(), one.purpose(), style);
    }
    if (operand != null) {
      text.append('\n').append(style.strong("Argument")).append('\n');
      entry(text, operand.label(), operand.description(), screen);
    }
    if (!verb.options().isEmpty()) {
      text.append('\n').append(style.strong("Options")).append('\n');
      options(text, verb.options(), screen);
    }
    text.append('\n').append(style.strong("Everywhere")).append('\n');
    options(text, GlobalOptions.ALL, screen);
    text.append('\n').append(exitCodes(style));
    if (!verb.no().isEmpty()) {
      text.append("  Here 3 means: ").append(verb.no()).append(".\n");
    }
    return text.toString();
  }

  private static String label(Verb.Operand operand) {
    String many = operand.most() > 1 ? "..." : "";
    return operand.least() == 0 ? "[" + operand.label() + many + "]" : operand.label() + many;
  }

  private static void list(StringBuilder text, List<Word> words, Style style) {
    for (Word word : words) {
      text.append("  ")
          .append(style.name(word.path()))
          .append(" ".repeat(Math.max(2, 20 - word.path().length())))
          .append(word.summary())
          .append('\n');
    }
  }

  private static void options(StringBuilder text, List<Option> options, Call.Screen screen) {
    for (Option option : options) {
      entry(text, option.shown(), option.description(), screen);
    }
  }

  private static void entry(
      StringBuilder text, String term, String description, Call.Screen screen) {
    int indent = 34;
    String lead = "  " + screen.style().name(term);
    int length = 2 + term.length();
    text.append(lead)
        .append(length + 2 > indent ? "\n" + " ".repeat(indent) : " ".repeat(indent - length))
        .append(Lines.hanging(description, indent, width(screen)))
        .append('\n');
  }

  private static void example(StringBuilder text, String command, String purpose, Style style) {
    text.append("  ").append(command).append('\n');
    text.append("      ").append(style.faint(purpose)).append('\n');
  }

  private static String exitCodes(Style style) {
    return style.strong("Exit codes")
        + "\n  0 done · 1 failed · 2 wrong usage · 3 the answer is no\n";
  }

  private static int width(Call.Screen screen) {
    return Math.min(screen.width(), MOST_WIDTH);
  }
}
