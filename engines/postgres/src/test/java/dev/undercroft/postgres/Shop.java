package dev.undercroft.postgres;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Progress;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The project "shop", to be provisioned beside a test's own database. */
final class Shop {

  static final ProvisionTarget TARGET = ProvisionTarget.of("shop", "Shop dev");

  final TestSecrets secrets = new TestSecrets();
  final PostgresAddress admin;
  final Provisioning provisioning;

  Shop(PostgresDatabase database) {
    this(database.url());
  }

  Shop(String url) {
    this.admin = (PostgresAddress) DatabaseUrl.parse(url, Path.of("/"));
    this.provisioning = new Provisioning(admin, secrets);
  }

  Provisioned apply() {
    return provisioning.apply(TARGET, Progress.NONE);
  }

  List<String> missing() {
    return provisioning.plan(TARGET).steps().stream().map(ProvisionStep::summary).toList();
  }

  static Connection connect(PostgresAddress address) {
    return new PostgresConnections(address, "a test").open();
  }

  static void run(PostgresAddress as, String... statements) throws SQLException {
    try (Connection connection = connect(as);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static List<String> ask(PostgresAddress as, String query) throws SQLException {
    try (Connection connection = connect(as);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    }
  }
}
