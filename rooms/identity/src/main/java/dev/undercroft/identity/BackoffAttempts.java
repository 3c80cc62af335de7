package dev.undercroft.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slows guessing down by account and by network. An account that does not exist is counted like one
 * that does. Devices that have signed in before have a bucket of their own, so that an attacker
 * cannot lock the owner out. Thread-safe if its tallies are.
 */
public final class BackoffAttempts implements Attempts {

  /** A network has many users: it may fail oftener than an account. */
  private static final int NETWORK_FACTOR = 20;

  private final Tallies tallies;
  private final Backoff account;
  private final Backoff network;
  private final CipherKey key;
  private final InstantSource clock;

  /**
   * Counts by these rules.
   *
   * @param tallies keeps the counts
   * @param account the rule for an account; a network may fail twenty times as often
   * @param key hides accounts and addresses in the names of the buckets
   * @param clock tells the time
   */
  public BackoffAttempts(Tallies tallies, Backoff account, CipherKey key, InstantSource clock) {
    this.tallies = tallies;
    this.account = account;
    this.network =
        new Backoff(
            account.free() * NETWORK_FACTOR,
            account.window(),
            account.first(),
            account.longest(),
            Integer.MAX_VALUE);
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> reserve(SignIn.Request request) {
    Instant now = clock.instant();
    List<Instant> refusals = new ArrayList<>();
    count(accountBucket(request), account, now).ifPresent(refusals::add);
    count(networkBucket(request), network, now).ifPresent(refusals::add);
    return refusals.stream().max(Instant::compareTo);
  }

  @Override
  public void succeeded(SignIn.Request request) {
    tallies.change(accountBucket(request), tally -> Backoff.refunded());
    tallies.change(
        networkBucket(request),
        tally -> new Backoff.Tally(Math.max(0, tally.failures() - 1), tally.last()));
  }

  private Optional<Instant> count(String bucket, Backoff rule, Instant now) {
    AtomicReference<Optional<Instant>> refused = new AtomicReference<>(Optional.empty());
    tallies.change(
        bucket,
        tally -> {
          Backoff.Step step = rule.attempt(tally, now);
          refused.set(step.refusedUntil());
          return step.tally();
        });
    return refused.get();
  }

  private String accountBucket(SignIn.Request request) {
    String identifier = request.identifier().strip().toLowerCase(Locale.ROOT);
    return hidden("account\0" + identifier + "\0" + request.knownDevice().orElse("unknown"));
  }

  private String networkBucket(SignIn.Request request) {
    return hidden("network\0" + Networks.of(request.remoteAddress()));
  }

  private String hidden(String text) {
    return HexFormat.of().formatHex(Macs.hmacSha256(key.bytes(), text), 0, 16);
  }
}
