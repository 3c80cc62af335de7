package dev.undercroft.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LivingProcessTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void this_process_lives_and_one_with_its_number_of_another_time_does_not() {
    ProcessHandle self = ProcessHandle.current();
    assertThat(LivingProcess.of(self.pid())).contains(self);
    assertThat(LivingProcess.of(self.pid(), LivingProcess.startOf(self))).contains(self);
    assertThat(LivingProcess.of(self.pid(), Instant.EPOCH)).isEmpty();
    assertThat(LivingProcess.awaitEnd(self, Duration.ZERO)).isFalse();
  }

  @Test
  void a_killed_process_that_nobody_asked_after_has_ended() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try (var said = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      assertThat(LivingProcess.of(child.pid())).isPresent();
      assertThat(child.destroyForcibly()).isTrue();
      assertThat(LivingProcess.awaitEnd(child, LONG)).isTrue();
      assertThat(LivingProcess.of(child.pid())).isEmpty();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }
}
