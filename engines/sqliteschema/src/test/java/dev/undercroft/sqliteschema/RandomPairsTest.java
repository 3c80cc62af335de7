package dev.undercroft.sqliteschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sql.SqlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random pairs of schemas with rows, there and back: the plan leads to the wanted catalog, a second
 * plan is empty, rows are kept. The seed of each pair stands in what is reported.
 */
class RandomPairsTest {

  private static final int FEW = 25;
  private static final int MANY = 2000;

  @Test
  void random_schemas_are_reached_from_one_another() {
    assertThat(wrong(FEW)).isEmpty();
  }

  @Test
  @Tag("long")
  void two_thousand_random_pairs_are_reached_from_one_another() {
    assertThat(wrong(MANY)).isEmpty();
  }

  private static List<String> wrong(int pairs) {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("random pairs from undercroft.seed=" + seed + " on");
    Check check = new Check();
    List<String> wrong = new ArrayList<>();
    for (long now = seed; now < seed + pairs; now++) {
      wrong.addAll(check.run(pair(now)));
    }
    return wrong;
  }

  static Pair pair(long seed) {
    RandomSchema schema = new RandomSchema(new Random(seed));
    return new Pair(
        "undercroft.seed=" + seed,
        new SqlSource("before.sql", schema.draw()),
        new SqlSource("after.sql", schema.draw()),
        "",
        "");
  }
}
