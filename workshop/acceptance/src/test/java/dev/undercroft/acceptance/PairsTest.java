package dev.undercroft.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * Each pair below {@code pairs/}, there and back: the plan is applied to a database with rows, and
 * then its catalog is the wanted one, pg_dump agrees, a second plan is empty, rows are kept, and
 * files of what nobody speaks of are the same.
 */
@DatabaseTest
class PairsTest {

  private static final int SHORT = 25;

  @EachServer
  void some_pairs_of_schemas_are_reached_from_one_another(PostgresDatabase database) {
    assertThat(wrong(database, SHORT, false)).isEmpty();
  }

  @EachServer
  @Tag("long")
  void all_pairs_of_schemas_are_reached_from_one_another(PostgresDatabase database) {
    assertThat(wrong(database, 1, false)).isEmpty();
  }

  @EachServer
  @Tag("long")
  void all_pairs_of_schemas_are_reached_from_one_another_online(PostgresDatabase database) {
    assertThat(wrong(database, 1, true)).isEmpty();
  }

  /** Every n-th pair; each line names the pair and what is wrong with it. */
  private static List<String> wrong(PostgresDatabase database, int each, boolean online) {
    int major = database.server().version().major();
    Check.Witness witness = major == 15 ? new Dumps() : Check.Witness.NONE;
    Check check = new Check(Servers.beside(database), witness, online);
    List<Pair> pairs =
        Pair.below(Path.of("pairs")).stream().filter(pair -> pair.since() <= major).toList();
    assertThat(pairs).isNotEmpty();
    List<String> wrong = new ArrayList<>();
    for (int index = 0; index < pairs.size(); index += each) {
      wrong.addAll(check.run(pairs.get(index)));
    }
    return wrong;
  }
}
