package dev.undercroft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@DatabaseTest
class DatabaseTestTest {

  private final PostgresDatabase ofTheClass;

  DatabaseTestTest(PostgresDatabase ofTheClass) {
    this.ofTheClass = ofTheClass;
  }

  @EachServer
  void a_fresh_database_on_each_server(PostgresDatabase database) throws Exception {
    assertThat(database.value("SHOW server_version_num"))
        .startsWith(String.valueOf(database.server().version().major()));
    assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname = 'made_here'"))
        .isEqualTo("0");
    database.execute("CREATE TABLE made_here (id int)", "CREATE ROLE made_here LOGIN");
  }

  @EachServer
  void roles_of_an_earlier_test_are_gone(PostgresDatabase database) throws Exception {
    database.execute("CREATE ROLE made_here LOGIN");
    assertThat(database.value("SELECT count(*) FROM pg_roles WHERE rolname = 'made_here'"))
        .isEqualTo("1");
  }

  @Test
  void the_chosen_server(@On(PostgresVersion.V15) PostgresDatabase old, PostgresDatabase young)
      throws Exception {
    assertThat(old.value("SHOW server_version")).startsWith("15");
    assertThat(young.value("SHOW server_version")).startsWith("18");
  }

  @EachServer
  void the_server_is_hostile_and_trusts_nobody(PostgresDatabase database) throws Exception {
    assertThat(database.value("SELECT setting FROM pg_settings WHERE name = 'DateStyle'"))
        .isNotEmpty();
    assertThat(database.value("SELECT reset_val FROM pg_settings WHERE name = 'bytea_output'"))
        .isEqualTo("escape");
    assertThat(database.column("SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
        .containsExactly("scram-sha-256");
    assertThat(database.value("SHOW data_checksums")).isEqualTo("on");
  }

  @Test
  void a_sqlite_file(SqliteDatabase database) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id integer)");
    }
    assertThat(database.file()).exists();
  }

  @Test
  void a_database_of_the_class(PostgresDatabase own) {
    assertThat(ofTheClass.name()).isNotEqualTo(own.name());
  }
}
