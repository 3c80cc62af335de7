package dev.undercroft.cli;

import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.Deployments.Deployment;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.MigrationReport.Entry;
import dev.undercroft.platform.MigrationReport.ProjectMigrations;
import dev.undercroft.platform.MigrationReport.State;
import java.util.function.UnaryOperator;

/** How answers about migrations look. Stateless, thread-safe. */
final class MigrateText {

  private MigrateText() {}

  static String deployments(Deployments deployments, Call call) {
    StringBuilder text = new StringBuilder();
    for (Deployment one : deployments.projects()) {
      text.append(text.isEmpty() ? "" : "\n").append(deployment(one, call.screen().style()));
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
    project.migrations().stream()
        .filter(entry -> !entry.problem().isEmpty())
        .forEach(entry ->
            text.append("\n  ")
                .append(style.bad(entry.name()))
                .append(": ")
                .append(entry.problem().strip().replace("\n", "\n  "))
                .append('\n'));
    return text.toString();
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
      case FAILED -> "failed";
      case CHANGED -> "changed";
      case MISSING -> "missing";
    };
  }

  private static UnaryOperator<String> paint(State state, Style style) {
    return switch (state) {
      case APPLIED -> style::good;
      case PENDING -> style::warning;
      case FAILED, CHANGED, MISSING -> style::bad;
    };
  }
}
