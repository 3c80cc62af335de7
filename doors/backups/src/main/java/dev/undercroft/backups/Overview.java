package dev.undercroft.backups;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupState;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a repository holds, and how much would be lost. One thread at a time. */
final class Overview {

  private static final Duration STALE = Duration.ofHours(24);

  private final BackupPlace place;
  private final InstantSource clock;
  private final BackupCatalog catalog;

  Overview(BackupPlace place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
    this.catalog = new BackupCatalog(place.repository());
  }

  BackupAnswer.Listing listing() throws IOException {
    BackupCatalog.Contents contents = catalog.contents();
    List<BackupSummary> backups = contents.backups();
    return new BackupAnswer.Listing(
        place.shown(),
        place.repository().encrypted(),
        backups.stream().map(BackupTexts::line).toList(),
        contents.problems(),
        new RestorePlanner(place.repository()).windows().stream().map(BackupTexts::window).toList(),
        loss(backups));
  }

  /** Of a place where there is no repository yet. */
  static BackupAnswer.Listing emptyListing(Settings settings) {
    return new BackupAnswer.Listing(
        BackupPlace.where(settings),
        BackupPlace.keys(settings) != null,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  static BackupAnswer.Health emptyHealth() {
    return new BackupAnswer.Health(
        BackupAnswer.Condition.NO_BACKUPS,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The age of the last moment up to which everything is stored. */
  Optional<Duration> loss(List<BackupSummary> newestFirst) throws IOException {
    Optional<BackupSummary> newest =
        newestFirst.stream().filter(BackupSummary::isRestorable).findFirst();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Instant stopped = newest.get().stoppedAt();
    Instant until =
        WalArchive.of(place.repository(), newest.get().start())
            .mark()
            .map(WalArchive.Mark::at)
            .filter(at -> at.isAfter(stopped))
            .orElse(stopped);
    Duration loss = Duration.between(until, clock.instant());
    return Optional.of(loss.isNegative() ? Duration.ZERO : loss);
  }

  BackupAnswer.Health health() throws IOException {
    BackupCatalog.Contents contents = catalog.contents();
    List<BackupSummary> all = contents.backups();
    List<BackupSummary> good = all.stream().filter(BackupSummary::isProven).toList();
    Optional<BackupSummary> last = good.stream().findFirst();
    BackupAnswer.Condition condition =
        last.map(one ->
                one.stoppedAt().isBefore(clock.instant().minus(STALE))
                    ? BackupAnswer.Condition.STALE
                    : BackupAnswer.Condition.HEALTHY)
            .orElse(BackupAnswer.Condition.NO_BACKUPS);
    Optional<Instant> drilled =
        all.stream()
            .filter(one -> one.state() == BackupState.DRILLED)
            .flatMap(one -> one.provenAt().stream())
            .max(Instant::compareTo);
    return new BackupAnswer.Health(
        condition,
        last.map(BackupTexts::line),
        good.size(),
        loss(all),
        drilled,
        contents.problems());
  }
}
