package dev.undercroft.stage;

import dev.undercroft.sdk.DatabaseHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Health that a test decides. Thread-safe. */
public final class StagedHealth implements DatabaseHealth {

  private static final long SIZE = 1L << 20;

  private final AtomicReference<Snapshot> now =
      new AtomicReference<>(alive(Instant.EPOCH, SIZE, Optional.empty()));
  private final AtomicReference<Optional<Backups>> backups =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Migrations> migrations =
      new AtomicReference<>(
          new Migrations(true, List.of("20260105090000_tables"), List.of(), List.of()));

  StagedHealth() {}

  private static Snapshot alive(Instant at, long bytes, Optional<Duration> lag) {
    return new Snapshot(
        at,
        true,
        Optional.of(Duration.ofMillis(1)),
        Map.of("select", Duration.ofMillis(1)),
        Optional.of(3),
        Optional.of(1),
        Optional.of(10),
        Optional.of(100),
        Optional.of(bytes),
        Optional.empty(),
        lag,
        Map.of(),
        List.of());
  }

  /** From now on the database does not answer, for this reason. */
  public void breakDown(String code) {
    now.set(
        new Snapshot(
            Instant.EPOCH,
            false,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(code)));
  }

  /** From now on it is this moment, and the database has this size in bytes. */
  public void grow(Instant at, long bytes) {
    now.set(alive(at, bytes, Optional.empty()));
  }

  /** From now on the slowest standby is this far behind. */
  public void lag(Duration behind) {
    now.set(alive(Instant.EPOCH, SIZE, Optional.of(behind)));
  }

  /** From now on backups are like this. */
  public void backups(Backups those) {
    backups.set(Optional.of(those));
  }

  /** From now on migrations are like this. */
  public void migrations(Migrations those) {
    migrations.set(those);
  }

  @Override
  public Snapshot check() {
    return now.get();
  }

  @Override
  public Snapshot check(List<String> tables) {
    return now.get();
  }

  @Override
  public Optional<Backups> backups() {
    return backups.get();
  }

  @Override
  public Migrations migrations() {
    return migrations.get();
  }
}
