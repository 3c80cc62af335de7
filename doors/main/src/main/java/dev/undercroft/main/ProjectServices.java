package dev.undercroft.main;

import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Services;
import dev.undercroft.sdk.Vault;
import java.util.List;

/**
 * The services of one application. Immutable.
 *
 * @param database its database
 * @param vault its keys
 */
record ProjectServices(ServedDatabase database, Vault vault) implements Services, DatabaseHealth {

  @Override
  public Data data() {
    return new Data(database.requests(), database.background());
  }

  @Override
  public DatabaseHealth health() {
    return this;
  }

  @Override
  public Snapshot check() {
    return check(List.of());
  }

  @Override
  public Snapshot check(List<String> tables) {
    return database.check(tables);
  }

  @Override
  public Migrations migrations() {
    return database.migrations();
  }
}
