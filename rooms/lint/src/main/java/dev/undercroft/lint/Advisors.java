package dev.undercroft.lint;

import dev.undercroft.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges what a database contains, as a whole. Stateless, thread-safe. */
public final class Advisors {

  private static final List<Advisor> ALL =
      List.of(new KeyAdvisor(), new IndexAdvisor(), new PolicyAdvisor(), new ReachAdvisor());

  private Advisors() {}

  /** What is found, by object. */
  public static List<Finding> judge(Catalog catalog) {
    Advice advice = new Advice(catalog, new ArrayList<>());
    ALL.forEach(advisor -> advisor.judge(advice));
    return advice.findings().stream()
        .sorted(Comparator.comparing(finding -> finding.place().file()))
        .toList();
  }
}
