package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.Deployments.Deployment;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.MigrationReport.Entry;
import dev.undercroft.platform.MigrationReport.ProjectMigrations;
import dev.undercroft.platform.MigrationReport.State;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How answers about migrations look. Stateless, thread-safe. */
final class MigrateText {

  private MigrateText() {}

  static String deployments(Deployments deployments, Call call) {
    StringBuilder text = new StringBuilder();
    for (Deployment one : deployments.projects()) {
      text.append(text.isEmpty() ? "" : "\n").append(deployment(one, call.screen().style()));
      one.warnings()
          .forEach(warning ->
              text.append(
                  ProblemText.warning(warning, call.screen().style(), call.screen().width())));
    }
    return text.toString();
  }

  private static String deployment(Deployment one, Style style) {
    boolean isDryRun = one.action() == MigrateCommand.Action.DRY_RUN;
    StringBuilder text = new StringBuilder(style.strong(one.project()));
    if (one.changedNothing()) {
      return text.append("  nothing to do; ")
          .append(one.alreadyApplied())
          .append(" migrations are applied\n")
          .toString();
    }
    text.append(style.faint(isDryRun ? "  would do" : "  " + Units.time(one.took()))).append('\n');
    one.undone().forEach(name -> line(text, style.warning("−"), name, "undone"));
    one.applied().forEach(name -> line(text, style.good("+"), name, "applied"));
    one.seeds().forEach(name -> line(text, style.good("+"), name, "seeded"));
    if (isDryRun) {
      text.append('\n');
      one.plan().forEach(statement -> text.append(statement.strip()).append("\n\n"));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String sign, String name, String what) {
    text.append("  ").append(sign).append(' ').append(what).append(' ').append(name).append('\n');
  }

  static String report(MigrationReport report, Call call) {
    StringBuilder text = new StringBuilder();
    for (ProjectMigrations project : report.projects()) {
      text.append(text.isEmpty() ? "" : "\n").append(project(project, call));
    }
    return text.toString();
  }

  private static String project(ProjectMigrations project, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(style.strong(project.project()))
        .append("  ")
        .append(style.faint(project.database()))
        .append("  ")
        .append(counts(project))
        .append('\n');
    Table table = new Table(call.screen(), "  MIGRATION", "STATE", "WHEN", "TOOK", "BY");
    for (Entry entry : project.migrations()) {
      table.row(
          "  " + entry.name(),
          new Table.Cell(word(entry.state()), paint(entry.state(), style)),
          entry.at().map(Units::moment).orElse(""),
          entry.took().map(Units::time).orElse(""),
          entry.by());
    }
    if (!table.isEmpty()) {
      text.append(table.text());
    }
    if (!project.setUp() && !project.migrations().isEmpty()) {
      text.append("\nNothing was ever deployed to this database. `undercroft setup` does it.\n");
    }
    List<Problem> problems = problems(project);
    if (!problems.isEmpty()) {
      text.append('\n').append(ProblemText.of(problems, style, call.screen().width()));
    }
    return text.toString();
  }

  /** What stands in the way, and what is wrong with single migrations, each once. */
  private static List<Problem> problems(ProjectMigrations project) {
    return Stream.concat(
            project.problems().stream(),
            project.migrations().stream().flatMap(entry -> entry.problem().stream()))
        .distinct()
        .toList();
  }

  private static String counts(ProjectMigrations project) {
    StringBuilder text = new StringBuilder();
    for (State state : State.values()) {
      long count = project.count(state);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(word(state));
      }
    }
    return text.isEmpty() ? "no migrations" : text.toString();
  }

  private static String word(State state) {
    return switch (state) {
      case APPLIED -> "applied";
      case PENDING -> "pending";
      case LATE -> "late";
      case RUNNING -> "running";
      case FAILED -> "failed";
      case CHANGED -> "changed";
      case MISSING -> "missing";
    };
  }

  private static UnaryOperator<String> paint(State state, Style style) {
    return switch (state) {
      case APPLIED -> style::good;
      case PENDING, LATE, RUNNING -> style::warning;
      case FAILED, CHANGED, MISSING -> style::bad;
    };
  }
}
