package dev.undercroft.backups;

import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.ServerBinaries;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.settings.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Restores a whole cluster into a folder of its own. One thread at a time. */
final class ClusterRestore {

  private static final String LATEST = "latest";

  private final Clusters clusters;
  private final Site site;
  private final BackupPlace place;

  ClusterRestore(Clusters clusters, Site site, BackupPlace place) {
    this.clusters = clusters;
    this.site = site;
    this.place = place;
  }

  /** What a person wants, as something that can be looked for in the log. */
  RestorePlan plan(BackupCommand.Moment moment) throws IOException {
    long said =
        List.of(moment.time(), moment.position(), moment.name(), moment.transaction()).stream()
            .filter(Optional::isPresent)
            .count();
    if (said > 1) {
      throw Problem.of(
              "BACKUP_TWO_TARGETS",
              ProblemKind.USAGE,
              "a restore ends at one place: time, position, name or transaction")
          .withRemedy("Leave only one of --time, --lsn, --name and --xid.")
          .exception();
    }
    RecoveryTarget target =
        moment
            .time()
            .<RecoveryTarget>map(RecoveryTarget.AtTime::new)
            .or(() -> moment.position().map(Lsn::parse).map(RecoveryTarget.AtLsn::new))
            .or(() -> moment.name().map(RecoveryTarget.AtName::new))
            .or(() -> moment.transaction().map(RecoveryTarget.AtTransaction::new))
            .orElseGet(RecoveryTarget.Latest::new);
    Optional<String> backup = moment.backup().filter(id -> !id.equals(LATEST));
    OptionalInt timeline = moment.timeline().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    return new RestorePlanner(place.repository()).plan(new RestoreWish(backup, target, timeline));
  }

  BackupAnswer.Restored restore(BackupCommand.Restore restore, Progress progress)
      throws IOException {
    progress.report("looking for the moment in the log", 0, 0);
    RestorePlan plan = plan(restore.moment());
    BackupCommand.Destination destination = restore.destination();
    refuseLiving(destination.into());
    EmbeddedHome home = EmbeddedHome.inEmpty(settings(destination.into(), plan));
    requireSpace(home, plan);
    RecoveredCluster recovered =
        new RecoveredCluster(place, plan, home, Tablespaces.moved(destination.tablespaces()));
    Duration fetch = recovered.fetch(site, progress);
    if (destination.recovery() == BackupCommand.Recovery.PREPARE) {
      return answer(restore, recovered, fetch, Duration.ZERO, List.of());
    }
    try (RecoveredCluster.Running server =
        recovered.start(clusters.remote(restore.scope()), progress)) {
      List<String> databases = server.databases();
      List<BackupAnswer.Check> checks =
          new DrillChecks(site, server.address()).assertions(databases);
      server.stopClean();
      requirePassed(checks, destination.into());
      return answer(restore, recovered, fetch, server.replay(), databases);
    }
  }

  /** What the projects assert of their data holds, or nobody is told to serve from there. */
  private static void requirePassed(List<BackupAnswer.Check> checks, Path into) {
    List<Problem> failed =
        checks.stream()
            .filter(check -> !check.passed())
            .map(check ->
                Problem.of(
                        "BACKUP_CHECK_FAILED",
                        ProblemKind.CONFLICT,
                        "the restored data fail the check " + check.name() + ": " + check.found())
                    .withRemedy(
                        "The present data are as before. Look into "
                            + into
                            + " with `undercroft up --data`, or restore an earlier moment."))
            .toList();
    if (!failed.isEmpty()) {
      throw new ProblemException(failed);
    }
  }

  private BackupAnswer.Restored answer(
      BackupCommand.Restore restore,
      RecoveredCluster recovered,
      Duration fetch,
      Duration replay,
      List<String> databases) {
    Path into = restore.destination().into();
    boolean isRecovered = restore.destination().recovery() == BackupCommand.Recovery.RUN;
    RestorePlan plan = recovered.plan();
    return new BackupAnswer.Restored(
        plan.id(),
        into,
        plan.timeline(),
        plan.reaches(),
        isRecovered,
        fetch,
        replay,
        databases,
        isRecovered
            ? "undercroft up --data " + into
            : "start PostgreSQL "
                + plan.backup().start().majorVersion()
                + " on "
                + recovered.data()
                + "; it replays the log and then accepts writes");
  }

  /** The folder in which a server lives, or lived, is never a target. */
  private void refuseLiving(Path into) {
    if (into.equals(site.state().toAbsolutePath().normalize())) {
      throw Problem.of(
              "BACKUP_TARGET_LIVING",
              ProblemKind.CONFLICT,
              into + " is the folder of the present data")
          .withRemedy("Name another folder; `undercroft up --data FOLDER` then serves from there.")
          .exception();
    }
  }

  private static void requireSpace(EmbeddedHome home, RestorePlan plan) {
    long free = home.freeBytes();
    if (free < plan.backup().bytes()) {
      throw Problem.of(
              "BACKUP_NO_SPACE",
              ProblemKind.EXHAUSTED,
              "the files of backup "
                  + plan.id()
                  + " have "
                  + plan.backup().bytes()
                  + " bytes, and there are "
                  + free
                  + " free at "
                  + home.data())
          .withRemedy("Make room, or name a folder on another disk.")
          .exception();
    }
  }

  /** Programs of the backup's version: those of the settings, the built-in ones, or Debian's. */
  EmbeddedSettings settings(Path home, RestorePlan plan) {
    EmbeddedSettings settings = EmbeddedSettings.in(home);
    Optional<Path> cache = site.settings().findPath(DatabaseSettings.CACHE);
    settings = cache.isPresent() ? settings.withCache(cache.get()) : settings;
    Optional<Path> binaries = site.settings().findPath(DatabaseSettings.BINARIES);
    if (binaries.isPresent()) {
      return settings.withBinaries(binaries.get());
    }
    int major = plan.backup().start().majorVersion();
    Path debian = Path.of("/usr/lib/postgresql/" + major);
    boolean isBuiltIn = ServerBinaries.bundled(settings.cache()).major() == major;
    return !isBuiltIn && Files.isDirectory(debian) ? settings.withBinaries(debian) : settings;
  }
}
