package dev.undercroft.sqliteschema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each pair below {@code pairs/}, there and back: the plan is applied to a database with rows, and
 * then its catalog is the wanted one, SQLite's own pragmas agree, a second plan is empty, and rows
 * are kept.
 */
class PairsTest {

  private static final int AT_LEAST = 100;

  @Test
  void all_pairs_of_schemas_are_reached_from_one_another() {
    List<Pair> pairs = Pair.below(Path.of("src/test/pairs"));
    Check check = new Check();
    assertThat(pairs).hasSizeGreaterThan(AT_LEAST);
    assertThat(pairs.stream().flatMap(pair -> check.run(pair).stream())).isEmpty();
  }
}
