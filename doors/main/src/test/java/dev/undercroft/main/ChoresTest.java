package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.http.Guest;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import dev.undercroft.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChoresTest {

  private static final Duration SOON = Duration.ofMillis(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger runs = new AtomicInteger();

  private record Farm(List<Chore> work) implements Application {
    @Override
    public String name() {
      return "farm";
    }

    @Override
    public String title() {
      return "The Farm";
    }

    @Override
    public void declare(Routes routes, Services services) {}

    @Override
    public List<Chore> chores(Services services) {
      return work;
    }
  }

  private static final class NoServices implements Services {
    @Override
    public DatabaseHealth health() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Data data() {
      throw new UnsupportedOperationException();
    }
  }

  private Chores begin(Chore... chores) {
    return Chores.begin(meters, List.of(new Guest(new Farm(List.of(chores)), new NoServices())));
  }

  private long measured(String chore, String outcome) {
    var timer = meters.find("undercroft.chore").tags("chore", chore, "outcome", outcome).timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  @Tag("SC-011")
  void a_chore_runs_by_itself_again_and_again_and_every_run_is_measured() {
    Chores chores = begin(new Chore("milk", SOON, () -> Map.of("cows", runs.incrementAndGet())));
    try {
      Await.until("three runs", () -> measured("milk", "done") >= 3);
    } finally {
      chores.close(Duration.ofSeconds(10));
    }
    int last = runs.get();
    assertThat(measured("milk", "done")).isEqualTo(last);
    var cows = meters.get("undercroft.chore.items").tags("application", "farm", "what", "cows");
    assertThat(cows.counter().count()).isEqualTo(last * (last + 1) / 2.0);
  }

  @Test
  void a_run_that_fails_is_measured_and_stops_neither_the_next_nor_another_chore() {
    Chores chores =
        begin(
            new Chore(
                "plough",
                SOON,
                () -> {
                  if (runs.incrementAndGet() % 2 == 1) {
                    throw new IllegalStateException("the plough broke");
                  }
                  return Map.of();
                }),
            new Chore("milk", SOON, Map::of));
    try {
      Await.until("another run", () -> measured("plough", "done") >= 2);
      Await.until("the other chore", () -> measured("milk", "done") >= 2);
      assertThat(measured("plough", "failed")).isGreaterThanOrEqualTo(2);
    } finally {
      chores.close(Duration.ofSeconds(10));
    }
  }
}
