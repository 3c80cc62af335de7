package dev.undercroft.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Who follows a topic, with the news that were not looked at yet: not more than so many, and who is
 * too slow for that is told to load again. Thread-safe.
 */
final class Follower {

  static final int MOST_WAITING = 256;

  private final String owner;
  private final String topic;
  private final BlockingQueue<NewsLog.Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean gap;
  private volatile String begun = "";

  Follower(String owner, String topic) {
    this.owner = owner;
    this.topic = topic;
  }

  /** Who it is, for counting. */
  String owner() {
    return owner;
  }

  /** The digest of what is followed. */
  String topic() {
    return topic;
  }

  /** The position that the caller may come back to before any news. */
  String begun() {
    return begun;
  }

  /** Begins at a position, with what was missed. */
  void begin(String position, List<NewsLog.Entry> missed) {
    begun = position;
    missed.forEach(this::offer);
  }

  /** Takes a piece of news of this topic. */
  void offer(NewsLog.Entry entry) {
    if (!waiting.offer(entry)) {
      lose();
    }
  }

  /** News were lost. */
  void lose() {
    waiting.clear();
    gap = true;
  }

  /** Whether news were lost since the last call. */
  boolean takeGap() {
    boolean was = gap;
    gap = false;
    return was;
  }

  /** The next piece of news; empty when none came in time. */
  Optional<NewsLog.Entry> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }
}
