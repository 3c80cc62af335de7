package dev.undercroft.cli;

import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.platform.LifeCommand;
import dev.undercroft.platform.LogLines;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.Started;
import dev.undercroft.platform.Stopped;
import java.time.Duration;
import java.util.function.Function;

/** Starting, stopping and watching. */
final class LifeVerbs {

  private static final Option PORT =
      Option.of("--port", "NUMBER", "TCP port of the HTTP server; 0 takes a free one.");
  private static final Option DATA =
      Option.of("--data", "FOLDER", "Where the embedded server keeps its data.");
  private static final Option DETACH =
      Option.flag("--detach -d", "Returns when everything is healthy; `down` stops it.");
  private static final Option TIMEOUT =
      Option.of("--timeout", "SECONDS", "How long to wait before it is ended by force; 30.");
  private static final Option LINES =
      Option.of("--lines -n", "NUMBER", "How many of the last lines; 100.");
  private static final Option FOLLOW =
      Option.flag("--follow -f", "Goes on with each new line until Ctrl-C.");
  private static final Option DATABASE =
      Option.flag("--database", "Only the database server's log.");
  private static final Option EVERY = Option.flag("--all", "Both logs, each line marked.");

  private LifeVerbs() {}

  static Verb up() {
    return Verb.named("up")
        .says(
            "Starts the embedded PostgreSQL (unless DATABASE_URL names a server), applies pending"
                + " migrations, seeds in development, and serves the applications and the API. Stays"
                + " until Ctrl-C.")
        .option(PORT)
        .option(DATA)
        .option(DETACH)
        .example("undercroft up", "Starts everything around the working directory.")
        .example("undercroft up --port 9000 --detach", "Serves on port 9000 in the background.")
        .example("undercroft up --project ./shop", "Starts one project.")
        .answers(InstanceSummary.class)
        .does(LifeVerbs::runUp);
  }

