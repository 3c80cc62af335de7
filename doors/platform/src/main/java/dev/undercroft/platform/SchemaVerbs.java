package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.evolve.Answers;
import dev.undercroft.evolve.Applied;
import dev.undercroft.evolve.Comparison;
import dev.undercroft.evolve.Described;
import dev.undercroft.evolve.Evolution;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Guess;
import dev.undercroft.evolve.Inspected;
import dev.undercroft.evolve.Permission;
import dev.undercroft.evolve.PlannedRun;
import dev.undercroft.evolve.Source;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.evolve.WrittenPlan;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Step;
import dev.undercroft.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Carries out {@link SchemaCommand}s. Thread-safe. */
public final class SchemaVerbs {

  private final Function<Dialect, Evolution> evolution;
  private final Supplier<PlannedRun> planned;
  private final DumpVerb dump;
  private final Function<Scope, Map<String, LintGround>> grounds;

  /**
   * Works through these.
   *
   * @param evolution is asked for, by kind of database, when a verb is called
   * @param planned is asked for when a written plan is carried out
   * @param dump writes dumps
   * @param grounds says what lint must know of projects, by their names
   */
  public SchemaVerbs(
      Function<Dialect, Evolution> evolution,
      Supplier<PlannedRun> planned,
      DumpVerb dump,
      Function<Scope, Map<String, LintGround>> grounds) {
    this.evolution = evolution;
    this.planned = planned;
    this.dump = dump;
    this.grounds = grounds;
  }

  DumpWritten dump(SchemaCommand.Dump command, Progress progress) {
    boolean sqlite =
        live(command.url(), command.scope()).sql().filter(Dialect.SQLITE::equals).isPresent();
    if (sqlite && (!command.content().schemas().isEmpty() || command.content().roles())) {
      throw noSchemas();
    }
    return dump.dump(command, progress);
  }

  LintReport lint(SchemaCommand.Lint command) {
    return new LintVerb(source -> evolution(command.frame(), source), grounds)
        .lint(command, frame(command.frame(), command.scope()));
  }

  SchemaText inspect(SchemaCommand.Inspect command) {
    Source source = source(command.from(), command.scope());
    Inspected inspected =
        evolution(command.frame(), source).inspect(source, frame(command.frame(), command.scope()));
    if (command.format() == SchemaCommand.Format.PRISMA) {
      Inspected.Written written = inspected.prisma();
      return new SchemaText(written.text(), written.notes());
    }
    String text =
        switch (command.format()) {
          case PRISMA, SQL -> inspected.sql();
          case JSON -> inspected.json();
          case MERMAID -> inspected.mermaid();
          case SVG -> inspected.svg();
        };
    return new SchemaText(text, inspected.notes());
  }

  SchemaPlan diff(SchemaCommand.Diff command) {
    Source from = source(command.from(), command.scope());
    Source to = source(command.to(), command.scope());
    Comparison compared =
        evolution(command.frame(), from, to)
            .compare(from, to, frame(command.frame(), command.scope()), false);
    return answer(compared, EnumSet.allOf(Hazard.class));
  }

  SchemaPlan plan(SchemaCommand.Plan command) {
    Set<Hazard> allowed = Permission.read(command.manner().allow());
    Source from = source(command.from(), command.scope());
    Source to = source(command.to(), command.scope());
    Frame frame = frame(command.frame(), command.scope());
    boolean online = command.manner().online();
    Comparison compared =
        evolution(command.frame(), from, to)
            .plan(from, to, frame, online, command.manner().prove());
    return answer(compared, allowed);
  }

