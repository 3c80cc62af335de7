package dev.undercroft.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.MigrationOptions.LateFiles;
import dev.undercroft.migrate.MigrationStatus.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plans are values computed from values: whatever files and history are, the rules hold. */
class DeployPlannerTest {

  private final long seed = seed();
  private final Random random = new Random(seed);

  private static long seed() {
    String given = System.getProperty("undercroft.seed", "");
    long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    System.out.println("undercroft.seed=" + seed);
    return seed;
  }

  private static MigrationFile file(int version) {
    String text = "create table t" + version + " ();\n";
    return new MigrationFile(
        version,
        version + "_t",
        version + "_t/migration.sql",
        text,
        SqlFile.checksum(text),
        Optional.empty());
  }

  private static HistoryEntry applied(MigrationFile file, int id, String checksum) {
    return new HistoryEntry(
        id,
        file.name(),
        checksum,
        Outcome.APPLIED,
        Origin.DEPLOY,
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        "tester",
        1,
        1,
        "",
        Optional.of("create table old ();\n"),
        List.of());
  }

  private static DeployPlan plan(List<MigrationFile> files, History history, LateFiles late) {
    MigrationOptions options = MigrationOptions.DEFAULT.withLate(late);
    return new DeployPlanner(new NoDatabase(), new MigrationFolder(files), history, options)
        .plan()
        .plan();
  }

  @Test
  void random_files_and_histories_are_planned_by_the_rules() {
    for (int round = 0; round < 2000; round++) {
      List<MigrationFile> files = new ArrayList<>();
      List<HistoryEntry> rows = new ArrayList<>();
      int changed = 0;
      int gone = 0;
      for (int version = 1; version <= 12; version++) {
        MigrationFile file = file(version);
        int kind = random.nextInt(10);
        if (kind < 4 || kind == 8) {
          files.add(file);
        }
        if (kind > 4) {
          boolean differs = kind == 8;
          rows.add(applied(file, version, differs ? "other" : file.checksum()));
          changed += differs ? 1 : 0;
          if (kind != 8 && random.nextInt(4) == 0) {
            gone++;
          } else if (kind != 8) {
            files.add(file);
          }
        }
      }
      Collections.shuffle(files, random);
      check(files, new History(true, rows), changed, gone);
    }
  }

  private void check(List<MigrationFile> files, History history, int changed, int gone) {
    DeployPlan plan = plan(files, history, LateFiles.APPLY);
    assertThat(plan(files, history, LateFiles.APPLY))
        .as("seed %s: same again", seed)
        .isEqualTo(plan);
    assertThat(plan.blockers()).as("seed %s", seed).hasSize(changed + gone);
    assertThat(plan.blockers())
        .extracting(Problem::code)
        .isSubsetOf("MIGRATE_CHECKSUM_CHANGED", "MIGRATE_FILE_GONE");
    List<String> pending =
        files.stream()
            .filter(file -> history.find(file.name()).isEmpty())
            .sorted()
            .map(MigrationFile::name)
            .toList();
    assertThat(plan.steps()).extracting(DeployPlan.Step::migration).isEqualTo(pending);
    long late = plan.steps().stream().filter(DeployPlan.Step::late).count();
    assertThat(plan.warnings()).hasSize((int) late);
    DeployPlan strict = plan(files, history, LateFiles.REFUSE);
    assertThat(strict.blockers()).as("seed %s", seed).hasSize(changed + gone + (int) late);
  }

  @Test
  void waiting_grows_and_is_never_the_same_for_two() {
    for (int attempt = 1; attempt < 40; attempt++) {
      Duration wait = Pause.backOff(attempt, random);
      long most = Math.min(10_000, 200L << Math.min(attempt - 1, 10));
      assertThat(wait.toMillis()).isBetween(most / 2, most);
    }
    long different =
        random.ints(100, 1, 2).mapToObj(i -> Pause.backOff(8, random)).distinct().count();
    assertThat(different).isGreaterThan(50);
  }
}
