package dev.undercroft.cli;

import dev.undercroft.base.ByteSize;
import dev.undercroft.platform.ConfigReport;
import dev.undercroft.platform.DoctorReport;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.InspectCommand;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Looking, without changing anything. */
final class LookVerbs {

  private static final Option CHANGED =
      Option.flag("--changed", "Only what does not have its default.");

  private LookVerbs() {}

  static Verb health() {
    return Verb.named("health")
        .says("Asks every database how it is, with real queries and a time limit.")
        .example("undercroft health", "For people.")
        .example("undercroft health --json", "For programs.")
        .no("a database is slow or does not answer")
        .answers(HealthReport.class)
        .does(call -> {
          HealthReport report = call.run(new InspectCommand.Health(call.scope()));
          call.answer(report, one -> healthText(one, call));
          return report.status() == HealthReport.Status.HEALTHY ? 0 : 3;
        });
  }

  static String healthText(HealthReport report, Call call) {
    Style style = call.screen().style();
    Table table =
        new Table(call.screen(), "PROJECT", "STATUS", "LATENCY", "SESSIONS", "SIZE", "PROBLEM");
    for (ProjectHealth one : report.projects()) {
      table.row(
          one.project(),
          new Table.Cell(one.status().name().toLowerCase(Locale.ROOT), paint(one, style)),
          one.latency().map(Units::time).orElse("–"),
          one.activeConnections().map(String::valueOf).orElse("–")
              + one.maxConnections().map(most -> " of " + most).orElse(""),
          one.sizeBytes().map(size -> new ByteSize(size).toString()).orElse("–"),
          one.error());
    }
    return table.text();
  }

  private static UnaryOperator<String> paint(ProjectHealth health, Style style) {
    return switch (health.status()) {
      case HEALTHY -> style::good;
      case DEGRADED -> style::warning;
      case UNHEALTHY -> style::bad;
    };
  }

  static Verb doctor() {
    return Verb.named("doctor")
        .says(
            "Looks at the machine, versions, permissions, disk, ports and files for what would get"
                + " in the way, and says what to do about it.")
        .example("undercroft doctor", "Run it first when something does not work.")
        .no("something is broken")
        .answers(DoctorReport.class)
        .does(call -> {
          DoctorReport report = call.run(new InspectCommand.Doctor(call.scope()));
          call.answer(report, one -> doctorText(one, call));
          return report.sound() ? 0 : 3;
        });
  }

  private static String doctorText(DoctorReport report, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    int names = report.checks().stream().mapToInt(one -> one.name().length()).max().orElse(0);
    for (DoctorReport.Check check : report.checks()) {
      String sign =
          switch (check.result()) {
            case FINE -> style.good("✓");
            case WARNING -> style.warning("!");
            case BROKEN -> style.bad("✗");
          };
      text.append(sign)
          .append(' ')
          .append(style.strong(check.name()))
          .append(" ".repeat(names - check.name().length() + 2))
          .append(Lines.hanging(check.found(), names + 4, call.screen().width()))
          .append('\n');
      if (!check.remedy().isEmpty()) {
        text.append(" ".repeat(names + 4))
            .append("→ ")
            .append(Lines.hanging(check.remedy(), names + 6, call.screen().width()))
            .append('\n');
      }
    }
    return text.toString();
  }

  static Verb config() {
    return Verb.named("config")
        .says(
            "Shows every setting, its value and the place it came from: option, variable, secret"
                + " file, .env, undercroft.toml or default. Secrets show as ***.")
        .option(CHANGED)
        .example("undercroft config --changed", "What differs from the defaults.")
        .example("undercroft config --json --project shop", "Everything, for programs.")
        .answers(ConfigReport.class)
        .does(call -> {
          ConfigReport all = call.run(new InspectCommand.Config(call.scope()));
          ConfigReport shown =
              call.has(CHANGED)
                  ? new ConfigReport(all.settings().stream().filter(LookVerbs::isChanged).toList())
                  : all;
          call.answer(shown, one -> configText(one, call));
          return 0;
        });
  }

  private static boolean isChanged(ConfigReport.Setting setting) {
    return !List.of("default", "not set").contains(setting.origin());
  }

  private static String configText(ConfigReport report, Call call) {
    boolean hasProjects = report.settings().stream().anyMatch(one -> !one.project().isEmpty());
    Table table =
        hasProjects
            ? new Table(call.screen(), "PROJECT", "SETTING", "VALUE", "FROM")
            : new Table(call.screen(), "SETTING", "VALUE", "FROM");
    for (ConfigReport.Setting one : report.settings()) {
      if (hasProjects) {
        table.row(one.project(), one.name(), one.value(), one.origin());
      } else {
        table.row(one.name(), one.value(), one.origin());
      }
    }
    return table.text();
  }
}
