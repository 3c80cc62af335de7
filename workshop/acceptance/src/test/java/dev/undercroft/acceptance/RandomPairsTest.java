package dev.undercroft.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/**
 * Random pairs of schemas with rows, there and back: the plan leads to the wanted catalog, a second
 * plan is empty, rows are kept. The seed of each pair stands in what is reported.
 */
@DatabaseTest
class RandomPairsTest {

  private static final int FEW = 10;
  private static final int MANY = 1000;

  @EachServer
  void random_schemas_are_reached_from_one_another(PostgresDatabase database) {
    assertThat(wrong(database, FEW)).isEmpty();
  }

  @EachServer
  @Tag("long")
  void a_thousand_random_pairs_are_reached_from_one_another(PostgresDatabase database) {
    assertThat(wrong(database, MANY)).isEmpty();
  }

  private static List<String> wrong(PostgresDatabase database, int pairs) {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("random pairs from undercroft.seed=" + seed + " on");
    Check check = new Check(Servers.beside(database), Check.Witness.NONE, false);
    List<String> wrong = new ArrayList<>();
    for (long now = seed; now < seed + pairs; now++) {
      wrong.addAll(check.run(Pair.random(now)));
    }
    return wrong;
  }
}
