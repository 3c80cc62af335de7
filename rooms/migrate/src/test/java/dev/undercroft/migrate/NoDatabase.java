package dev.undercroft.migrate;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.sql.Dialect;

/** A database that plans are made for and nothing is deployed to. */
final class NoDatabase implements MigrationDialect {

  @Override
  public Dialect sql() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public String target() {
    return "nowhere";
  }

  @Override
  public DatabaseAddress address() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean supports(Feature feature) {
    return true;
  }

  @Override
  public HistoryDialect history() {
    throw new UnsupportedOperationException();
  }

  @Override
  public MigrationSession open() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DeployLock lock(String who) {
    throw new UnsupportedOperationException();
  }
}
