package dev.undercroft.safekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backup.Repository;
import dev.undercroft.base.ProblemException;
import dev.undercroft.storage.DiskBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final InstantSource clock = now::get;

  @Test
  void one_holder_at_a_time_and_the_next_when_it_is_given_back() throws Exception {
    Repository repository = repository();
    try (Lease first = Lease.take(repository, "backup", clock)) {
      assertRefused(() -> Lease.take(repository, "backup", clock), "BACKUP_LEASE_HELD");
      try (Lease other = Lease.take(repository, "log-1", clock)) {
        other.check();
      }
      first.check();
    }
    try (Lease second = Lease.take(repository, "backup", clock)) {
      second.check();
    }
  }

  @Test
  void a_holder_that_was_silent_too_long_is_followed_and_may_do_nothing_more() throws Exception {
    Repository repository = repository();
    try (Lease silent = Lease.take(repository, "backup", clock)) {
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(3)));
      assertRefused(silent::check, "BACKUP_LEASE_LOST");
      try (Lease next = Lease.take(repository, "backup", clock)) {
        next.check();
        assertRefused(silent::check, "BACKUP_LEASE_LOST");
      }
    }
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String code) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo(code));
  }

  private Repository repository() throws Exception {
    return Repository.open(new DiskBlobStore(folder), null);
  }
}
