package dev.undercroft.contracts;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import org.junit.jupiter.api.BeforeEach;

@DatabaseTest
class MigrationOnPostgres18Test extends MigrationContract {

  private PostgresDatabase database;

  @BeforeEach
  void take(@On(PostgresVersion.V18) PostgresDatabase fresh) {
    database = fresh;
  }

  @Override
  MigrationTarget target() {
    return new PostgresTarget(database);
  }
}
