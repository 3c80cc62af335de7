package dev.undercroft.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The Prisma schemas of the applications give the databases of their SQL, but for what only SQL can
 * say: that stands beside each of them in {@code only-in-sql.txt}, line for line.
 */
@DatabaseTest
class PrismaApplicationsTest {

  @Test
  void the_prisma_schema_of_an_application_gives_the_database_of_its_sql(
      @On(PostgresVersion.V18) PostgresDatabase database) throws IOException {
    PrismaCheck check = new PrismaCheck(Servers.beside(database));
    for (Path application : Applications.all()) {
      Catalog sql = check.load(Applications.sql(application));
      assertThat(check.onlyIn(sql, application.resolve("prisma/schema.prisma")))
          .as("%s", application)
          .containsExactlyElementsOf(
              Files.readAllLines(application.resolve("prisma/only-in-sql.txt")));
    }
  }
}
