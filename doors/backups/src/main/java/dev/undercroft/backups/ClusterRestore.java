package dev.undercroft.backups;

import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.ServerBinaries;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.Scope;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.settings.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Restores a whole cluster into a folder of its own. One thread at a time. */
final class ClusterRestore {

  private static final String LATEST = "latest";
  private static final Duration STOPPING = Duration.ofSeconds(60);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Clusters clusters;
  private final Site site;
  private final BackupPlace place;
  private final InstantSource clock;

  ClusterRestore(Clusters clusters, Site site, BackupPlace place, InstantSource clock) {
    this.clock = clock;
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
    if (destination.into().isEmpty()) {
      requireDown(restore.scope());
    } else {
      refuseLiving(destination.into().get());
    }
    EmbeddedHome home = home(destination, plan);
    RecoveredCluster recovered =
        new RecoveredCluster(place, plan, home, Tablespaces.moved(destination.tablespaces()));
    boolean stays = false;
    Done done;
    try {
      Duration fetch = recovered.fetch(site, progress);
      // A restored folder that fails its checks stays for a look; one that is not whole is no use.
      stays = destination.into().isPresent();
      done =
          destination.recovery() == BackupCommand.Recovery.PREPARE
              ? new Done(destination, fetch, Duration.ZERO, List.of(), plan.unread())
              : checked(restore, recovered, fetch, progress);
      stays = true;
    } finally {
      if (!stays) {
        home.delete();
      }
    }
    return answer(recovered, home, done);
  }

  private Done checked(
      BackupCommand.Restore restore, RecoveredCluster recovered, Duration fetch, Progress progress)
      throws IOException {
    try (RecoveredCluster.Running server =
        recovered.start(clusters.remote(restore.scope()), progress)) {
      List<String> databases = server.databases();
      DrillChecks looks = new DrillChecks(site, server.address());
      List<Problem> warnings = new ArrayList<>(recovered.plan().unread());
      warnings.addAll(looks.afterRestore(databases));
      List<BackupAnswer.Check> checks = looks.assertions(databases);
      server.stopClean();
      requirePassed(checks, restore.destination().into());
      return new Done(restore.destination(), fetch, server.replay(), databases, warnings);
    }
  }

  private EmbeddedHome home(BackupCommand.Destination destination, RestorePlan plan)
      throws IOException {
    if (destination.into().isEmpty()) {
      return scratch(plan);
    }
    EmbeddedHome home =
        EmbeddedHome.inEmpty(programs(EmbeddedSettings.in(destination.into().get()), plan));
    requireSpace(home, plan);
    return home;
  }

  /** The present data make room only when nobody uses them. */
  private void requireDown(Scope scope) {
    if (clusters.remote(scope).isPresent()) {
      throw Problem.of(
              "BACKUP_NOT_IN_PLACE",
              ProblemKind.CONFLICT,
              "the server of DATABASE_URL is not ours: its data cannot make room")
          .withRemedy(
              "Restore with --into FOLDER --prepare, and start its PostgreSQL on that folder.")
          .exception();
    }
    EmbeddedServer.stopLeft(EmbeddedSettings.in(site.state()), STOPPING);
  }

  /** What the projects assert of their data holds, or nobody is told to serve from there. */
  private static void requirePassed(List<BackupAnswer.Check> checks, Optional<Path> into) {
    List<Problem> failed =
        checks.stream()
            .filter(check -> !check.passed())
            .map(check ->
                Problem.of(
                        "BACKUP_CHECK_FAILED",
                        ProblemKind.CONFLICT,
                        "the restored data fail the check " + check.name() + ": " + check.found())
                    .withRemedy(
                        "The present data are as before. "
                            + into.map(folder -> "Look with `undercroft up --data " + folder + "`,")
                                .orElse("Restore with --into FOLDER for a look,")
                            + " or restore an earlier moment."))
            .toList();
    if (!failed.isEmpty()) {
      throw new ProblemException(failed);
    }
  }

  /** What was done. */
  private record Done(
      BackupCommand.Destination destination,
      Duration fetch,
      Duration replay,
      List<String> databases,
      List<Problem> warnings) {}

  private BackupAnswer.Restored answer(RecoveredCluster recovered, EmbeddedHome home, Done done) {
    RestorePlan plan = recovered.plan();
    boolean isRecovered = done.destination().recovery() == BackupCommand.Recovery.RUN;
    Optional<Path> before =
        done.destination().into().isPresent()
            ? Optional.empty()
            : home.takePlaceOf(EmbeddedSettings.in(site.state()), STAMP.format(clock.instant()));
    Path into = done.destination().into().orElse(site.state());
    return new BackupAnswer.Restored(
        plan.id(),
        into,
        before,
        plan.timeline(),
        plan.reaches(),
        isRecovered,
        done.fetch(),
        done.replay(),
        done.databases(),
        done.warnings(),
        next(done.destination(), recovered));
  }

  private static String next(BackupCommand.Destination destination, RecoveredCluster recovered) {
    if (destination.into().isEmpty()) {
      return "undercroft up";
    }
    return destination.recovery() == BackupCommand.Recovery.RUN
        ? "undercroft up --data " + destination.into().get()
        : "start PostgreSQL "
            + recovered.plan().backup().start().majorVersion()
            + " on "
            + recovered.data()
            + "; it replays the log and then accepts writes";
  }

  /** The folder in which a server lives, or lived, is never a target. */
  private void refuseLiving(Path into) {
    if (into.equals(site.state().toAbsolutePath().normalize())) {
      throw Problem.of(
              "BACKUP_TARGET_LIVING",
              ProblemKind.CONFLICT,
              into + " is the folder of the present data")
          .withRemedy(
              "Name another folder, from which `undercroft up --data FOLDER` then serves; or use"
                  + " --in-place, which keeps the present data beside.")
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

  /** A home for a server that lives only while this verb works. */
  EmbeddedHome scratch(RestorePlan plan) throws IOException {
    EmbeddedHome home =
        new ScratchHomes(site.state(), settings -> programs(settings, plan)).fresh();
    requireSpace(home, plan);
    return home;
  }

  /** Programs of the backup's version: those of the settings, the built-in ones, or Debian's. */
  private EmbeddedSettings programs(EmbeddedSettings plain, RestorePlan plan) {
    Optional<Path> cache = site.settings().findPath(DatabaseSettings.CACHE);
    EmbeddedSettings settings = cache.isPresent() ? plain.withCache(cache.get()) : plain;
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
