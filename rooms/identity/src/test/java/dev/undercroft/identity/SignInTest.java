package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Secret;
import dev.undercroft.identity.SignIn.Outcome;
import dev.undercroft.identity.SignIn.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SignInTest {

  private static final Secret RIGHT = Secret.of("correct horse battery staple");
  private static final Secret WRONG = Secret.of("wrong");

  private int hashes;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final Passwords passwords =
      new Passwords(
          new PasswordAlgorithm.Bcrypt(4),
          CipherKey.random(),
          HashGate.usual(),
          (input, like) -> {
            count();
            return like.of(input).text();
          },
          Optional.empty());
  private final Map<String, Accounts.Found<String>> people = new HashMap<>();
  private final List<String> rehashed = new ArrayList<>();
  private final Accounts<String> accounts =
      new Accounts<>() {
        @Override
        public Optional<Found<String>> find(String identifier) {
          return Optional.ofNullable(people.get(identifier));
        }

        @Override
        public void rehashed(String account, String hash) {
          rehashed.add(account);
        }
      };

  private synchronized void count() {
    hashes++;
  }

  private SignIn<String> signIn(Attempts attempts) {
    person("anna", Optional.of(passwords.hash(RIGHT, "anna")), true);
    person("off", Optional.of(passwords.hash(RIGHT, "off")), false);
    person("outside", Optional.empty(), true);
    hashes = 0;
    return new SignIn<>(passwords, attempts, accounts);
  }

  private void person(String name, Optional<String> hash, boolean mayEnter) {
    people.put(name, new Accounts.Found<>(name, name, hash, mayEnter));
  }

  @Test
  void every_way_to_be_refused_costs_one_hash_and_looks_the_same() {
    SignIn<String> signIn = signIn(Attempts.UNLIMITED);
    assertThat(signIn.attempt(request("anna", WRONG))).isEqualTo(refused(Reason.WRONG));
    assertThat(signIn.attempt(request("nobody", RIGHT))).isEqualTo(refused(Reason.UNKNOWN));
    assertThat(signIn.attempt(request("outside", RIGHT))).isEqualTo(refused(Reason.UNKNOWN));
    assertThat(signIn.attempt(request("off", WRONG))).isEqualTo(refused(Reason.WRONG));
    assertThat(hashes).isEqualTo(4);
    assertThat(signIn.attempt(request("anna", RIGHT))).isEqualTo(new Outcome.Entered<>("anna"));
    assertThat(signIn.attempt(request("off", RIGHT))).isEqualTo(new Outcome.SwitchedOff<>("off"));
    assertThat(hashes).isEqualTo(6);
  }

  @Test
  void an_old_hash_is_replaced_while_the_password_is_at_hand() {
    CipherKey pepper = CipherKey.random();
    Passwords weak = new Passwords(new PasswordAlgorithm.Bcrypt(4), pepper, HashGate.usual());
    Passwords strong = new Passwords(new PasswordAlgorithm.Bcrypt(5), pepper, HashGate.usual());
    person("anna", Optional.of(weak.hash(RIGHT, "anna")), true);
    SignIn<String> signIn = new SignIn<>(strong, Attempts.UNLIMITED, accounts);
    signIn.attempt(request("anna", WRONG));
    assertThat(rehashed).isEmpty();
    signIn.attempt(request("anna", RIGHT));
    assertThat(rehashed).containsExactly("anna");
  }

  @Test
  void guessing_is_slowed_and_ends_and_the_owner_on_a_known_device_still_enters() {
    SignIn<String> signIn = signIn(backoff());
    for (int i = 0; i < 5; i++) {
      assertThat(signIn.attempt(request("anna", WRONG))).isEqualTo(refused(Reason.WRONG));
    }
    assertThat(signIn.attempt(request("anna", RIGHT))).isEqualTo(locked(now.plusSeconds(1)));
    assertThat(hashes).as("a locked attempt costs the same").isEqualTo(6);
    now = now.plusSeconds(1);
    assertThat(signIn.attempt(request("anna", WRONG))).isEqualTo(refused(Reason.WRONG));
    assertThat(signIn.attempt(request("anna", WRONG))).isEqualTo(locked(now.plusSeconds(2)));

    var owner = new SignIn.Request("anna", RIGHT, "10.0.0.9", Optional.of("laptop"));
    assertThat(signIn.attempt(owner)).isEqualTo(new Outcome.Entered<>("anna"));
    for (int i = 0; i < 200; i++) {
      now = now.plus(Duration.ofMinutes(16));
      signIn.attempt(request("anna", WRONG));
    }
    assertThat(signIn.attempt(request("anna", RIGHT))).isEqualTo(locked(Instant.MAX));
    assertThat(signIn.attempt(owner)).isEqualTo(new Outcome.Entered<>("anna"));
  }

  @Test
  void accounts_that_do_not_exist_are_counted_like_others() {
    SignIn<String> signIn = signIn(backoff());
    for (int i = 0; i < 5; i++) {
      signIn.attempt(request("nobody", WRONG));
    }
    assertThat(signIn.attempt(request("nobody", WRONG))).isEqualTo(locked(now.plusSeconds(1)));
    assertThat(signIn.attempt(request(" Nobody", WRONG))).isEqualTo(locked(now.plusSeconds(1)));
  }

  @Test
  void guesses_at_the_same_time_do_not_exceed_what_is_free() throws Exception {
    SignIn<String> signIn = signIn(backoff());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          threads.invokeAll(
              java.util.Collections.nCopies(50, () -> signIn.attempt(request("anna", WRONG))));
      long tried = 0;
      for (var one : all) {
        tried += one.get().equals(refused(Reason.WRONG)) ? 1 : 0;
      }
      assertThat(tried).isEqualTo(5);
    }
  }

  @Test
  void a_success_forgives_and_time_forgives() {
    SignIn<String> signIn = signIn(backoff());
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 4; i++) {
        signIn.attempt(request("anna", WRONG));
      }
      assertThat(signIn.attempt(request("anna", RIGHT))).isEqualTo(new Outcome.Entered<>("anna"));
    }
    for (int i = 0; i < 5; i++) {
      signIn.attempt(request("anna", WRONG));
    }
    now = now.plus(Duration.ofMinutes(15)).plusSeconds(1);
    assertThat(signIn.attempt(request("anna", RIGHT))).isEqualTo(new Outcome.Entered<>("anna"));
  }

  @Test
  void the_printed_lockout_locks_the_fifth_failure_for_a_quarter_of_an_hour() {
    Lockout rule = Lockout.FIVE_IN_A_ROW;
    Lockout.State state = Lockout.State.CLEAN;
    for (int i = 1; i <= 4; i++) {
      state = rule.counted(state, now);
      assertThat(state).isEqualTo(new Lockout.State(i, Optional.empty()));
    }
    state = rule.counted(state, now);
    assertThat(state.isLocked(now)).isTrue();
    Instant end = now.plus(Duration.ofMinutes(15));
    assertThat(state).isEqualTo(new Lockout.State(5, Optional.of(end)));
    assertThat(rule.counted(state, now)).isEqualTo(state);
    assertThat(state.isLocked(end)).isFalse();
    assertThat(rule.counted(state, end)).isEqualTo(new Lockout.State(1, Optional.empty()));
  }

  @Test
  void addresses_of_version_six_count_by_their_first_half() {
    assertThat(Networks.of("2001:db8::1")).isEqualTo(Networks.of("2001:db8::ffff:2"));
    assertThat(Networks.of("2001:db8::1")).isNotEqualTo(Networks.of("2001:db8:0:1::1"));
    assertThat(Networks.of("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(Networks.of("not:an:address")).isEqualTo("not:an:address");
  }

  private Attempts backoff() {
    return new BackoffAttempts(new MemoryTallies(1000), Backoff.USUAL, CipherKey.random(), clock);
  }

  private static SignIn.Request request(String name, Secret password) {
    return new SignIn.Request(name, password, "10.0.0.1", Optional.empty());
  }

  private static Outcome<String> refused(Reason reason) {
    return new Outcome.Refused<>(reason, Optional.empty());
  }

  private static Outcome<String> locked(Instant until) {
    return new Outcome.Refused<>(Reason.LOCKED, Optional.of(until));
  }
}
