package dev.undercroft.postgres;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployLock;
import dev.undercroft.migrate.MigrationSession;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two advisory locks of sessions, both held outside of any transaction, because a transaction that
 * only waits would make {@code CREATE INDEX CONCURRENTLY} wait for it, and it for us. One is held
 * by a session that does nothing else; it says who deploys, and cannot be let go by a file. The
 * other is held by the session that works: when its process is killed, the server may still be busy
 * with its last statement, and until that ends nobody else may begin.
 */
final class PostgresMigrationLock implements DeployLock {

  /** The lock of the idle session. */
  static final int DEPLOY = 1;

  /** The lock of the working session. */
  static final int WORK = 2;

  /** The letters "undc": tells our locks from those of applications. */
  private static final int FAMILY = 0x756E6463;

  /** Firewalls forget connections that are silent for minutes. */
  private static final long KEEP_ALIVE_SECONDS = 20;

  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String target;
  private final PostgresMigrationSession idle;
  private final PostgresMigrationSession work;
  private final ScheduledExecutorService keepAlive =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("undercroft-deploy-lock").factory());
  private volatile @Nullable ProblemException lost;
  private volatile long seen;
  private boolean checkedForPooler;

  PostgresMigrationLock(ConnectionSource source, String target, String who) {
    this.target = target;
    this.idle = new PostgresMigrationSession(source);
    this.work = second(source);
    idle.query(
        "select set_config('application_name', "
            + MigrationHistoryTables.quote("undercroft deploy by " + who)
            + ", false), set_config('idle_session_timeout', '0', false)");
  }

  private PostgresMigrationSession second(ConnectionSource source) {
    try {
      return new PostgresMigrationSession(source);
    } catch (ProblemException e) {
      idle.close();
      keepAlive.shutdownNow();
      throw e;
    }
  }

  @Override
  public Optional<String> tryAcquire() {
    if (!checkedForPooler) {
      refusePooler();
      checkedForPooler = true;
    }
    if (!take(idle, DEPLOY)) {
      return Optional.of(holder(idle, DEPLOY).orElse("a session that just ended"));
    }
    if (!take(work, WORK)) {
      Optional<String> holder = holder(work, WORK);
      idle.query("select pg_advisory_unlock(%d, %d)".formatted(FAMILY, DEPLOY));
      return Optional.of(
          "the last statement of a deployer that is gone: "
              + holder.orElse("a session that just ended"));
    }
    seen = System.nanoTime();
    var _ =
        keepAlive.scheduleWithFixedDelay(
            this::stayAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    return Optional.empty();
  }

  private static boolean take(MigrationSession session, int lock) {
    return isTrue(
        session.query("select pg_try_advisory_lock(%d, %d) as got".formatted(FAMILY, lock)), "got");
  }

  /**
   * Behind a transaction pooler two sessions of ours may share one of the server's, and one of ours
   * may move from one to another: a lock would be held by whoever comes next.
   */
  private void refusePooler() {
    for (int round = 0; round < 2; round++) {
      String before = backend(idle);
      work.repair("begin");
      String busy = backend(work);
      String after = backend(idle);
      work.repair("commit");
      if (!before.equals(after) || before.equals(busy)) {
        throw PostgresMigrationDialect.pooled(target)
            .withDetail(
                "One session of ours was served by the backends %s and %s, another by %s."
                    .formatted(before, after, busy))
            .exception();
      }
    }
  }

  private static String backend(MigrationSession session) {
    return Objects.toString(
        session.query("select pg_backend_pid() as pid").getFirst().get("pid"), "");
  }

  private void stayAlive() {
    try {
      look();
    } catch (ProblemException e) {
      lost = e;
    }
  }

  private synchronized void look() {
    List<Map<String, @Nullable String>> held =
        idle.query(
            ("select exists (select from pg_locks where locktype = 'advisory' and granted"
                    + " and pid = pg_backend_pid() and classid = %d and objid = %d"
                    + " and objsubid = 2) as held")
                .formatted(FAMILY, DEPLOY));
    if (!isTrue(held, "held")) {
      throw lost("the server says that it is not held any more").exception();
    }
    seen = System.nanoTime();
  }

  @Override
  public void check() {
    ProblemException before = lost;
    if (before != null) {
      throw lost(before.getMessage()).exception(before);
    }
    if (System.nanoTime() - seen < TRUSTED_NANOS) {
      return;
    }
    try {
      look();
    } catch (ProblemException e) {
      throw lost(e.getMessage()).exception(e);
    }
  }

  private Problem lost(@Nullable String why) {
    return Problem.of(
            "MIGRATE_LOCK_LOST", ProblemKind.EXTERNAL, "the deploy lock on " + target + " is lost")
        .withDetail(Objects.toString(why, ""))
        .withRemedy(
            "See that the server runs, and run `undercroft migrate deploy` again: every migration"
                + " is in the database whole, or it goes on where it stopped.");
  }

  /** Who holds one of our locks in this database, for people. */
  static Optional<String> holder(MigrationSession session, int lock) {
    return session
        .query(
            ("select 'pid ' || l.pid || coalesce(' ' || quote_literal(nullif(a.application_name,"
                    + " '')), '') || coalesce(' of role ' || a.usename, '')"
                    + " || coalesce(' from ' || host(a.client_addr), '')"
                    + " || coalesce(', since ' || to_char(a.backend_start at time zone 'UTC',"
                    + " 'YYYY-MM-DD HH24:MI:SS \"UTC\"'), '') as holder"
                    + " from pg_locks l left join pg_stat_activity a on a.pid = l.pid"
                    + " where l.locktype = 'advisory' and l.granted and l.classid = %d"
                    + " and l.objid = %d and l.objsubid = 2 and l.pid <> pg_backend_pid()"
                    + " and l.database = (select oid from pg_database"
                    + " where datname = current_database())")
                .formatted(FAMILY, lock))
        .stream()
        .findFirst()
        .map(row -> String.valueOf(row.get("holder")));
  }

  private static boolean isTrue(List<Map<String, @Nullable String>> rows, String column) {
    return !rows.isEmpty() && "t".equals(rows.getFirst().get(column));
  }

  @Override
  public MigrationSession session() {
    return work;
  }

  @Override
  public void close() {
    keepAlive.shutdownNow();
    work.close();
    idle.close();
  }
}
