package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Text search configurations and their mappings. Stateless. */
final class TextSearchConfigurationDdl implements Ddl {

  @Override
  public List<Step> create(
      CatalogObject configuration, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.of(
            configuration.id(),
            "CREATE %s (PARSER = %s)"
                .formatted(Phrases.of(configuration), configuration.get(Attribute.DEFINITION))));
    mappings(configuration)
        .forEach((token, dictionaries) ->
            steps.add(
                alter(configuration, "ADD MAPPING FOR %s WITH %s".formatted(token, dictionaries))));
    return steps;
  }

  private static Map<String, String> mappings(CatalogObject configuration) {
    return configuration.lines(Attribute.MAPPING).stream()
        .map(line -> line.split("\t", -1))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
  }

  private static Step alter(CatalogObject configuration, String clause) {
    return Step.of(configuration.id(), "ALTER %s %s".formatted(Phrases.of(configuration), clause));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.DEFINITION);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    Map<String, String> old = mappings(change.before());
    Map<String, String> now = mappings(after);
    List<Step> steps = new ArrayList<>();
    old.keySet().stream()
        .filter(token -> !now.containsKey(token))
        .forEach(token -> steps.add(alter(after, "DROP MAPPING FOR " + token)));
    now.forEach((token, dictionaries) -> {
      if (!dictionaries.equals(old.get(token))) {
        String verb = old.containsKey(token) ? "ALTER" : "ADD";
        steps.add(alter(after, "%s MAPPING FOR %s WITH %s".formatted(verb, token, dictionaries)));
      }
    });
    return steps;
  }
}
