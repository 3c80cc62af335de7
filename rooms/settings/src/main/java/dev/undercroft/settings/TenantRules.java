package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the section {@code [isolation]} of {@code undercroft.toml} says about a project's tenants.
 * Immutable.
 *
 * @param shared tables whose rows every tenant may read
 * @param actors the ordinary roles of tenants, each with the table whose key is the tenant's id
 * @param rows SQL expressions for columns, {@code table.column}, of the rows that are planted
 * @param accepted findings that are wanted, each with the reason
 */
public record TenantRules(
    List<String> shared,
    Map<String, String> actors,
    Map<String, String> rows,
    Map<String, String> accepted) {

  /** The name of the section. */
  static final String SECTION = "isolation";

  private static final Set<String> TABLES = Set.of("actors", "rows", "accepted");

  /** Copies. */
  public TenantRules {
    shared = List.copyOf(shared);
    actors = Map.copyOf(actors);
    rows = Map.copyOf(rows);
    accepted = Map.copyOf(accepted);
  }

  /** Whether a key of the file belongs here. */
  static boolean knows(List<String> key) {
    return switch (key.size()) {
      case 1 -> true;
      case 2 -> key.get(1).equals("shared") || TABLES.contains(key.get(1));
      case 3 -> TABLES.contains(key.get(1));
      default -> false;
    };
  }

  /**
   * Reads a project's section; without one nothing is declared.
   *
   * @throws dev.undercroft.base.ProblemException if the file cannot be read, or an acceptance gives
   *     no reason
   */
  public static TenantRules of(Project project) {
    Path file = project.folder().resolve(Project.FILE);
    TomlText toml = TomlText.read(file);
    List<String> shared = new ArrayList<>();
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    for (List<String> key : toml.paths()) {
      String text = toml.text(key);
      if (!key.getFirst().equals(SECTION) || text == null) {
        continue;
      }
      if (key.size() == 2 && key.get(1).equals("shared") && !text.isEmpty()) {
        shared.addAll(Arrays.asList(text.split(",", -1)));
      } else if (key.size() == 3) {
        tables.computeIfAbsent(key.get(1), any -> new LinkedHashMap<>()).put(key.get(2), text);
      }
    }
    Map<String, String> accepted = tables.getOrDefault("accepted", Map.of());
    accepted.forEach((finding, reason) -> {
      if (reason.isBlank()) {
        throw Problem.of(
                "SETTINGS_NO_REASON",
                ProblemKind.INPUT,
                "[isolation.accepted] in " + file + " accepts '" + finding + "' without a reason")
            .withRemedy("Write behind it why these rows may be seen.")
            .exception();
      }
    });
    return new TenantRules(
        shared,
        tables.getOrDefault("actors", Map.of()),
        tables.getOrDefault("rows", Map.of()),
        accepted);
  }
}
