package dev.undercroft.sdk;

import dev.undercroft.access.Announcements;
import dev.undercroft.access.ConnectionSource;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Live updates: callers keep a connection open and are sent what has changed, as server-sent events
 * (HTML standard, section 9.2).
 *
 * <p>A trigger announces a row on the channel {@value #CHANNEL}; the database sends it when the
 * transaction commits, to every node. It carries the SHA-256 of the topic and the row's key, never
 * a value:
 *
 * <pre>{@code
 * perform pg_notify('undercroft_news',
 *   encode(sha256(convert_to('room/' || new.room_id, 'UTF8')), 'hex') || ' ' || new.id);
 * }</pre>
 *
 * <p>A route answers with {@link #follow}. For each piece of news the row is read again, by the
 * application in the follower's name: a follower gets only what it may read at that moment.
 *
 * <p>Every stream begins with the event {@code ready}, or with {@code reset} when the caller came
 * back with a {@code Last-Event-ID} of which nobody knows any more what came after it, for example
 * because the server was started anew. {@code reset} also comes when news were lost meanwhile, with
 * the connection to the database or because the caller reads too slowly; it means: load again what
 * you show. A stream ends after some minutes; callers come back by themselves, and show again who
 * they are.
 *
 * <p>Thread-safe. Nothing is opened before the first follower.
 */
public final class Live implements AutoCloseable {

  /** The channel on which news are announced. */
  public static final String CHANNEL = "undercroft_news";

  /** The header by which a caller says what came last; declared by each route that streams. */
  public static final Parameter LAST_EVENT =
      Parameter.header("Last-Event-ID", String.class, "the id of the last event you have had")
          .between(0, 100);

  private static final System.Logger LOG = System.getLogger("undercroft.live");

  private static final int KEPT = 1_000;
  private static final int MOST_FOLLOWERS = 2_000;
  private static final int MOST_OF_ONE = 10;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ConnectionSource source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Follower> followers = new HashSet<>();
  private final NewsLog log = new NewsLog(KEPT);
  private @Nullable Thread listener;
  private boolean listening;
  private boolean closed;

  /** Over one database; opens nothing yet. */
  public Live(ConnectionSource source) {
    this.source = source;
  }

  /**
   * What a follower is sent.
   *
   * @param name the event's name
   * @param data written as JSON
   */
  public record Update(String name, Object data) {}

  /** Reads what is new. */
  @FunctionalInterface
  public interface Look {

    /**
     * Reads a row in the follower's name.
     *
     * @param key as it was announced
     * @return what the follower is sent; empty when it may not see the row
     */
    Optional<Update> at(String key);
  }

  /**
   * Answers with the news of a topic. Whether the caller may follow it at all is the application's
   * to ask before.
   *
   * @throws ProblemException if there are too many followers, or nothing can be heard from the
   *     database just now
   */
  public Response follow(Request request, String topic, Look look) {
    Caller caller = request.caller();
    Follower follower =
        new Follower(caller.tenant().orElse(request.remoteAddress()), digest(topic));
    lock.lock();
    try {
      demandRoom(follower);
      listen();
    } finally {
      lock.unlock();
    }
    Optional<String> last = request.header(LAST_EVENT.name());
    return Response.events(sink -> {
      if (join(follower, last)) {
        try {
          stream(follower, look, sink);
        } finally {
          leave(follower);
        }
      }
    });
  }

  private void demandRoom(Follower follower) {
    long ofOne = followers.stream().filter(one -> one.owner().equals(follower.owner())).count();
    if (ofOne >= MOST_OF_ONE) {
      throw Problem.of(
              "SDK_LIVE_TOO_MANY", ProblemKind.THROTTLED, "you have " + ofOne + " streams open")
          .withRemedy("Close one of them first.")
          .with("retryAfter", 1)
          .exception();
    }
    if (followers.size() >= MOST_FOLLOWERS) {
      throw unavailable(followers.size() + " streams are open, and no more are served");
    }
  }

  private static ProblemException unavailable(String why) {
    return Problem.of("SDK_LIVE_UNAVAILABLE", ProblemKind.EXHAUSTED, why)
        .withRemedy("Try again in a moment; until then load anew from time to time.")
        .exception();
  }

  /** Begins to listen, and waits until something could be heard; with the lock. */
  private void listen() {
    if (listener == null && !closed) {
      listener = Thread.ofVirtual().name("undercroft-live").start(this::hear);
    }
    long left = PATIENCE.toNanos();
    try {
      while (!listening && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    if (!listening) {
      throw unavailable("nothing can be heard from the database just now");
    }
  }

  private boolean join(Follower follower, Optional<String> last) {
    lock.lock();
    try {
      if (closed || followers.size() >= MOST_FOLLOWERS) {
        return false;
      }
      followers.add(follower);
      Optional<List<NewsLog.Entry>> missed =
          last.flatMap(position -> log.after(position, follower.topic()));
      follower.begin(missed.isPresent() ? last.get() : log.position(), missed.orElse(List.of()));
      if (last.isPresent() && missed.isEmpty()) {
        follower.lose();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Follower follower) {
    lock.lock();
    try {
      followers.remove(follower);
    } finally {
      lock.unlock();
    }
  }

  private void stream(Follower follower, Look look, Response.EventSink sink)
      throws InterruptedException {
    long begun = System.nanoTime();
    long sent = begun;
    boolean greeted = false;
    while (sink.open() && !isClosed() && System.nanoTime() - begun < LIFETIME.toNanos()) {
      if (follower.takeGap()) {
        sink.send(position(), "reset", Map.of());
        greeted = true;
      } else if (!greeted) {
        sink.send(follower.begun(), "ready", Map.of());
        greeted = true;
      }
      Optional<NewsLog.Entry> news = follower.next(TICK);
      if (news.isPresent()) {
        tell(news.get(), look, sink);
        sent = System.nanoTime();
      } else if (System.nanoTime() - sent > BEAT.toNanos()) {
        sink.beat();
        sent = System.nanoTime();
      }
    }
  }

  private static void tell(NewsLog.Entry news, Look look, Response.EventSink sink) {
    try {
      look.at(news.key())
          .ifPresent(update -> sink.send(news.position(), update.name(), update.data()));
    } catch (ProblemException unseen) {
      ProblemKind kind = unseen.first().kind();
      if (kind != ProblemKind.NOT_FOUND && kind != ProblemKind.FORBIDDEN) {
        throw unseen;
      }
    }
  }

  private void hear() {
    boolean told = false;
    while (!isClosed()) {
      try (Announcements announcements =
          source
              .listen(CHANNEL)
              .orElseThrow(() -> unavailable("this database announces nothing"))) {
        begin();
        told = false;
        while (!isClosed()) {
          announcements.await(TICK).forEach(this::heard);
        }
      } catch (SQLException | ProblemException lost) {
        // Once, however often it is tried again.
        LOG.log(
            told ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
            () -> "live updates wait: " + lost.getMessage());
        told = true;
      }
      pause();
    }
  }

  private void begin() {
    lock.lock();
    try {
      log.begin(ThreadLocalRandom.current().nextInt());
      followers.forEach(Follower::lose);
      listening = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void heard(String announced) {
    int space = announced.indexOf(' ');
    if (space < 0) {
      return;
    }
    lock.lock();
    try {
      NewsLog.Entry entry = log.add(announced.substring(0, space), announced.substring(space + 1));
      for (Follower follower : followers) {
        if (follower.topic().equals(entry.topic())) {
          follower.offer(entry);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    lock.lock();
    try {
      listening = false;
      long left = TimeUnit.SECONDS.toNanos(1);
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stop) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private String position() {
    lock.lock();
    try {
      return log.position();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static String digest(String topic) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(topic.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no SHA-256", missing);
    }
  }

  /** Ends all streams, and the connection to the database. */
  @Override
  public void close() {
    @Nullable Thread last;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      last = listener;
    } finally {
      lock.unlock();
    }
    try {
      if (last != null) {
        last.join(PATIENCE);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
