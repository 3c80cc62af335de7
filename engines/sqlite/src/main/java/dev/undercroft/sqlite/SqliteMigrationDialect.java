package dev.undercroft.sqlite;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployLock;
import dev.undercroft.migrate.HistoryDialect;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.sql.Dialect;

/** Migrations on SQLite. Thread-safe. */
public final class SqliteMigrationDialect implements MigrationDialect {

  private final ConnectionSource source;
  private final SqliteAddress address;

  /**
   * Nothing is opened yet.
   *
   * @param source opens connections to the file
   * @param address where it leads; not memory, which no second connection sees
   * @throws dev.undercroft.base.ProblemException if the address is memory
   */
  public SqliteMigrationDialect(ConnectionSource source, SqliteAddress address) {
    if (address.mode() == SqliteAddress.Mode.MEMORY) {
      throw Problem.of(
              "MIGRATE_NOT_SUPPORTED",
              ProblemKind.INPUT,
              "migrations cannot be deployed to " + address.display())
          .withRemedy("Use a file: a database in memory ends with its connection.")
          .exception();
    }
    this.source = source;
    this.address = address;
  }

  @Override
  public Dialect sql() {
    return Dialect.SQLITE;
  }

  @Override
  public SqliteAddress address() {
    return address;
  }

  @Override
  public String target() {
    return address.display();
  }

  @Override
  public boolean supports(Feature feature) {
    return feature == Feature.FOREIGN_KEYS_SWITCH;
  }

  @Override
  public HistoryDialect history() {
    return new SqliteHistoryTables();
  }

  @Override
  public MigrationSession open() {
    return new SqliteMigrationSession(source, address);
  }

  @Override
  public DeployLock lock(String who) {
    return new SqliteMigrationLock(open(), address, who);
  }
}
