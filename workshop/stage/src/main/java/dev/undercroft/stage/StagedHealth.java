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

  private final AtomicReference<Snapshot> now = new AtomicReference<>(healthy());

  StagedHealth() {}

  private static Snapshot healthy() {
    return new Snapshot(
        Instant.EPOCH,
        true,
        Optional.of(Duration.ofMillis(1)),
        Map.of("select", Duration.ofMillis(1)),
        Optional.of(3),
        Optional.of(1),
        Optional.of(10),
        Optional.of(100),
        Optional.of(1L << 20),
        Optional.empty(),
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
            Map.of(),
            List.of(code)));
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
  public Migrations migrations() {
    return new Migrations(true, List.of("20260105090000_tables"), List.of(), List.of());
  }
}
