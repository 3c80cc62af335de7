package dev.undercroft.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsLogTest {

  private static final int KEPT = 3;

  private static NewsLog log(int token) {
    NewsLog log = new NewsLog(KEPT);
    log.begin(token);
    return log;
  }

  @Test
  void what_came_after_a_position_is_known_as_long_as_it_is_kept() {
    NewsLog log = log(7);
    String start = log.position();
    String one = log.add("a", "1").position();
    log.add("b", "2");
    log.add("a", "3");
    assertThat(log.after(start, "a"))
        .hasValueSatisfying(
            missed -> assertThat(missed).extracting(NewsLog.Entry::key).containsExactly("1", "3"));
    assertThat(log.after(one, "b"))
        .hasValueSatisfying(
            missed -> assertThat(missed).extracting(NewsLog.Entry::key).containsExactly("2"));
    assertThat(log.after(log.position(), "a")).contains(List.of());
    log.add("a", "4");
    assertThat(log.after(start, "a")).isEmpty();
    assertThat(log.after(one, "a")).isPresent();
  }

  @Test
  void positions_of_another_beginning_of_the_future_and_of_nobody_mean_nothing() {
    NewsLog log = log(7);
    String position = log.add("a", "1").position();
    assertThat(log.after(position + "0", "a")).isEmpty();
    for (String nonsense : List.of("", "7", "-", "00000007", "00000007-x", "0000000G-1")) {
      assertThat(log.after(nonsense, "a")).as(nonsense).isEmpty();
    }
    log.begin(8);
    assertThat(log.after(position, "a")).isEmpty();
  }

  @Test
  void who_is_too_slow_loses_what_waits_and_is_told_so_once() throws Exception {
    NewsLog log = log(7);
    Follower follower = new Follower("anna", "a");
    for (int i = 0; i < Follower.MOST_WAITING; i++) {
      follower.offer(log.add("a", "x"));
    }
    assertThat(follower.takeGap()).isFalse();
    follower.offer(log.add("a", "x"));
    assertThat(follower.takeGap()).isTrue();
    assertThat(follower.takeGap()).isFalse();
    assertThat(follower.next(Duration.ofMillis(1))).isEmpty();
  }
}
