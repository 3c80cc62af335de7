package dev.undercroft.acceptance;

import dev.undercroft.pgcatalog.PostgresScratchServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;

/**
 * Runs the pairs against a server that is running already: {@code Quick URL-PREFIX VERSION FOLDER
 * [FILTER] [online]}. For work on the planner; the build runs {@link PairsTest}.
 */
final class Quick {

  private Quick() {}

  public static void main(String[] arguments) throws Exception {
    String prefix = arguments[0];
    int version = Integer.parseInt(arguments[1]);
    String filter = arguments.length > 3 ? arguments[3] : "";
    boolean online = arguments.length > 4;
    PostgresScratchServer server =
        new PostgresScratchServer(name ->
            DriverManager.getConnection(
                prefix + (name.isEmpty() ? "postgres" : name), "postgres", ""));
    Check check =
        new Check(server, version == 15 ? Dumps::differences : (a, b) -> List.of(), online);
    int good = 0;
    int bad = 0;
    for (Pair pair : Pair.below(Path.of(arguments[2]))) {
      if (!pair.name().contains(filter) || pair.since() > version) {
        continue;
      }
      for (Pair way : List.of(pair, pair.reversed())) {
        List<String> wrong = check.run(way);
        if (wrong.isEmpty()) {
          good++;
        } else {
          bad++;
          System.out.println("==== " + way.name());
          wrong.forEach(System.out::println);
        }
      }
    }
    System.out.println(good + " good, " + bad + " bad");
  }
}
