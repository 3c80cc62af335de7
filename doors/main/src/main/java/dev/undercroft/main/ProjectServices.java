package dev.undercroft.main;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Live;
import dev.undercroft.sdk.Outbox;
import dev.undercroft.sdk.Services;
import dev.undercroft.sdk.Vault;
import dev.undercroft.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The services of one application. Immutable.
 *
 * @param database its database
 * @param vault its keys
 * @param settings its settings
 * @param outbox takes its letters
 * @param watch knows how backups are
 */
record ProjectServices(
    ServedDatabase database, Vault vault, Settings settings, Outbox outbox, BackupWatch watch)
    implements Services, DatabaseHealth {

  @Override
  public Optional<String> variable(String name) {
    return settings.findVariable(name).map(Secret::reveal);
  }

  @Override
  public Data data() {
    return new Data(database.requests(), database.background());
  }

  @Override
  public Live live() {
    return database.live();
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
  public Optional<Backups> backups() {
    return watch.latest();
  }

  @Override
  public Migrations migrations() {
    return database.migrations();
  }
}
