package dev.undercroft.sqliteschema;

import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.schema.Scope;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;

/** A process that makes a file what another says, step by step, each on a word: to be killed. */
final class Applier {

  private Applier() {}

  public static void main(String[] words) throws Exception {
    SqliteSchemas engine = new SqliteSchemas();
    SqlSource source = new SqlSource("wanted", Files.readString(Path.of(words[1])));
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + words[0]);
        Connection memory = Memory.open()) {
      engine.load(memory, List.of(source));
      Catalog wanted = engine.introspector().read(memory, Scope.ALL);
      Catalog now = engine.introspector().read(database, Scope.ALL);
      Plan plan = engine.planning().plan(now, wanted, new PlanOptions(false, ""));
      Progress progress =
          (what, done, all) -> {
            System.out.println(done + " of " + all);
            System.out.flush();
            waitForWord();
          };
      engine.run(database, plan, Patience.USUAL, progress);
    }
  }

  private static void waitForWord() {
    try {
      int _ = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
