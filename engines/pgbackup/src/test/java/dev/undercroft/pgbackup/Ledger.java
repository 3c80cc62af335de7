package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Writers that commit numbered rows all the time, and moments of which it is known exactly which
 * rows were committed by then. A writer whose connection breaks finds out whether its last row was
 * committed, and goes on.
 */
final class Ledger implements AutoCloseable {

  static final int WRITERS = 3;

  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final String COUNTS =
      """
      select writer, count(*), min(n), max(n), sum(touched) from ledger group by writer
      """;

  private final Rig rig;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final AtomicLongArray counts = new AtomicLongArray(WRITERS);
  private final List<Thread> threads = new ArrayList<>();
  private final List<Moment> moments = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean closing;

  /**
   * A moment at which nobody wrote.
   *
   * @param at the server's time then
   * @param lsn where its log was
   * @param name a restore point there
   * @param counts how many rows each writer had committed
   */
  record Moment(Instant at, Lsn lsn, String name, List<Long> counts) {}

  Ledger(Rig rig, long seed) throws SQLException {
    this.rig = rig;
    rig.execute(
        """
        create table ledger (writer int, n bigint, filler text, touched int default 0,
                             primary key (writer, n));
        create index ledger_filler on ledger (filler);
        create table total (writer int primary key, n bigint, touched bigint);
        insert into total select w, 0, 0 from generate_series(0, 2) w;
        """);
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      threads.add(
          Thread.ofPlatform().start(() -> new Writer(writer, new Random(seed + writer)).run()));
    }
  }

  List<Moment> moments() {
    return List.copyOf(moments);
  }

  /** One writer with a connection of its own. */
  private final class Writer {
    private final int number;
    private final Random random;
    private @Nullable Connection connection;

    Writer(int number, Random random) {
      this.number = number;
      this.random = random;
    }

    void run() {
      while (!closing) {
        gate.readLock().lock();
        try {
          commit(counts.get(number) + 1);
        } finally {
          gate.readLock().unlock();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      forget();
    }

    /** Returns when the row is committed. */
    private void commit(long n) {
      while (!closing) {
        try {
          Connection open = connection;
          if (open == null) {
            open = rig.connect();
            connection = open;
            open.setAutoCommit(false);
          }
          if (!isThere(open, n)) {
            write(open, n);
          }
          counts.set(number, n);
          return;
        } catch (SQLException broken) {
          forget();
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }

    private boolean isThere(Connection open, long n) throws SQLException {
      try (PreparedStatement query =
          open.prepareStatement("select from ledger where writer = ? and n = ?")) {
        query.setInt(1, number);
        query.setLong(2, n);
        try (ResultSet row = query.executeQuery()) {
          return row.next();
        }
      }
    }

    private void write(Connection open, long n) throws SQLException {
      try (Statement statement = open.createStatement()) {
        statement.execute(
            "insert into ledger select %d, %d, string_agg(md5(g::text || random()), '') from generate_series(1, %d) g"
                .formatted(number, n, 1 + random.nextInt(20)));
        statement.execute(
            "update ledger set touched = touched + 1 where writer = %d and n = %d"
                .formatted(number, 1 + random.nextLong(n)));
        statement.execute(
            "update total set n = n + 1, touched = touched + 1 where writer = " + number);
      }
      open.commit();
    }

    private void forget() {
      try {
        Connection open = connection;
        connection = null;
        if (open != null) {
          open.close();
        }
      } catch (SQLException alreadyBroken) {
        // Nothing to lose: whether the row is there is asked on the next connection.
      }
    }
  }

  /** Stops the writers for a moment and notes what is committed. */
  Moment mark() {
    gate.writeLock().lock();
    try {
      for (int attempt = 0; attempt < 1000; attempt++) {
        String name = "moment " + moments.size() + "." + attempt;
        try (Connection connection = rig.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("select pg_create_restore_point('" + name + "')");
          try (ResultSet row =
              statement.executeQuery(
                  "select clock_timestamp(), pg_current_wal_insert_lsn()::text")) {
            row.next();
            Moment moment =
                new Moment(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    Lsn.parse(row.getString(2)),
                    name,
                    now());
            moments.add(moment);
            return moment;
          }
        } catch (SQLException again) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      throw new AssertionError("the server does not come back");
    } finally {
      gate.writeLock().unlock();
    }
  }

  private List<Long> now() {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      all.add(counts.get(i));
    }
    return all;
  }

  /** What a restored ledger holds, having found it consistent in itself. */
  static List<Long> read(Rig restored) throws SQLException {
    List<Long> all = new ArrayList<>(Collections.nCopies(WRITERS, 0L));
    try (Connection connection = restored.connect();
        Statement statement = connection.createStatement()) {
      List<Long> touched = new ArrayList<>(all);
      try (ResultSet rows = statement.executeQuery(COUNTS)) {
        while (rows.next()) {
          long count = rows.getLong(2);
          assertThat(rows.getLong(3)).as("the first row").isEqualTo(1);
          assertThat(rows.getLong(4)).as("no row is missing").isEqualTo(count);
          all.set(rows.getInt(1), count);
          touched.set(rows.getInt(1), rows.getLong(5));
        }
      }
      statement.execute("set enable_seqscan = off; set enable_bitmapscan = off");
      try (ResultSet rows = statement.executeQuery("select writer, n, touched from total")) {
        while (rows.next()) {
          int writer = rows.getInt(1);
          assertThat(rows.getLong(2)).as("the total of rows").isEqualTo(all.get(writer));
          assertThat(rows.getLong(3)).as("touched").isEqualTo(touched.get(writer));
        }
      }
      try (ResultSet row =
          statement.executeQuery("select count(*) from ledger where filler > ''")) {
        row.next();
        assertThat(row.getLong(1))
            .as("the index finds every row")
            .isEqualTo(all.stream().mapToLong(Long::longValue).sum());
      }
    }
    return all;
  }

  @Override
  public void close() {
    closing = true;
    try {
      for (Thread each : threads) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
