package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.SchemaApplied;
import dev.undercroft.platform.SchemaCommand;
import dev.undercroft.platform.SchemaCommand.Format;
import dev.undercroft.platform.SchemaPlan;
import dev.undercroft.platform.SchemaText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Schemas in files and databases: read, compared, planned, applied. */
final class SchemaVerbs {

  private static final String SOURCES =
      "a .sql file, a folder of them, a .prisma file or folder, a folder of migrations, a catalog"
          + " .json or a URL, postgres://… or sqlite:PATH";
  private static final Option FROM =
      Option.of("--from", "SRC", "The schema there is: " + SOURCES + ".");
  private static final Option TO = Option.of("--to", "SRC", "The schema that is wanted, likewise.");
  private static final Option URL = Option.of("--url", "URL", "The database to change.");
  private static final Option FORMAT =
      Option.of(
          "--format",
          "WORD",
          "sql, json, prisma, mermaid or svg; by default as --out ends, else sql.");
  private static final Option FORM = Option.of("--format", "WORD", "text, sql or json.");
  private static final Option OUT = Option.of("--out -o", "FILE", "Writes to a file.");
  private static final Option JSON_FILE =
      Option.of("--json", "[FILE]", "Writes the plan as JSON to a file, or here.");
  private static final Option ONLINE =
      Option.flag("--online", "Avoids locks that last, at the price of more steps.");
  private static final Option OFFLINE =
      Option.flag("--no-online", "Takes the shortest way; this is the default.");
  private static final Option ALLOW =
      Option.of("--allow", "HAZARD,…", "Hazards that are accepted by name, or all.");
  private static final Option PLAN =
      Option.of(
          "--plan", "FILE.json", "In place of --to: carries out what schema plan --json wrote.");
  private static final Option YES = Option.flag("--yes -y", "Applies without asking.");
  private static final Option LOCK_TIMEOUT =
      Option.of(
          "--lock-timeout",
          "SECONDS",
          "How long a step waits for its lock before it lets others pass and tries again, ten times"
              + " in all; 0 waits without end; 3 by default.");
  private static final Option STATEMENT_TIMEOUT =
      Option.of(
          "--statement-timeout",
          "SECONDS",
          "How long a step may run; 0 means without end, which is the default.");
  private static final Option NO_PROOF =
      Option.flag("--no-proof", "Leaves out the trial on a copy.");

  private SchemaVerbs() {}

  static Verb inspect() {
    return SchemaOptions.common(Verb.named("schema inspect"))
        .says(
            "Reads a schema and writes it down: as SQL that makes it in an empty database, as a"
                + " catalog that other commands read, as a Prisma schema, or as a diagram.")
        .option(FROM)
        .option(FORMAT)
        .option(OUT)
        .example("undercroft schema inspect --from postgres://me@localhost/shop", "As SQL.")
        .example(
            "undercroft schema inspect --from schema --format mermaid --out schema.mmd",
            "A diagram of what the files say.")
        .answers(SchemaText.class)
        .does(SchemaVerbs::runInspect);
  }

  private static int runInspect(Call call) throws IOException {
    SchemaText text =
        call.run(
            new SchemaCommand.Inspect(
                call.scope(),
                SchemaOptions.frame(call),
                SchemaOptions.needed(call, FROM),
                format(call)));
    SchemaOptions.warn(call, text.notes());
    SchemaOptions.write(call, OUT, text.text());
    return 0;
  }

