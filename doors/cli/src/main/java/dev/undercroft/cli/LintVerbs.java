package dev.undercroft.cli;

import dev.undercroft.platform.LintReport;
import dev.undercroft.platform.LintReport.Found;
import dev.undercroft.platform.SchemaCommand;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Migrations and schemas judged. */
final class LintVerbs {

  private static final Option SCHEMA =
      Option.of(
          "--schema", "SRC", "Judges a schema as a whole instead: files, migrations, a database.");
  private static final Option SINCE =
      Option.of("--since", "NAME", "Judges only migrations behind this one.");
  private static final Option LEVEL =
      Option.of("--level", "WORD", "What is told: error, warning (and errors), or note (and all).");
  private static final Option SQLITE = Option.flag("--sqlite", "The files are SQLite's.");

  private LintVerbs() {}

  static Verb lint() {
    return SchemaOptions.common(Verb.named("lint"))
        .says(
            "Judges migrations: what loses rows, breaks programs that run, keeps others waiting, or"
                + " lets somebody see too much. docs/lint.md has a section on each rule. A comment"
                + " -- undercroft:allow CODE reason above a statement allows one there.")
        .operand(
            "FILE|FOLDER",
            0,
            Integer.MAX_VALUE,
            "SQL files, and folders of them or of migrations; the project's migrations by default.")
        .option(SCHEMA)
        .option(SINCE)
        .option(LEVEL)
        .option(SQLITE)
        .example("undercroft lint --project shop", "The migrations of a project.")
        .example(
            "undercroft lint --project shop --since 20260101000000_items", "What a branch brings.")
        .example("undercroft lint --schema shop/migrations", "A schema as a whole.")
        .no("something was found")
        .answers(LintReport.class)
        .does(LintVerbs::run);
  }

  private static int run(Call call) {
    LintReport report =
        call.run(
            new SchemaCommand.Lint(
                call.scope(),
                SchemaOptions.frame(call),
                call.text(SCHEMA),
                call.operands(),
                call.text(SINCE),
                call.text(LEVEL).orElse("warning"),
                call.has(SQLITE)));
    call.answer(report, one -> text(one, call.screen()));
    return report.findings().isEmpty() ? 0 : 3;
  }

  private static String text(LintReport report, Call.Screen screen) {
    StringBuilder text = new StringBuilder();
    report.findings().forEach(found -> text.append(found(found, screen)).append('\n'));
    Map<String, Long> counts =
        report.findings().stream()
            .collect(Collectors.groupingBy(Found::severity, TreeMap::new, Collectors.counting()));
    String sum =
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey() + (one.getValue() == 1 ? "" : "s"))
            .collect(Collectors.joining(", "));
    return text.append(sum.isEmpty() ? "nothing found" : sum).append('\n').toString();
  }

  private static String found(Found found, Call.Screen screen) {
    Style style = screen.style();
    String word =
        switch (found.severity()) {
          case "error" -> style.bad("error");
          case "warning" -> style.warning("warning");
          default -> style.faint("note");
        };
    String where = found.excerpt().isEmpty() ? found.place() + ": " : "";
    StringBuilder text = new StringBuilder();
    text.append(word)
        .append(": ")
        .append(
            Lines.hanging(where + found.message(), found.severity().length() + 2, screen.width()))
        .append('\n');
    found.excerpt().lines().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.append("  ")
        .append(style.good("→"))
        .append(' ')
        .append(Lines.hanging(found.remedy(), 4, screen.width()))
        .append("\n  ")
        .append(style.faint(found.code()))
        .append('\n')
        .toString();
  }
}
