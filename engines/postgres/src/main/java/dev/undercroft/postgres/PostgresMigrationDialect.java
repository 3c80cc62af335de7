package dev.undercroft.postgres;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployLock;
import dev.undercroft.migrate.HistoryDialect;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.sql.Dialect;

/** Migrations on PostgreSQL 15 to 18. Thread-safe. */
public final class PostgresMigrationDialect implements MigrationDialect {

  private final ConnectionSource source;
  private final PostgresAddress address;

  /**
   * Nothing is opened yet.
   *
   * @param source opens connections as the role that migrates; it must lead to the server itself,
   *     not through a transaction pooler
   * @param address where it leads
   */
  public PostgresMigrationDialect(ConnectionSource source, PostgresAddress address) {
    this.source = source;
    this.address = address;
  }

  /** As the other, over connections that know where they lead. */
  public PostgresMigrationDialect(PostgresConnections source) {
    this(source, source.address());
  }

  @Override
  public Dialect sql() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public PostgresAddress address() {
    return address;
  }

  @Override
  public String target() {
    return address.database() + " on " + address.servers();
  }

  @Override
  public boolean supports(Feature feature) {
    return feature != Feature.FOREIGN_KEYS_SWITCH;
  }

  @Override
  public HistoryDialect history() {
    return new MigrationHistoryTables();
  }

  @Override
  public MigrationSession open() {
    return new PostgresMigrationSession(source);
  }

  @Override
  public DeployLock lock(String who) {
    if (address.isTransactionPooled()) {
      throw pooled(target()).exception();
    }
    return new PostgresMigrationLock(source, target(), who);
  }

  static Problem pooled(String target) {
    return Problem.of(
            "MIGRATE_POOLED",
            ProblemKind.CONFLICT,
            target + " is reached through a transaction pooler, where no deploy lock can be held")
        .withRemedy("Set DIRECT_URL to the server itself, past the pooler.");
  }
}
