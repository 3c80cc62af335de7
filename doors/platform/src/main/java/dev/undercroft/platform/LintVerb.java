package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Evolution;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Source;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.lint.Advisors;
import dev.undercroft.lint.Finding;
import dev.undercroft.lint.Linter;
import dev.undercroft.lint.Severity;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Carries out {@link SchemaCommand.Lint}. Thread-safe. */
final class LintVerb {

  private static final String MIGRATION = "migration.sql";

  private final Function<Source, Evolution> evolution;
  private final Function<Scope, Map<String, LintGround>> grounds;

  LintVerb(
      Function<Source, Evolution> evolution, Function<Scope, Map<String, LintGround>> grounds) {
    this.evolution = evolution;
    this.grounds = grounds;
  }

  /** Migrations in their order, in the SQL of their project where it is known. */
  private record Pile(List<SqlSource> known, List<SqlSource> judged, Optional<Dialect> sql) {
    Pile(List<SqlSource> known, List<SqlSource> judged) {
      this(known, judged, Optional.empty());
    }

    Pile in(Dialect dialect) {
      return new Pile(known, judged, Optional.of(dialect));
    }
  }

  LintReport lint(SchemaCommand.Lint command, Frame frame) {
    Optional<String> schema = command.schema();
    List<Finding> findings = new ArrayList<>();
    if (schema.isPresent()) {
      Source source = SourceFinder.find(schema.get(), command.scope().directory());
      findings.addAll(Advisors.judge(evolution.apply(source).inspect(source, frame).catalog()));
    } else {
      Dialect said = command.sqlite() ? Dialect.SQLITE : Dialect.POSTGRESQL;
      for (Pile pile : piles(command)) {
        Linter linter = new Linter(pile.sql().orElse(said));
        findings.addAll(linter.read(pile.known(), pile.judged()));
      }
    }
    Severity least = severity(command.level());
    return new LintReport(
        findings.stream()
            .filter(one -> one.rule().severity().compareTo(least) <= 0)
            .map(LintVerb::found)
            .toList());
  }

  private static Severity severity(String level) {
    try {
      return Severity.valueOf(level.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw Problem.of("PLATFORM_LEVEL", ProblemKind.USAGE, "--level cannot be '" + level + "'")
          .withRemedy("Write error, warning or note.")
          .exception(unknown);
    }
  }

  private List<Pile> piles(SchemaCommand.Lint command) {
    List<Pile> piles = new ArrayList<>();
    Path here = command.scope().directory();
    if (command.paths().isEmpty()) {
      String named =
          command.scope().projects().isEmpty() ? null : command.scope().projects().getFirst();
      Map<String, LintGround> known = grounds.apply(command.scope());
      for (Project project : ProjectFinder.find(here, named).projects()) {
        Optional<LintGround> ground = Optional.ofNullable(known.get(project.name()));
        Optional<String> last = command.since().or(() -> ground.flatMap(LintGround::released));
        Pile pile = migrations(project.migrations(), last);
        piles.add(ground.map(one -> pile.in(one.sql())).orElse(pile));
      }
    }
    for (String word : command.paths()) {
      piles.add(pile(word, here.resolve(word), command.since()));
    }
    return piles;
  }

  private static Pile pile(String word, Path path, Optional<String> since) {
    if (Files.isRegularFile(path.resolve(MIGRATION))) {
      return pile(Path.of(word).resolve(MIGRATION).toString(), path.resolve(MIGRATION), since);
    }
    if (Files.isDirectory(path)) {
      List<SqlSource> files = new ArrayList<>();
      if (isMigrations(path)) {
        return migrations(path, since);
      }
      for (Path file : list(path)) {
        boolean isDown = file.endsWith("down.sql") || file.toString().endsWith(".down.sql");
        if (file.toString().endsWith(".sql") && Files.isRegularFile(file) && !isDown) {
          files.add(read(Path.of(word).resolve(path.relativize(file)).toString(), file));
        }
      }
      return new Pile(List.of(), files);
    }
    return new Pile(before(path), List.of(read(word, path)));
  }

  /** Migrations that stand before this one in its folder. */
  private static List<SqlSource> before(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || folder.getParent() == null || !file.endsWith(MIGRATION)) {
      return List.of();
    }
    String name = String.valueOf(folder.getFileName());
    return MigrationText.read(folder.getParent()).stream()
        .takeWhile(one -> !one.name().equals(name))
        .map(MigrationText::script)
        .toList();
  }

  private static boolean isMigrations(Path folder) {
    return list(folder).stream().anyMatch(entry -> Files.isRegularFile(entry.resolve(MIGRATION)));
  }

  private static Pile migrations(Path folder, Optional<String> since) {
    List<MigrationText> all = MigrationText.read(folder);
    int known = 0;
    if (since.isPresent()) {
      List<String> names = all.stream().map(MigrationText::name).toList();
      known = names.indexOf(since.get()) + 1;
      if (known == 0) {
        throw Problem.of(
                "PLATFORM_NO_MIGRATION",
                ProblemKind.NOT_FOUND,
                "--since: there is no migration '" + since.get() + "' in " + folder)
            .withRemedy("Give the full name of one, as `undercroft migrate status` shows it.")
            .exception();
      }
    }
    List<SqlSource> scripts = all.stream().map(MigrationText::script).toList();
    return new Pile(scripts.subList(0, known), scripts.subList(known, scripts.size()));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException cause) {
      throw unreadable(folder.toString(), cause);
    }
  }

  private static SqlSource read(String word, Path file) {
    try {
      return new SqlSource(word, Files.readString(file));
    } catch (IOException cause) {
      throw unreadable(word, cause);
    }
  }

  private static RuntimeException unreadable(String what, IOException cause) {
    return Problem.of("PLATFORM_NOT_READ", ProblemKind.INPUT, what + " cannot be read")
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Name a .sql file in UTF-8, a folder of them, or a folder of migrations.")
        .exception(cause);
  }

  private static LintReport.Found found(Finding finding) {
    return new LintReport.Found(
        finding.rule().code(),
        finding.rule().severity().name().toLowerCase(Locale.ROOT),
        finding.place().file(),
        finding.place().line(),
        finding.place().column(),
        finding.message(),
        finding.excerpt(),
        finding.rule().remedy());
  }
}