  private static Format format(Call call) {
    if (call.isJson()) {
      return Format.JSON;
    }
    String ending =
        call.text(OUT).map(file -> file.substring(file.lastIndexOf('.') + 1)).orElse("sql");
    String word = call.text(FORMAT).orElse(ending.equals("mmd") ? "mermaid" : ending);
    for (Format format : Format.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
        return format;
      }
    }
    if (call.text(FORMAT).isEmpty()) {
      return Format.SQL;
    }
    throw SchemaOptions.notAChoice("--format", word, "sql, json, prisma, mermaid or svg");
  }

  static Verb diff() {
    return SchemaOptions.common(Verb.named("schema diff"))
        .says("Compares two schemas, wherever they stand.")
        .option(FROM)
        .option(TO)
        .option(FORM)
        .example(
            "undercroft schema diff --from postgres://me@localhost/shop --to schema",
            "What the database lacks.")
        .example("undercroft schema diff --from old.sql --to new.sql --format sql", "As SQL.")
        .no("the schemas differ")
        .answers(SchemaPlan.class)
        .does(SchemaVerbs::runDiff);
  }

  private static int runDiff(Call call) {
    String form = call.isJson() ? "json" : call.text(FORM).orElse("text");
    if (!List.of("text", "sql", "json").contains(form)) {
      throw SchemaOptions.notAChoice("--format", form, "text, sql or json");
    }
    SchemaPlan plan =
        call.run(
            new SchemaCommand.Diff(
                call.scope(),
                SchemaOptions.frame(call),
                SchemaOptions.needed(call, FROM),
                SchemaOptions.needed(call, TO)));
    SchemaOptions.warn(call, plan.notes());
    switch (form) {
      case "json" -> call.terminal().out().println(JsonAnswer.of(plan));
      case "sql" -> call.terminal().out().print(plan.sql());
      default -> call.terminal().out().print(SchemaWords.changes(plan, call));
    }
    return plan.equal() ? 0 : 3;
  }

  static Verb plan() {
    return SchemaOptions.common(Verb.named("schema plan"))
        .says(
            "Says how to get from one schema to another: every statement with its lock, what it"
                + " does under it, and what can go wrong. Tries it on a copy. Changes nothing.")
        .option(FROM)
        .option(TO)
        .option(ONLINE)
        .option(OFFLINE)
        .option(ALLOW)
        .option(NO_PROOF)
        .option(OUT)
        .option(JSON_FILE)
        .example(
            "undercroft schema plan --from postgres://me@localhost/shop --to schema --online",
            "Shows the plan.")
        .example(
            "undercroft schema plan --from old.sql --to new.sql --out plan.sql --json plan.json",
            "Writes it for people and for programs.")
        .no("--allow was given and the plan has a hazard that it does not name")
        .answers(SchemaPlan.class)
        .does(SchemaVerbs::runPlan);
  }

  private static int runPlan(Call call) throws IOException {
    SchemaPlan plan =
        call.run(
            new SchemaCommand.Plan(
                call.scope(),
                SchemaOptions.frame(call),
                SchemaOptions.needed(call, FROM),
                SchemaOptions.needed(call, TO),
                manner(call)));
    SchemaOptions.warn(call, plan.notes());
    Optional<String> json = call.text(JSON_FILE);
    if (json.isPresent()) {
      SchemaOptions.write(call, JSON_FILE, JsonAnswer.of(plan) + "\n");
    }
    if (call.text(OUT).isPresent() || json.isEmpty()) {
      SchemaOptions.write(call, OUT, plan.sql());
    }
    call.say(SchemaWords.summary(plan, call));
    if (call.has(ALLOW) && !plan.notAllowed().isEmpty()) {
      throw new ProblemException(plan.notAllowed());
    }
    return 0;
  }

  private static SchemaCommand.Manner manner(Call call) {
    if (call.has(ONLINE) && call.has(OFFLINE)) {
      throw Problem.of(
              "CLI_EITHER_OR", ProblemKind.USAGE, "--online and --no-online exclude each other")
          .withRemedy("Give one of them.")
          .exception();
    }
    return new SchemaCommand.Manner(
        call.has(ONLINE),
        !call.has(NO_PROOF),
        call.text(ALLOW).orElse(""),
        new SchemaCommand.Waits(seconds(call, LOCK_TIMEOUT), seconds(call, STATEMENT_TIMEOUT)));
  }

  private static Optional<Duration> seconds(Call call, Option option) {
    return call.has(option)
        ? Optional.of(Duration.ofSeconds(call.number(option, 0, 0)))
        : Optional.empty();
  }

  static Verb apply() {
    return SchemaOptions.common(Verb.named("schema apply"))
        .says(
            "Makes a database what a schema says: plans against it as it is, tries the plan on a"
                + " copy, carries it out step by step, and reads the database back. Refuses hazards"
                + " that --allow does not name. After a failure the next call goes on from there. A"
                + " plan that was written down is carried out as it stands, if the database is"
                + " still what it was made for.")
        .option(URL)
        .option(TO)
        .option(PLAN)
        .option(ONLINE)
        .option(OFFLINE)
        .option(ALLOW)
        .option(NO_PROOF)
        .option(LOCK_TIMEOUT)
        .option(STATEMENT_TIMEOUT)
        .option(YES)
        .example(
            "undercroft schema apply --url postgres://me@localhost/shop --to schema --yes",
            "Without asking.")
        .example(
            "undercroft schema apply --url postgres://me@localhost/shop --to schema -y --allow data-loss",
            "Accepts a hazard.")
        .example(
            "undercroft schema apply --url postgres://me@localhost/shop --plan plan.json",
            "A plan that was read and agreed to.")
        .no("the plan has a hazard that --allow does not name")
        .answers(SchemaApplied.class)
        .does(SchemaVerbs::runApply);
  }

  private static int runApply(Call call) throws IOException {
    String url = SchemaOptions.needed(call, URL);
    Optional<String> file = call.text(PLAN);
    if (file.isPresent()) {
      return runPlanFile(call, url, PlanFile.read(call.terminal().directory().resolve(file.get())));
    }
    String to = SchemaOptions.needed(call, TO);
    SchemaCommand.Manner manner = manner(call);
    Optional<String> agreed = call.has(YES) ? Optional.empty() : agreed(call, url, to, manner);
    if (agreed.isPresent() && agreed.get().isEmpty()) {
      return 0;
    }
    SchemaApplied applied =
        call.run(
            new SchemaCommand.Apply(
                call.scope(), SchemaOptions.frame(call), url, to, manner, agreed));
    SchemaOptions.warn(call, applied.plan().notes());
    call.answer(applied, one -> SchemaWords.applied(one, call));
    return 0;
  }

  /** Whoever wrote the plan down has agreed to it; nobody is asked again. */
  private static int runPlanFile(Call call, String url, SchemaPlan plan) {
    if (call.text(TO).isPresent()) {
      throw Problem.of("CLI_EITHER_OR", ProblemKind.USAGE, "--plan and --to exclude each other")
          .withRemedy("Give one of them.")
          .exception();
    }
    SchemaApplied applied =
        call.run(
            new SchemaCommand.ApplyPlan(
                call.scope(), SchemaOptions.frame(call), url, plan, call.text(ALLOW).orElse("")));
    call.answer(applied, one -> SchemaWords.planApplied(one, call));
    return 0;
  }

  /** The mark of the plan that a person agreed to; empty text when there is nothing to do. */
  private static Optional<String> agreed(
      Call call, String url, String to, SchemaCommand.Manner manner) throws IOException {
    SchemaPlan plan =
        call.run(
            new SchemaCommand.Plan(
                call.scope(),
                SchemaOptions.frame(call),
                url,
                to,
                new SchemaCommand.Manner(
                    manner.online(), false, manner.allow(), SchemaCommand.Waits.USUAL)));
    if (plan.steps().isEmpty()) {
      return Optional.of(plan.mark());
    }
    if (!plan.notAllowed().isEmpty()) {
      throw new ProblemException(plan.notAllowed());
    }
    boolean canAsk =
        call.terminal().faces().in() && call.terminal().faces().err() && !call.isJson();
    if (canAsk) {
      call.terminal().err().print(plan.sql() + SchemaWords.summary(plan, call));
      call.terminal().err().print("\nApply this? [y/N] ");
      call.terminal().err().flush();
      String typed = call.terminal().in().readLine();
      if (typed != null && List.of("y", "yes").contains(typed.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(plan.mark());
      }
    }
    throw Problem.of(
            "CLI_NOT_CONFIRMED",
            ProblemKind.USAGE,
            canAsk
                ? "nothing was applied"
                : "%d steps would change the database, and nobody can be asked here"
                    .formatted(plan.steps().size()))
        .withRemedy("Add --yes to apply without being asked; `schema plan` shows the steps.")
        .exception();
  }
}