  SchemaApplied apply(SchemaCommand.Apply command, Progress progress) {
    long begun = System.nanoTime();
    Evolution.Order order =
        new Evolution.Order(
            command.manner().online(),
            command.manner().prove(),
            patience(command.manner().waits()),
            Permission.read(command.manner().allow()),
            command.expected(),
            progress);
    Source.Live target = live(command.url(), command.scope());
    Source to = source(command.to(), command.scope());
    Applied applied =
        evolution(command.frame(), target, to)
            .apply(target, to, frame(command.frame(), command.scope()), order);
    return new SchemaApplied(
        applied.database(),
        applied.done(),
        true,
        answer(applied.comparison(), order.allowed()),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private Evolution evolution(SchemaCommand.Frame frame, Source... sources) {
    Optional<Dialect> wished = frame.dialect().map(SchemaVerbs::dialect);
    Dialect dialect = SourceFinder.dialect(List.of(sources), wished);
    if (dialect == Dialect.SQLITE && (!frame.schemas().isEmpty() || frame.roles())) {
      throw noSchemas();
    }
    return evolution.apply(dialect);
  }

  private static ProblemException noSchemas() {
    return Problem.of(
            "PLATFORM_NO_SCHEMAS", ProblemKind.USAGE, "SQLite has neither schemas nor roles")
        .withRemedy("Leave out --schemas and --include-roles.")
        .exception();
  }

  private static Dialect dialect(String word) {
    return switch (word) {
      case "postgresql" -> Dialect.POSTGRESQL;
      case "sqlite" -> Dialect.SQLITE;
      default ->
          throw Problem.of(
                  "PLATFORM_NO_DIALECT", ProblemKind.USAGE, "--dialect cannot be '" + word + "'")
              .withRemedy("Write postgresql or sqlite.")
              .exception();
    };
  }

  private static Patience patience(SchemaCommand.Waits waits) {
    Patience usual = Patience.USUAL;
    return new Patience(
        waits.lock().orElse(usual.lock()),
        waits.statement().orElse(usual.statement()),
        usual.attempts());
  }

  SchemaApplied applyPlan(SchemaCommand.ApplyPlan command, Progress progress) {
    long begun = System.nanoTime();
    SchemaPlan plan = command.plan();
    Set<String> allowed =
        Permission.read(command.allow()).stream().map(Hazard::word).collect(Collectors.toSet());
    List<Problem> missing =
        plan.notAllowed().stream()
            .filter(one -> !allowed.contains(one.context().getOrDefault("hazard", "")))
            .toList();
    if (!missing.isEmpty()) {
      throw new ProblemException(missing);
    }
    PlannedRun.Outcome outcome =
        planned
            .get()
            .apply(
                live(command.url(), command.scope()),
                written(plan),
                frame(command.frame(), command.scope()),
                progress);
    return new SchemaApplied(
        outcome.database(),
        outcome.done(),
        true,
        plan,
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private static WrittenPlan written(SchemaPlan plan) {
    try {
      return new WrittenPlan(
          plan.mark(),
          plan.stages(),
          plan.steps().stream()
              .map(step -> WrittenPlan.step(step.object(), step.sql(), step.transaction()))
              .toList());
    } catch (IllegalArgumentException edited) {
      throw Problem.of("PLATFORM_NO_PLAN", ProblemKind.INPUT, "the plan was edited, or is none")
          .withDetail(String.valueOf(edited.getMessage()))
          .withRemedy("Give the file that `schema plan --json FILE` has written.")
          .exception(edited);
    }
  }

  private static Source source(String word, Scope scope) {
    return SourceFinder.find(word, scope.directory());
  }

  private static Source.Live live(String url, Scope scope) {
    if (source(url, scope) instanceof Source.Live live) {
      return live;
    }
    throw Problem.of("PLATFORM_NO_DATABASE", ProblemKind.USAGE, "--url names no database: " + url)
        .withRemedy("Give the address of a database, for example postgres://user@host/name.")
        .exception();
  }

  private static Frame frame(SchemaCommand.Frame given, Scope scope) {
    dev.undercroft.schema.Scope all = dev.undercroft.schema.Scope.ALL;
    Answers answers =
        given.renames().map(file -> answers(file, scope.directory())).orElse(Answers.NONE);
    return new Frame(
        new dev.undercroft.schema.Scope(given.schemas(), all.excludedSchemas(), given.roles()),
        given.scratch(),
        answers);
  }

  private static Answers answers(String file, Path directory) {
    try {
      return Answers.read(file, Files.readString(directory.resolve(file)));
    } catch (IOException cause) {
      throw Problem.of("PLATFORM_NOT_READ", ProblemKind.INPUT, file + " cannot be read")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Name a file in UTF-8 with lines such as: table public.old -> new.")
          .exception(cause);
    }
  }

  private static SchemaPlan answer(Comparison compared, Set<Hazard> allowed) {
    List<Problem> missing = Permission.missing(compared.plan(), allowed);
    return new SchemaPlan(
        compared.changes().isEmpty(),
        compared.changes().stream().map(SchemaVerbs::change).toList(),
        Evolution.mark(compared.plan()),
        compared.stages(),
        compared.plan().hazards().stream().map(Hazard::word).toList(),
        compared.plan().steps().stream().map(SchemaVerbs::step).toList(),
        compared.guesses().stream().map(Guess::line).toList(),
        compared.proof(),
        compared.plan().sql(),
        missing,
        compared.notes());
  }

  private static SchemaPlan.Change change(dev.undercroft.diff.Change change) {
    return new SchemaPlan.Change(
        change.getClass().getSimpleName().toLowerCase(Locale.ROOT),
        change.id().toString(),
        Described.of(change));
  }

  private static SchemaPlan.Step step(Step step) {
    return new SchemaPlan.Step(
        step.subject().toString(),
        step.sql(),
        step.lock().words(),
        word(step.work()),
        word(step.transaction()),
        step.warnings().stream()
            .map(one ->
                new SchemaPlan.Hazard(one.hazard().word(), one.told(), one.rows().orElse(null)))
            .toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
