package dev.undercroft.backups;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.BackupState;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Retention;
import dev.undercroft.backup.Verification;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupVerbs;
import dev.undercroft.platform.Scope;
import dev.undercroft.safekeeping.Pruning;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.RetentionSettings;
import dev.undercroft.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries out the verbs about backups. Thread-safe. */
public final class ClusterBackups implements BackupVerbs {

  private static final String LATEST = "latest";

  private final Clusters clusters;
  private final InstantSource clock;

  /**
   * The verbs.
   *
   * @param clusters finds servers and settings
   * @param clock says when
   */
  public ClusterBackups(Clusters clusters, InstantSource clock) {
    this.clusters = clusters;
    this.clock = clock;
  }

  /** A verb on an open repository. */
  private interface Work {
    BackupAnswer on(Site site, BackupPlace place) throws IOException;
  }

  @Override
  public BackupAnswer run(BackupCommand<?> command, Progress progress) {
    return switch (command) {
      case BackupCommand.Create create -> create(create, progress);
      case BackupCommand.Listing listing -> listing(listing.scope());
      case BackupCommand.Show show -> with(show.scope(), (site, place) -> show(place, show.id()));
      case BackupCommand.Verify verify ->
          with(verify.scope(), (site, place) -> verify(place, verify.id(), progress));
      case BackupCommand.Delete delete ->
          with(delete.scope(), (site, place) -> delete(place, delete));
      case BackupCommand.Prune prune ->
          with(prune.scope(), (site, place) -> prune(place, prune.action(), site.settings()));
      case BackupCommand.Health health -> health(health.scope());
      case BackupCommand.Restore restore ->
          with(
              restore.scope(),
              (site, place) ->
                  new ClusterRestore(clusters, site, place, clock).restore(restore, progress));
      case BackupCommand.RestoreTable table ->
          with(
              table.scope(),
              (site, place) -> new TableRestore(clusters, site, place, clock).run(table, progress));
      case BackupCommand.Pin pin -> with(pin.scope(), (site, place) -> pin(place, pin));
      case BackupCommand.Dump dump -> dump(dump, progress);
      case BackupCommand.RestoreDump dump -> restoreDump(dump, progress);
      case BackupCommand.Drill drill ->
          with(
              drill.scope(),
              (site, place) -> new Drill(clusters, site, place, clock).run(drill, progress));
    };
  }

  private BackupAnswer with(Scope scope, Work work) {
    Site site = clusters.site(scope);
    return at(BackupPlace.existing(site.settings()), site, work);
  }

  private static BackupAnswer at(BackupPlace opened, Site site, Work work) {
    try (BackupPlace place = opened) {
      try {
        return work.on(site, place);
      } catch (IOException e) {
        throw BackupPlace.unusable(place.shown(), e);
      }
    }
  }

  /** Where nothing was stored yet nothing is made by looking. */
  private BackupAnswer listing(Scope scope) {
    Site site = clusters.site(scope);
    return BackupPlace.find(site.settings())
        .map(found -> at(found, site, (one, place) -> new Overview(place, clock).listing()))
        .orElseGet(() -> Overview.emptyListing(site.settings()));
  }

  private BackupAnswer health(Scope scope) {
    Site site = clusters.site(scope);
    return BackupPlace.find(site.settings())
        .map(found -> at(found, site, (one, place) -> new Overview(place, clock).health()))
        .orElseGet(Overview::emptyHealth);
  }

  /** Dumps need no repository. */
  private BackupAnswer dump(BackupCommand.Dump dump, Progress progress) {
    Site site = clusters.site(dump.scope());
    try {
      return new DatabaseDumps(clusters, site, clock).run(dump, progress);
    } catch (IOException e) {
      throw BackupPlace.unusable("of the dumps", e);
    }
  }

  private BackupAnswer restoreDump(BackupCommand.RestoreDump dump, Progress progress) {
    Site site = clusters.site(dump.scope());
    try {
      return new DumpRestore(clusters, site, clock).run(dump, progress);
    } catch (IOException e) {
      throw BackupPlace.unusable("of the dumps", e);
    }
  }

  private BackupAnswer.Made create(BackupCommand.Create create, Progress progress) {
    long begun = System.nanoTime();
    Site site = clusters.site(create.scope());
    return (BackupAnswer.Made)
        at(
            BackupPlace.of(site.settings()),
            site,
            (one, place) -> {
              try (Cluster cluster = clusters.open(create.scope())) {
                BackupSummary made =
                    new OneBackup(site, place, cluster, clock).take(create, progress);
                return new BackupAnswer.Made(
                    BackupTexts.line(made),
                    place.shown(),
                    Duration.ofNanos(System.nanoTime() - begun));
              }
            });
  }

  private static BackupAnswer.Details show(BackupPlace place, String id) throws IOException {
    BackupCatalog catalog = new BackupCatalog(place.repository());
    BackupSummary backup = find(catalog, id);
    BackupHeader header = catalog.header(backup.id());
    return new BackupAnswer.Details(
        BackupTexts.line(backup),
        header.files(),
        header.packs().size(),
        header.start().position().toString(),
        header.stop().position().toString(),
        catalog.checksum(backup.id()),
        new Companion(place.repository(), backup.id()).tables(),
        header.corrupt());
  }