  private static int runUp(Call call) {
    Scope scope = call.scope();
    scope =
        call.text(PORT).isPresent() ? scope.withFlag("server.port", call.text(PORT).get()) : scope;
    scope =
        call.text(DATA).isPresent()
            ? scope.withFlag("embedded.data", call.text(DATA).get())
            : scope;
    LifeCommand.Mode mode =
        call.has(DETACH) ? LifeCommand.Mode.DETACHED : LifeCommand.Mode.FOREGROUND;
    Started started = call.run(new LifeCommand.Up(scope, mode));
    Started.Running running = started.running();
    if (mode == LifeCommand.Mode.DETACHED) {
      call.answer(started.summary(), summary -> LifeText.up(summary, call));
      return 0;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "undercroft-stop"));
    call.answer(started.summary(), summary -> LifeText.up(summary, call));
    call.say("\nCtrl-C stops it.");
    running.awaitStop();
    return 0;
  }

  static Verb down() {
    return Verb.named("down")
        .says("Stops the running instance: requests in flight finish, then the server stops.")
        .option(TIMEOUT)
        .example("undercroft down", "Stops what runs for the working directory.")
        .answers(Stopped.class)
        .does(call -> {
          Duration patience = Duration.ofSeconds(call.number(TIMEOUT, 0, 30));
          call.answer(call.run(new LifeCommand.Down(call.scope(), patience)), LifeText::down);
          return 0;
        });
  }

  static Verb status() {
    return Verb.named("status")
        .says("Says whether an instance runs, where it serves, and how its databases are.")
        .example("undercroft status", "For people.")
        .example("undercroft status --json", "For programs.")
        .no("nothing runs, or something is wrong")
        .answers(InstanceStatus.class)
        .does(call -> {
          InstanceStatus status = call.run(new LifeCommand.Status(call.scope()));
          call.answer(status, one -> LifeText.status(one, call));
          return status.state() == InstanceStatus.State.HEALTHY ? 0 : 3;
        });
  }

  static Verb logs() {
    return Verb.named("logs")
        .says("Shows the log of the instance, of the database server, or of both.")
        .option(LINES)
        .option(FOLLOW)
        .option(DATABASE)
        .option(EVERY)
        .example("undercroft logs", "The last 100 lines.")
        .example("undercroft logs --database -n 20", "The last 20 lines of the server.")
        .does(LifeVerbs::runLogs);
  }

  private static int runLogs(Call call) {
    LifeCommand.Logs.Source source =
        call.has(EVERY)
            ? LifeCommand.Logs.Source.ALL
            : call.has(DATABASE)
                ? LifeCommand.Logs.Source.DATABASE
                : LifeCommand.Logs.Source.INSTANCE;
    LifeCommand.Logs.Following follow =
        call.has(FOLLOW) ? LifeCommand.Logs.Following.FOLLOW : LifeCommand.Logs.Following.ONCE;
    try (LogLines log =
        call.run(new LifeCommand.Logs(call.scope(), source, call.number(LINES, 0, 100), follow))) {
      log.lines()
          .forEach(line -> {
            call.terminal().out().println(line);
            call.terminal().out().flush();
          });
    }
    return 0;
  }

  /** How these answers look. */
  private static final class LifeText {
    private static final String DIED =
        """
        without stopping; nothing committed is lost.
          `undercroft up` takes over, `undercroft down` stops the database server it left,
          `undercroft logs` shows what it said last\
        """;

    private LifeText() {}

    static String up(InstanceSummary summary, Call call) {
      Style style = call.screen().style();
      return style.good("●")
          + " "
          + style.strong(summary.address())
          + style.faint("  healthy after " + Units.time(summary.took()))
          + "\n\n"
          + details(summary, LifeText::broughtAbout, call);
    }

    /** What this start did. */
    private static String broughtAbout(ServedProject project) {
      return applied(project)
          + (project.migrationsRunNow() > 0 ? ", " + project.migrationsRunNow() + " now" : "")
          + (project.seeded() ? ", seeded" : "");
    }

    private static String applied(ServedProject project) {
      return project.migrationsApplied() + " applied";
    }

    private static String details(
        InstanceSummary summary, Function<ServedProject, String> migrations, Call call) {
      StringBuilder text = new StringBuilder();
      text.append("  server  ").append(summary.server()).append('\n');
      if (!summary.psql().isEmpty()) {
        text.append("  psql    ").append(summary.psql()).append('\n');
      }
      text.append("  data    ").append(summary.data()).append('\n');
      text.append("  token   ").append(summary.tokenFile()).append("\n\n");
      return text + applications(summary, migrations, call);
    }

    /** The addresses are for copying: where they do not fit beside the rest, they stand below. */
    private static String applications(
        InstanceSummary summary, Function<ServedProject, String> migrations, Call call) {
      Table whole = new Table(call.screen(), "APPLICATION", "DATABASE", "MIGRATIONS", "ADDRESS");
      Table narrow = new Table(call.screen(), "APPLICATION", "DATABASE", "MIGRATIONS");
      for (ServedProject project : summary.projects()) {
        String state = migrations.apply(project);
        whole.row(project.title(), project.database(), state, project.url());
        narrow
            .row(project.title(), project.database(), state)
            .below(call.screen().style().faint(project.url()));
      }
      return whole.fits() ? whole.text() : narrow.text();
    }

    static String down(Stopped stopped) {
      return switch (stopped.how()) {
            case NOT_RUNNING -> "Nothing was running.";
            case CLEANLY -> "Stopped in " + Units.time(stopped.took()) + ".";
            case BY_FORCE -> "It did not stop in time and was ended; the next start recovers.";
            case ORPHAN_STOPPED -> "It was dead already; the database server it left was stopped.";
          }
          + "\n";
    }

    static String status(InstanceStatus status, Call call) {
      Style style = call.screen().style();
      String head =
          switch (status.state()) {
            case HEALTHY -> style.good("● healthy");
            case UNHEALTHY -> style.bad("● unhealthy");
            case STARTING -> style.warning("● starting");
            case DIED -> style.bad("● died") + " " + DIED;
            case STOPPED -> style.faint("● stopped") + "; `undercroft up` starts it";
          };
      StringBuilder text = new StringBuilder(head);
      status.summary().ifPresent(summary -> text.append("  ").append(summary.address()));
      if (status.pid() > 0) {
        text.append(style.faint("  process " + status.pid()));
      }
      text.append('\n');
      status
          .summary()
          .ifPresent(
              summary -> text.append('\n').append(details(summary, LifeText::applied, call)));
      status
          .health()
          .filter(health -> health.status() != HealthReport.Status.HEALTHY)
          .ifPresent(health -> text.append('\n').append(LookVerbs.healthText(health, call)));
      return text.toString();
    }
  }
}
