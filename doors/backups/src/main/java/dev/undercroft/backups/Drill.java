package dev.undercroft.backups;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupState;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.safekeeping.ReachableWindow;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rehearses a restore: draws a moment that is said to be reachable, restores it into a scratch
 * server, looks at everything there, and measures. Nothing of the scratch server stays. One thread
 * at a time.
 */
final class Drill {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Clusters clusters;
  private final Site site;
  private final BackupPlace place;
  private final InstantSource clock;

  Drill(Clusters clusters, Site site, BackupPlace place, InstantSource clock) {
    this.clusters = clusters;
    this.site = site;
    this.place = place;
    this.clock = clock;
  }

  /** A moment and the way there. */
  private record Drawn(Instant moment, RestorePlan plan) {}

  BackupAnswer.Drilled run(BackupCommand.Drill drill, Progress progress) throws IOException {
    Instant begun = clock.instant();
    BackupCatalog catalog = new BackupCatalog(place.repository());
    Optional<Duration> loss = new Overview(place, clock).loss(catalog.list());
    Drawn drawn = draw(catalog, RandomGenerator.of("L64X128MixRandom"));
    ClusterRestore restore = new ClusterRestore(clusters, site, place, clock);
    EmbeddedHome home = restore.scratch(drawn.plan());
    try {
      Tablespaces tablespaces = Tablespaces.below(home.beside("tablespaces"));
      RecoveredCluster scratch = new RecoveredCluster(place, drawn.plan(), home, tablespaces);
      Duration fetch = scratch.fetch(site, progress);
      try (RecoveredCluster.Running server =
          scratch.start(clusters.remote(drill.scope()), progress)) {
        long first = System.nanoTime();
        List<String> databases = server.databases();
        Duration firstQuery = Duration.ofNanos(System.nanoTime() - first);
        List<BackupAnswer.Check> checks =
            new DrillChecks(site, server.address()).all(databases, progress);
        return report(drawn, new Times(fetch, server.replay(), firstQuery, begun), checks, loss);
      }
    } finally {
      home.delete();
    }
  }

  /** How long each part took. */
  private record Times(Duration fetch, Duration replay, Duration firstQuery, Instant begun) {
    Duration all() {
      return fetch.plus(replay).plus(firstQuery);
    }
  }

  private Drawn draw(BackupCatalog catalog, RandomGenerator random) throws IOException {
    String newest = ClusterBackups.find(catalog, "latest").id();
    RestorePlanner planner = new RestorePlanner(place.repository());
    Instant earliest = catalog.require(newest).stoppedAt();
    Instant latest =
        planner.windows().stream()
            .map(ReachableWindow::until)
            .max(Instant::compareTo)
            .filter(earliest::isBefore)
            .orElse(earliest);
    long millis = Duration.between(earliest, latest).toMillis();
    if (millis < 1) {
      return new Drawn(
          earliest,
          planner.plan(
              new RestoreWish(
                  Optional.of(newest), new RecoveryTarget.Latest(), OptionalInt.empty())));
    }
    Instant moment = earliest.plusMillis(random.nextLong(millis) + 1);
    return new Drawn(
        moment,
        planner.plan(
            new RestoreWish(
                Optional.of(newest), new RecoveryTarget.AtTime(moment), OptionalInt.empty())));
  }

  private BackupAnswer.Drilled report(
      Drawn drawn, Times times, List<BackupAnswer.Check> checks, Optional<Duration> loss)
      throws IOException {
    Duration mostTime = site.settings().get(BackupSettings.OBJECTIVE_RTO);
    Duration mostLoss = site.settings().get(BackupSettings.OBJECTIVE_RPO);
    boolean sound = checks.stream().allMatch(BackupAnswer.Check::passed);
    boolean inTime = times.all().compareTo(mostTime) <= 0;
    boolean littleLoss = loss.filter(one -> one.compareTo(mostLoss) <= 0).isPresent();
    BackupAnswer.Drilled drilled =
        new BackupAnswer.Drilled(
            drawn.plan().id(),
            drawn.moment(),
            drawn.plan().reaches(),
            sound && inTime && littleLoss,
            checks,
            times.fetch(),
            times.replay(),
            times.firstQuery(),
            times.all(),
            loss,
            mostTime,
            mostLoss,
            times.begun());
    if (sound) {
      new BackupCatalog(place.repository())
          .prove(drawn.plan().id(), BackupState.DRILLED, clock.instant());
    }
    place
        .repository()
        .putNote(
            BlobName.of("backups/" + drawn.plan().id() + "/drill"),
            JSON.writeValueAsBytes(drilled),
            BlobStore.Overwrite.REPLACE);
    return drilled;
  }
}
