package dev.undercroft.pgddl;

import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.plan.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Watches what the steps of a plan do on a copy: which locks they take on tables that were there
 * before, which of those they read or write anew. The server decides that by its system tables
 * alone, so a copy without rows tells it as well as the original. Used once; not thread-safe.
 */
final class Gauge {

  /** Numbers below are the server's own. */
  private static final String TABLES =
      """
      select oid, relfilenode, oid::regclass::text, pg_catalog.pg_stat_get_xact_numscans(oid)
      from pg_catalog.pg_class
      where oid >= 16384 and relkind in ('r', 'p', 'm', 'f')
      """;

  private static final String HELD =
      """
      select l.relation, l.mode, c.relfilenode, pg_catalog.pg_stat_get_xact_numscans(l.relation)
      from pg_catalog.pg_locks l left join pg_catalog.pg_class c on c.oid = l.relation
      where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation' and l.granted
        and l.relation >= 16384
      """;

  private final Connection connection;
  private final Map<Long, Long> files = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final Map<Long, Long> scans = new HashMap<>();
  private final List<Step> measured = new ArrayList<>();

  Gauge(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        files.put(rows.getLong(1), rows.getLong(2));
        names.put(rows.getLong(1), rows.getString(3));
      }
    }
  }

  /** The steps so far, with what was seen. */
  List<Step> measured() {
    return List.copyOf(measured);
  }

  /** A transaction has begun. What was counted in earlier ones may not be forgotten yet. */
  void begin() throws SQLException {
    held.clear();
    scans.clear();
    if (files.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        scans.put(rows.getLong(1), rows.getLong(4));
      }
    }
  }

  /** A step has run; its transaction is still open unless it has none. */
  void stepped(Step step) throws SQLException {
    measured.add(files.isEmpty() || step.transaction() == Transaction.OUTSIDE ? step : seen(step));
  }

  private Step seen(Step step) throws SQLException {
    boolean first = held.isEmpty();
    Lock strongest = Lock.NONE;
    String rewritten = "";
    Set<Long> scanned = new HashSet<>();
    Set<Long> blocked = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HELD)) {
      while (rows.next()) {
        long table = rows.getLong(1);
        Long file = files.get(table);
        if (file == null) {
          continue;
        }
        Lock lock = lock(rows.getString(2));
        if (held.add(table + rows.getString(2))) {
          strongest = lock.compareTo(strongest) > 0 ? lock : strongest;
        }
        long now = rows.getLong(3);
        if (!rows.wasNull() && now != file) {
          files.put(table, now);
          rewritten = names.getOrDefault(table, "");
        }
        if (lock.compareTo(Lock.SHARE) >= 0) {
          blocked.add(table);
        }
        if (isScanned(table, rows.getLong(4))) {
          scanned.add(table);
        }
      }
    }
    scanned.retainAll(blocked);
    boolean more = first || strongest.compareTo(step.lock()) > 0;
    return worked(more ? step.locking(strongest) : step, rewritten, scanned);
  }

  /** Whether the table was read since it was asked last. */
  private boolean isScanned(long table, long now) {
    Long before = scans.put(table, now);
    return now > (before == null ? 0 : before);
  }

  private Step worked(Step step, String rewritten, Set<Long> scanned) {
    if (!rewritten.isEmpty() && step.work() != Work.REWRITE && step.work() != Work.INDEX) {
      return step.working(Work.REWRITE)
          .warning(Hazard.TABLE_REWRITE, "%s is written anew.".formatted(rewritten));
    }
    boolean waits = step.lock().compareTo(Lock.SHARE) >= 0;
    if (!scanned.isEmpty() && step.work() == Work.CATALOG && waits) {
      return step.working(Work.SCAN)
          .warning(
              Hazard.TABLE_SCAN,
              "All rows of %s are read while others wait."
                  .formatted(names.get(scanned.iterator().next())));
    }
    return step;
  }

  /** {@code AccessExclusiveLock} as pg_locks writes it. */
  private static Lock lock(String mode) {
    String words = mode.replaceFirst("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    return Lock.valueOf(words.toUpperCase(Locale.ROOT));
  }
}
