package dev.undercroft.cli;

import dev.undercroft.platform.SchemaApplied;
import dev.undercroft.platform.SchemaPlan;

/** How answers about schemas look. Stateless, thread-safe. */
final class SchemaWords {

  private SchemaWords() {}

  static String changes(SchemaPlan plan, Call call) {
    if (plan.equal()) {
      return "equal\n";
    }
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (SchemaPlan.Change change : plan.changes()) {
      String line = change.line();
      text.append(
              switch (change.change()) {
                case "added" -> style.good(line);
                case "removed" -> style.bad(line);
                default -> style.warning(line);
              })
          .append('\n');
    }
    renames(plan, text);
    return text.toString();
  }

  private static void renames(SchemaPlan plan, StringBuilder text) {
    if (!plan.possibleRenames().isEmpty()) {
      text.append("perhaps renamed (say so with --renames FILE, one line each):\n");
      plan.possibleRenames().forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  /** What a plan amounts to, for people. */
  static String summary(SchemaPlan plan, Call call) {
    if (plan.steps().isEmpty()) {
      return "nothing to do";
    }
    Style style = call.errorScreen().style();
    StringBuilder text = new StringBuilder();
    text.append(count(plan.steps().size()));
    if (!plan.proof().isEmpty()) {
      text.append(", ").append(plan.proof());
    }
    text.append('\n');
    for (SchemaPlan.Step step : plan.steps()) {
      for (SchemaPlan.Hazard hazard : step.hazards()) {
        text.append(style.warning(hazard.hazard())).append("  ");
        text.append(hazard.sentence()).append('\n');
      }
    }
    renames(plan, text);
    return text.toString().stripTrailing();
  }

  static String applied(SchemaApplied applied, Call call) {
    if (applied.plan().steps().isEmpty()) {
      return "nothing to do\n";
    }
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (SchemaPlan.Step step : applied.plan().steps()) {
      text.append(style.good("✓")).append(' ').append(step.sql().strip()).append('\n');
    }
    String proof = applied.plan().proof();
    return text.append(count(applied.done()))
        .append(" applied")
        .append(proof.isEmpty() ? "" : ", " + proof)
        .append(", read back and equal, ")
        .append(Units.time(applied.took()))
        .append('\n')
        .toString();
  }

  static String planApplied(SchemaApplied applied, Call call) {
    int all = applied.plan().steps().size();
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    applied
        .plan()
        .steps()
        .subList(all - Math.min(all, applied.done()), all)
        .forEach(step ->
            text.append(style.good("✓")).append(' ').append(step.sql().strip()).append('\n'));
    return text.append(count(applied.done()))
        .append(" applied")
        .append(applied.done() < all ? ", " + (all - applied.done()) + " were done before" : "")
        .append(", read back and as planned, ")
        .append(Units.time(applied.took()))
        .append('\n')
        .toString();
  }

  private static String count(int steps) {
    return steps == 1 ? "1 step" : steps + " steps";
  }
}
