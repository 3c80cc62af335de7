package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which hazards a person has allowed. Stateless. */
public final class Permission {

  private static final int SHOWN = 10;

  private Permission() {}

  /**
   * Reads a list of hazards.
   *
   * @param words hazards with commas between them, or {@code all}; empty text allows none
   * @throws ProblemException naming every word that is no hazard
   */
  public static Set<Hazard> read(String words) {
    Set<Hazard> allowed = EnumSet.noneOf(Hazard.class);
    List<Problem> problems = new ArrayList<>();
    for (String word : words.split("[,\\s]+", -1)) {
      if (word.equals("all")) {
        return EnumSet.allOf(Hazard.class);
      }
      Arrays.stream(Hazard.values())
          .filter(hazard -> hazard.word().equals(word))
          .forEach(allowed::add);
      if (!word.isEmpty() && allowed.stream().noneMatch(hazard -> hazard.word().equals(word))) {
        problems.add(
            Problem.of("EVOLVE_NO_HAZARD", ProblemKind.USAGE, "--allow: there is no hazard " + word)
                .withRemedy(
                    "Hazards are "
                        + Arrays.stream(Hazard.values())
                            .map(Hazard::word)
                            .collect(Collectors.joining(", "))
                        + "; all allows every one."));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return allowed;
  }

  /** One problem for each hazard of the plan that is not allowed; empty when all are. */
  public static List<Problem> missing(Plan plan, Set<Hazard> allowed) {
    Map<Hazard, List<String>> sentences = new LinkedHashMap<>();
    for (Warning warning : plan.notAllowed(allowed)) {
      sentences.computeIfAbsent(warning.hazard(), any -> new ArrayList<>()).add(warning.told());
    }
    List<Problem> problems = new ArrayList<>();
    sentences.forEach((hazard, told) -> problems.add(problem(hazard, told)));
    return problems;
  }

  static void demand(Plan plan, Set<Hazard> allowed) {
    List<Problem> missing = missing(plan, allowed);
    if (!missing.isEmpty()) {
      throw new ProblemException(missing);
    }
  }

  private static Problem problem(Hazard hazard, List<String> told) {
    List<String> shown = told.stream().distinct().limit(SHOWN).toList();
    long more = told.stream().distinct().count() - shown.size();
    return Problem.of(
            "EVOLVE_NOT_ALLOWED",
            ProblemKind.NEGATIVE,
            "the plan is not carried out: " + hazard.word())
        .withDetail(String.join("\n", shown) + (more > 0 ? "\n… and " + more + " more" : ""))
        .withRemedy("If that is meant, add --allow " + hazard.word() + " (or --allow all).")
        .with("hazard", hazard.word());
  }
}
