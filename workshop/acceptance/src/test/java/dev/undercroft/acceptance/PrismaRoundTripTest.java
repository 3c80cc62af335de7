package dev.undercroft.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sql.SqlSource;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is written in Prisma's language and read back is the same database, but for what the writer
 * names as missing.
 */
@DatabaseTest
class PrismaRoundTripTest {

  private static final String CITEXT = "create extension if not exists citext";
  private static final int FEW = 8;
  private static final int MANY = 300;

  @Test
  void the_applications_come_back(@On(PostgresVersion.V15) PostgresDatabase database)
      throws IOException {
    PrismaCheck check = new PrismaCheck(Servers.beside(database));
    for (Path application : Applications.all()) {
      assertThat(check.run(Applications.sql(application))).as("%s", application).isEmpty();
    }
  }

  @EachServer
  void random_schemas_come_back(PostgresDatabase database) {
    assertThat(wrong(database, FEW)).isEmpty();
  }

  @EachServer
  @Tag("long")
  void hundreds_of_random_schemas_come_back(PostgresDatabase database) {
    assertThat(wrong(database, MANY)).isEmpty();
  }

  private static List<String> wrong(PostgresDatabase database, int schemas) {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("random schemas from undercroft.seed=" + seed + " on");
    PrismaCheck check = new PrismaCheck(Servers.beside(database));
    List<String> wrong = new ArrayList<>();
    for (long now = seed; now < seed + schemas && wrong.isEmpty(); now++) {
      wrong.addAll(check.run(List.of(Pair.random(now).before())));
    }
    return wrong;
  }

  @Test
  void what_prisma_makes_of_a_schema_is_written_as_the_same_schema(
      @On(PostgresVersion.V18) PostgresDatabase database) throws IOException {
    PrismaCheck check = new PrismaCheck(Servers.beside(database));
    Path golden = Applications.root().resolve("rooms/prisma/src/test/golden");
    try (Stream<Path> files = Files.list(golden)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".sql")).sorted().toList()) {
        if (!file.endsWith("indexes.sql")) {
          SqlSource sql = new SqlSource(file.toString(), Files.readString(file));
          assertThat(check.run(List.of(new SqlSource("needed", CITEXT), sql)))
              .as("%s", file)
              .isEmpty();
        }
      }
    }
  }
}
