package dev.undercroft.safety;

import dev.undercroft.base.Progress;
import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.platform.SafetyCommand;
import dev.undercroft.platform.SafetyVerbs;
import dev.undercroft.platform.Scope;
import dev.undercroft.safety.Places.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Carries out the verbs about safety. Thread-safe. */
public final class ProjectSafety implements SafetyVerbs {

  private final Places.Finder finder;
  private final InstantSource clock;

  /**
   * The verbs.
   *
   * @param finder reaches databases
   * @param clock says when something is sealed
   */
  public ProjectSafety(Places.Finder finder, InstantSource clock) {
    this.finder = finder;
    this.clock = clock;
  }

  @Override
  public SafetyAnswer run(SafetyCommand<?> command, Progress progress) {
    try (Places places = finder.open(command.scope())) {
      List<Place> all = places.all();
      return switch (command) {
        case SafetyCommand.VerifyIsolation verify ->
            new SafetyAnswer.Isolation(
                all.stream()
                    .map(place -> new IsolationVerb(place).verify(verify.proven(), progress))
                    .toList());
        case SafetyCommand.AuditSecurity audit ->
            new SafetyAnswer.Security(
                SecurityVerb.checks(), each(all, place -> new SecurityVerb(place).audit()));
        case SafetyCommand.SealAudit seal ->
            new SafetyAnswer.AuditSealed(
                each(all, place -> new AuditVerb(place, clock).seal(seal.roots())));
        case SafetyCommand.VerifyAudit verify ->
            new SafetyAnswer.AuditChecked(
                each(all, place -> new AuditVerb(place, clock).verify(verify.roots())));
        case SafetyCommand.ArchiveAudit archive ->
            new SafetyAnswer.AuditArchived(
                each(all, place -> new AuditVerb(place, clock).archive(archive)));
        case SafetyCommand.SearchAudit search -> new SafetyAnswer.AuditFound(found(all, search));
      };
    }
  }

  /**
   * Seals what is open, as work in the background does.
   *
   * @return how many entries were sealed, by log
   */
  public Map<String, Integer> seal(Scope scope) {
    Map<String, Integer> sealed = new TreeMap<>();
    try (Places places = finder.open(scope)) {
      for (Place place : places.all()) {
        new AuditVerb(place, clock)
            .seal(Optional.empty())
            .forEach(log -> sealed.put(log.project() + "." + log.table(), (int) log.sealedNow()));
      }
    }
    return sealed;
  }

  private List<SafetyAnswer.Entry> found(List<Place> all, SafetyCommand.SearchAudit search) {
    return all.stream()
        .flatMap(place -> new AuditVerb(place, clock).search(search.text(), search.most()).stream())
        .sorted(
            Comparator.comparing((SafetyAnswer.Entry entry) -> entry.at().orElse(Instant.EPOCH))
                .reversed())
        .limit(search.most())
        .toList();
  }

  private static <T> List<T> each(List<Place> places, Function<Place, List<T>> work) {
    return places.stream().map(work).flatMap(List::stream).distinct().toList();
  }
}
