package dev.undercroft.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final RateLimit limit = new RateLimit(3, Duration.ofMinutes(1), now::get);

  private void pass(int seconds) {
    now.set(now.get().plusSeconds(seconds));
  }

  @Test
  void within_any_minute_only_three() {
    limit.take("a");
    pass(30);
    limit.take("a");
    limit.take("a");
    var thrown = catchThrowableOfType(ProblemException.class, () -> limit.take("a"));
    assertThat(thrown.first().kind()).isEqualTo(ProblemKind.THROTTLED);
    assertThat(thrown.first().context()).containsEntry("retryAfter", "30");
    pass(30);
    limit.take("a");
    assertThatCode(() -> limit.take("a")).isInstanceOf(ProblemException.class);
  }

  @Test
  void keys_do_not_disturb_each_other() {
    for (int i = 0; i < 3; i++) {
      limit.take("a");
      limit.take("b");
    }
    assertThatCode(() -> limit.take("c")).doesNotThrowAnyException();
  }

  @Test
  void a_refused_attempt_does_not_prolong_the_wait() {
    for (int i = 0; i < 3; i++) {
      limit.take("a");
    }
    pass(59);
    assertThatCode(() -> limit.take("a")).isInstanceOf(ProblemException.class);
    pass(1);
    assertThatCode(() -> limit.take("a")).doesNotThrowAnyException();
  }
}