  static BackupSummary find(BackupCatalog catalog, String id) throws IOException {
    if (!id.equals(LATEST)) {
      return catalog.require(id);
    }
    BackupCatalog.Contents contents = catalog.contents();
    return contents.backups().stream()
        .filter(BackupSummary::isRestorable)
        .findFirst()
        .orElseThrow(() -> none(contents));
  }

  private static ProblemException none(BackupCatalog.Contents contents) {
    Problem none =
        Problem.of(
                "BACKUP_NONE",
                ProblemKind.NOT_FOUND,
                "the repository has no backup that can be restored")
            .withRemedy("Take one with `undercroft backup create`.");
    return new ProblemException(
        Stream.concat(Stream.of(none), contents.problems().stream()).toList());
  }

  private BackupAnswer.Checked verify(BackupPlace place, Optional<String> id, Progress progress)
      throws IOException {
    BackupCatalog catalog = new BackupCatalog(place.repository());
    List<String> checked = new ArrayList<>();
    Map<String, Problem> damage = new LinkedHashMap<>();
    Map<String, List<String>> neededBy = new HashMap<>();
    for (String backup : meant(catalog, id)) {
      List<Problem> findings = findings(place, backup, progress);
      if (findings.isEmpty() && catalog.completeIfLogIsStored(backup, clock.instant())) {
        catalog.prove(backup, BackupState.VERIFIED, clock.instant());
      }
      checked.add(backup);
      findings.forEach(
          each -> neededBy.computeIfAbsent(each.message(), key -> new ArrayList<>()).add(backup));
      findings.forEach(each -> damage.putIfAbsent(each.message(), each));
    }
    return new BackupAnswer.Checked(
        checked,
        damage.values().stream()
            .map(each -> of(each, neededBy.getOrDefault(each.message(), List.of())))
            .toList());
  }

  /** One damaged object may be needed by many backups. */
  private static Problem of(Problem damage, List<String> backups) {
    String all = String.join(", ", new LinkedHashSet<>(backups));
    return (damage.detail().isEmpty() ? damage.withDetail("Needed by " + all) : damage)
        .with("backup", all);
  }

  private static List<String> meant(BackupCatalog catalog, Optional<String> id) throws IOException {
    if (id.isPresent()) {
      return List.of(
          id.get().equals(LATEST) ? find(catalog, LATEST).id() : catalog.wholeId(id.get()));
    }
    BackupCatalog.Contents contents = catalog.contents();
    return Stream.concat(
            contents.backups().stream().map(BackupSummary::id),
            contents.damaged().stream().map(BackupCatalog.Damaged::id))
        .toList();
  }

  /** A manifest that cannot be read is a finding too. */
  private static List<Problem> findings(BackupPlace place, String id, Progress progress)
      throws IOException {
    try {
      return new Verification(place.repository()).verify(id, progress);
    } catch (ProblemException e) {
      return e.problems();
    }
  }

  private BackupAnswer.Pinned pin(BackupPlace place, BackupCommand.Pin pin) throws IOException {
    BackupCatalog catalog = new BackupCatalog(place.repository());
    String id = pin.id().equals(LATEST) ? find(catalog, LATEST).id() : catalog.wholeId(pin.id());
    if (pin.reason().isPresent()) {
      catalog.pin(id, new BackupCatalog.Pin(pin.reason().get(), clock.instant(), pin.until()));
    } else {
      catalog.unpin(id);
    }
    return new BackupAnswer.Pinned(id, pin.reason(), pin.until());
  }

  private BackupAnswer.Removed delete(BackupPlace place, BackupCommand.Delete delete)
      throws IOException {
    String id = new BackupCatalog(place.repository()).wholeId(delete.id());
    if (!delete.confirmed().equals(id)) {
      throw Problem.of(
              "BACKUP_NOT_CONFIRMED",
              ProblemKind.USAGE,
              "the whole id of the backup must be given once more to remove it")
          .withRemedy("Add --confirm=" + id + " if that is meant.")
          .exception();
    }
    Pruning.Outcome outcome = new Pruning(place.repository(), clock).remove(id, delete.forced());
    return removed(outcome, false);
  }

  private BackupAnswer.Removed prune(
      BackupPlace place, BackupCommand.Action action, Settings settings) throws IOException {
    Retention rules =
        new Retention(
            settings.get(BackupSettings.RETENTION_DAYS),
            settings.get(RetentionSettings.LAST),
            settings.get(RetentionSettings.DAILY),
            settings.get(RetentionSettings.WEEKLY),
            settings.get(RetentionSettings.MONTHLY),
            settings.get(RetentionSettings.YEARLY));
    Pruning pruning = new Pruning(place.repository(), clock);
    return switch (action) {
      case DRY_RUN -> removed(pruning.plan(rules), true);
      case RUN -> removed(pruning.prune(rules), false);
    };
  }

  private static BackupAnswer.Removed removed(Pruning.Outcome outcome, boolean dryRun) {
    return new BackupAnswer.Removed(
        dryRun,
        outcome.verdicts().stream().map(BackupTexts::verdict).toList(),
        outcome.garbage().blobs().size(),
        outcome.garbage().bytes());
  }
}
