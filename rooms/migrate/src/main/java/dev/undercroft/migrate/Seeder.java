package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.MigrationOptions.SeedPolicies;
import dev.undercroft.migrate.SeedResult.Seeded;
import dev.undercroft.migrate.TransactionRun.Durability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Runs the seeds, each in one transaction. */
final class Seeder {

  private final MigrationDialect dialect;
  private final MigrationOptions options;
  private final Clock clock;
  private final Pause pause;

  Seeder(MigrationDialect dialect, MigrationOptions options, Clock clock, Pause pause) {
    this.dialect = dialect;
    this.options = options;
    this.clock = clock;
    this.pause = pause;
  }

  /** Runs them in this order; the lock is held by the caller. Stops at the first that fails. */
  SeedResult seed(DeployLock lock, List<SqlFile> files, Progress progress) {
    Instant began = clock.instant();
    List<ParsedFile> parsed = parse(files);
    List<Seeded> seeded = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      progress.report("seeding " + files.get(i).path(), i, files.size());
      lock.check();
      seeded.add(run(lock, files.get(i), parsed.get(i)));
      progress.report("seeded " + files.get(i).path(), i + 1, files.size());
    }
    return new SeedResult(dialect.target(), seeded, Duration.between(began, clock.instant()));
  }

  private List<ParsedFile> parse(List<SqlFile> files) {
    List<Problem> problems = new ArrayList<>();
    List<ParsedFile> parsed = new ArrayList<>();
    for (SqlFile file : files) {
      ParsedFile each = ParsedFile.parse(file.path(), file.text(), dialect);
      problems.addAll(each.problems());
      if (each.journalled()) {
        problems.add(
            Problem.of(
                    "MIGRATE_SEED_NOT_TRANSACTIONAL",
                    ProblemKind.INPUT,
                    file.path() + " cannot run in one transaction: " + each.reason())
                .withRemedy("Put that into a migration; a seed only holds rows."));
      }
      parsed.add(each);
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return parsed;
  }

  private Seeded run(DeployLock lock, SqlFile file, ParsedFile parsed) {
    RunRules plain = parsed.rules(options, options.owner());
    RunRules rules =
        new RunRules(
            plain.lockTimeout(),
            plain.statementTimeout(),
            plain.owner(),
            options.seedPolicies() == SeedPolicies.LIFT_FORCE,
            plain.foreignKeysOff(),
            List.of());
    TransactionRun run = new TransactionRun(parsed.statements(), rules, List.of(), Durability.NOW);
    for (int attempt = 1; ; attempt++) {
      Instant started = clock.instant();
      try {
        RunReport report = lock.session().run(run);
        return new Seeded(
            file.path(),
            parsed.statements().size(),
            report.rows(),
            Duration.between(started, clock.instant()));
      } catch (StatementFailure failure) {
        boolean again =
            failure.error().reason() == StatementFailure.Reason.LOCKED
                && attempt < options.lockAttempts();
        if (!again) {
          throw FailureReport.of(
                  failure,
                  parsed.statements(),
                  "Nothing of this seed is in the database; correct it and run it again.")
              .exception(failure);
        }
        pause.take(Pause.backOff(attempt, ThreadLocalRandom.current()));
      }
    }
  }
}
