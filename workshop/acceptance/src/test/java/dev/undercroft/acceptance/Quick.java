package dev.undercroft.acceptance;

import dev.undercroft.pgcatalog.PostgresScratchServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Runs the pairs against a server that is running already: {@code Quick URL-PREFIX VERSION FOLDER
 * [FILTER]}; with {@code -Donline=true}, {@code -Ddump=true} (pg_dump is asked too) and {@code
 * -Drecreated=true} (what was dropped and made again is told). For work on the planner; the build
 * runs {@link PairsTest}.
 */
final class Quick {

  private Quick() {}

  public static void main(String[] arguments) throws Exception {
    String prefix = arguments[0];
    int version = Integer.parseInt(arguments[1]);
    String filter = arguments.length > 3 ? arguments[3] : "";
    PostgresScratchServer server =
        new PostgresScratchServer(name ->
            DriverManager.getConnection(
                prefix + (name.isEmpty() ? "postgres" : name), "postgres", ""));
    Check check =
        new Check(
            server,
            Boolean.getBoolean("dump") ? new Dumps() : Check.Witness.NONE,
            Boolean.getBoolean("online"));
    int good = 0;
    int bad = 0;
    List<Pair> pairs =
        arguments[2].equals("random")
            ? LongStream.range(Long.getLong("seed", 1), Long.getLong("end", 100))
                .mapToObj(Pair::random)
                .toList()
            : Pair.below(Path.of(arguments[2]));
    for (Pair pair : pairs) {
      if (!pair.name().matches(".*(" + filter + ").*") || pair.since() > version) {
        continue;
      }
      List<String> wrong = check.run(pair);
      if (wrong.isEmpty()) {
        good++;
      } else {
        bad++;
        System.out.println("==== " + pair.name());
        wrong.forEach(System.out::println);
      }
    }
    System.out.println(good + " good, " + bad + " bad");
  }
}
