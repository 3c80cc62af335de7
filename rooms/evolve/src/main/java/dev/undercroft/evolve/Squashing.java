package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.schema.ScratchServer.Scratch;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one migration of several: the shortest way to the same catalog, with the statements that
 * change rows behind it. The old ones and the new one are carried out beside each other, and must
 * give the same catalog and the same rows. Thread-safe.
 */
public final class Squashing {

  private static final Set<String> ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE");
  private static final Pattern REPLACES =
      Pattern.compile("(?m)^--\\s*undercroft\\s*:\\s*replaces\\s+(.*)$");

  private final Databases databases;
  private final SchemaEngine engine;
  private final Planning planner;

  /** Works with these databases of one kind. */
  public Squashing(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
    this.planner = engine.planning();
  }

  /**
   * Which migrations are meant.
   *
   * @param folder where they are
   * @param from the first; empty for the first there is
   * @param to the last; empty for the last there is
   */
  public record Range(Path folder, Optional<String> from, Optional<String> to) {}

  /** Migrations before the range, and in it. */
  private record Cut(List<MigrationText> before, List<MigrationText> range) {}

  /**
   * Makes one of them.
   *
   * @throws ProblemException if there are none, one cannot be carried out, or no single migration
   *     was found that gives the same
   */
  public Squash squash(Range wish, Frame frame) {
    Cut cut = cut(wish);
    refuseRowsOfCopy(cut.range());
    try (Desk desk = new Desk(databases, engine, frame)) {
      desk.wish(0);
      List<SqlSource> before = scripts(cut.before());
      Source source = new Source.Migrations(wish.folder().toString(), wish.folder());
      Catalog start = desk.carriedOut(source, before).catalog();
      List<SqlSource> all = new ArrayList<>(before);
      all.addAll(scripts(cut.range()));
      Reading old = desk.carriedOut(source, all);
      Plan plan = planner.plan(start, old.catalog(), new PlanOptions(false, ""));
      List<String> replaced = replaced(cut.range());
      String head =
          replaced.stream()
              .map(name -> "-- undercroft:replaces " + name + "\n")
              .collect(Collectors.joining());
      String up = head + engine.migration(plan) + rows(cut.range());
      List<SqlSource> squashed = new ArrayList<>(before);
      squashed.add(new SqlSource("migration.sql", up));
      Reading fresh = carriedOut(desk, source, squashed);
      String line = compared(old, fresh);
      List<String> names = cut.range().stream().map(MigrationText::name).toList();
      return new Squash(replaced, names, up, down(cut.range()), List.of(line));
    }
  }

  private static Cut cut(Range wish) {
    List<MigrationText> all = MigrationText.read(wish.folder());
    List<String> names = all.stream().map(MigrationText::name).toList();
    int first = wish.from().map(name -> index(names, name)).orElse(0);
    int last = wish.to().map(name -> index(names, name)).orElse(names.size() - 1);
    if (last - first < 1) {
      throw Problem.of(
              "EVOLVE_NOTHING_TO_SQUASH",
              ProblemKind.INPUT,
              "%d migrations are meant, and it takes two to make one of them"
                  .formatted(Math.max(0, last - first + 1)))
          .withRemedy("Name an earlier one with --from, or a later one with --to.")
          .exception();
    }
    return new Cut(all.subList(0, first), all.subList(first, last + 1));
  }

  private static int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw Problem.of(
              "EVOLVE_NO_MIGRATION", ProblemKind.NOT_FOUND, "there is no migration '" + name + "'")
          .withRemedy("Give its full name, as `undercroft migrate status` shows it.")
          .exception();
    }
    return index;
  }

  private static List<SqlSource> scripts(List<MigrationText> migrations) {
    return migrations.stream().map(MigrationText::script).toList();
  }

  private static Stream<Statement> statements(MigrationText migration) {
    return Script.read(migration.script(), Dialect.POSTGRESQL).statements().stream();
  }

  private static void refuseRowsOfCopy(List<MigrationText> range) {
    List<Problem> problems =
        range.stream()
            .flatMap(Squashing::statements)
            .filter(statement -> statement.copyData().isPresent())
            .map(statement -> notTheSame(statement + " holds rows of COPY"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  /** Who ran a migration that stood for others may have run those: all of them are named. */
  private static List<String> replaced(List<MigrationText> range) {
    List<String> names = new ArrayList<>();
    for (MigrationText one : range) {
      REPLACES
          .matcher(one.script().text())
          .results()
          .flatMap(found -> Stream.of(found.group(1).strip().split("[,\\s]+", -1)))
          .forEach(names::add);
      names.add(one.name());
    }
    return names;
  }

  private static String rows(List<MigrationText> range) {
    StringBuilder text = new StringBuilder();
    for (MigrationText one : range) {
      for (Statement statement : statements(one).filter(Squashing::changesRows).toList()) {
        text.append("\n-- from ").append(one.name()).append('\n');
        text.append(statement.text()).append(";\n");
      }
    }
    return text.toString();
  }

  private static boolean changesRows(Statement statement) {
    return ROWS.contains(statement.command().name());
  }

  private static Reading carriedOut(Desk desk, Source source, List<SqlSource> squashed) {
    try {
      return desk.carriedOut(source, squashed);
    } catch (ProblemException refused) {
      throw notTheSame("the one in place of them fails: " + refused.first().message())
          .exception(refused);
    }
  }

  private static String compared(Reading old, Reading fresh) {
    List<Change> left = Diff.between(fresh.catalog(), old.catalog());
    if (!left.isEmpty()) {
      throw notTheSame(Evolution.described(left)).exception();
    }
    Map<String, String> before = rows(old);
    Map<String, String> after = rows(fresh);
    List<String> different =
        before.entrySet().stream()
            .filter(one -> !one.getValue().equals(after.get(one.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (!different.isEmpty()) {
      throw notTheSame("other rows or numbers in " + String.join(", ", different)).exception();
    }
    return "carried out beside the old ones: the same schema, and the same rows in %d tables"
        .formatted(before.size());
  }

  private static Map<String, String> rows(Reading reading) {
    Scratch scratch = reading.scratch().orElseThrow();
    return new TreeMap<>(SampleRows.digests(scratch.connection(), reading.catalog()));
  }

  private static String down(List<MigrationText> range) {
    StringBuilder text = new StringBuilder();
    for (MigrationText one : range.reversed()) {
      if (one.down().isEmpty()) {
        return "";
      }
      text.append("-- undoes ").append(one.name()).append('\n');
      text.append(one.down().get().text().strip()).append("\n\n");
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static Problem notTheSame(String why) {
    return Problem.of(
            "EVOLVE_NOT_SQUASHED",
            ProblemKind.CONFLICT,
            "no single migration was found that gives the same; nothing was written")
        .withDetail(why)
        .withRemedy(
            "Leave the migration that it speaks of out of the range with --from and --to: rows that"
                + " are computed, and what DO and CALL do, cannot be put into one text.");
  }
}
