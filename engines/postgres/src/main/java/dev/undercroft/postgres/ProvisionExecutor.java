package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.postgres.ProvisionStep.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** Carries out the steps of a plan, each in a transaction of its own where it can be one. */
record ProvisionExecutor(Provisioning provisioning, ProvisionTarget target, Connection cluster) {

  /** Roles belong to the whole cluster: one at a time, whatever the database. */
  private static final long LOCK = 0x756e646572L;

  private static final String PATIENCE = "SET lock_timeout = '60s'";

  /** Held until the connection is closed. */
  void lock() throws SQLException {
    try (Statement statement = cluster.createStatement()) {
      statement.execute(PATIENCE);
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
    }
  }

  void run(List<ProvisionStep> steps, Progress progress) {
    int done = 0;
    for (ProvisionStep step : steps) {
      progress.report(step.summary(), done++, steps.size());
      try {
        run(step);
      } catch (SQLException e) {
        throw failed(step, e);
      }
    }
    progress.report("database " + target.database() + " is ready", done, steps.size());
  }

  private void run(ProvisionStep step) throws SQLException {
    if (step.place() == Place.DATABASE) {
      try (Connection connection = provisioning.openDatabase(target)) {
        transaction(connection, step);
      }
    } else if (step.place() == Place.CLUSTER_ALONE) {
      for (String sql : step.sql()) {
        execute(cluster, sql);
      }
    } else {
      transaction(cluster, step);
    }
  }

  private void transaction(Connection connection, ProvisionStep step) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (String sql : step.sql()) {
        execute(connection, sql);
      }
      if (step.passwordOf().isPresent()) {
        setPassword(connection, step.passwordOf().get());
      }
      if (step.setsContextKey()) {
        setContextKey(connection);
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * Only what the password verifies against travels; its fingerprint tells later whether it fits.
   */
  private void setPassword(Connection connection, Identifier role) throws SQLException {
    Secret password = provisioning.password(role);
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role.text(), password.reveal().toCharArray(), "scram-sha-256");
    execute(
        connection,
        "COMMENT ON ROLE "
            + role.quoted()
            + " IS "
            + MigrationHistoryTables.quote(
                "Undercroft role of the project "
                    + target.project()
                    + ", password "
                    + password.fingerprint()));
  }

  /** The key before stays for an hour: transactions that it signed may still run. */
  private void setContextKey(Connection connection) throws SQLException {
    ContextKey key = provisioning.contextKey(target);
    key.install(connection);
    execute(
        connection,
        "DELETE FROM undercroft.context_key WHERE created_at < now() - interval '1 hour'"
            + " AND id <> "
            + key.id());
    execute(
        connection,
        "COMMENT ON TABLE undercroft.context_key IS "
            + MigrationHistoryTables.quote(provisioning.contextKeyFingerprint(target)));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ProblemException failed(ProvisionStep step, SQLException failure) {
    Problem why = Provisioning.source(provisioning.admin()).explain(failure);
    return Problem.of(
            "POSTGRES_PROVISION_FAILED",
            why.kind(),
            "preparing the database "
                + target.database()
                + " failed at the step '"
                + step.summary()
                + "': "
                + why.message())
        .withDetail(String.join(";\n", step.sql()))
        .withRemedy(
            "Give the role "
                + provisioning.admin().user()
                + " the right that is missing, or correct what is named; what was done stays done,"
                + " the next run goes on from here.")
        .with("sqlstate", String.valueOf(failure.getSQLState()))
        .exception(failure);
  }
}
