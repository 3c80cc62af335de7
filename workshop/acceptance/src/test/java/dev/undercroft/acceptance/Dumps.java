package dev.undercroft.acceptance;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code pg_dump} of version 15 says about databases on a server of version 15. */
final class Dumps implements Check.Witness {

  /** The lines of a dump, sorted; the order of columns and of lists does not count. */
  @Override
  public List<String> statement(Connection database) throws Exception {
    return dump(database);
  }

  /** The lines that only one of the two has. */
  @Override
  public List<String> differences(List<String> live, List<String> wanted) {
    List<String> different = new ArrayList<>();
    Set<String> first = new HashSet<>(live);
    Set<String> second = new HashSet<>(wanted);
    live.stream().filter(l -> !second.contains(l)).forEach(l -> different.add("dump + " + l));
    wanted.stream().filter(l -> !first.contains(l)).forEach(l -> different.add("dump - " + l));
    return different;
  }

  private static List<String> dump(Connection connection) throws Exception {
    String url = connection.getMetaData().getURL().replace("jdbc:", "").replaceFirst("\\?.*", "");
    ProcessBuilder builder =
        new ProcessBuilder(
                "pg_dump", "-s", "-U", connection.getMetaData().getUserName(), "--dbname", url)
            .redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", Servers.password());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      return List.of("pg_dump failed: " + text);
    }
    return text.lines()
        .filter(l -> !l.isBlank() && !l.startsWith("--") && !l.startsWith("\\"))
        .map(l -> l.strip().replaceFirst(",$", ""))
        .map(Dumps::unordered)
        .sorted()
        .toList();
  }

  private static String unordered(String line) {
    return line.startsWith("CREATE STATISTICS ")
        ? Arrays.stream(line.split("[ ,;]+", -1)).sorted().collect(Collectors.joining(" "))
        : line;
  }
}
