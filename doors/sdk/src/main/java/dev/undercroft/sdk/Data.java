package dev.undercroft.sdk;

import dev.undercroft.access.Sessions;
import dev.undercroft.access.Sessions.Access;
import dev.undercroft.access.SqlWork;
import dev.undercroft.access.TenantContext;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The application's own database, through jOOQ. Every call is one transaction: it commits when the
 * work returns and rolls back when it throws. The {@link DSLContext} exists inside the work only,
 * so that a query always says for whom it runs; row policies of the database hold it to that.
 *
 * <pre>{@code
 * List<RoomRecord> mine = data.readTenant(caller.context(), dsl -> dsl.selectFrom(ROOMS).fetch());
 * data.useTenant(caller.context(), dsl -> dsl.insertInto(ROOMS).set(ROOMS.NAME, name).execute());
 * }</pre>
 *
 * <p>A transaction of jOOQ inside the work ({@code dsl.transaction(...)}) is a savepoint of this
 * one. Nothing of the work may be used after it has returned: records keep their values, but cannot
 * be stored or refreshed any more.
 *
 * <p>A statement that fails ends the transaction; it leaves as a {@link
 * dev.undercroft.base.ProblemException} whose cause is the driver's {@link SQLException}. Inside
 * the work it is jOOQ's {@link DataAccessException}, and a work that wants to go on after it runs
 * the statement in {@code dsl.transaction(...)}.
 *
 * <p>Thread-safe; the {@link DSLContext} given to a work is for its thread alone.
 */
public final class Data {

  private final Sessions application;
  private final Sessions system;
  private final Dsl dsl;

  /**
   * Over sessions that somebody else opens and closes.
   *
   * @param application sessions of the role that row policies bind
   * @param system sessions of the role that they do not bind
   */
  public Data(Sessions application, Sessions system) {
    this.application = application;
    this.system = system;
    this.dsl = Dsl.of(application.pool().source().address());
  }

  /** Runs work for a tenant and gives its result. */
  public <R> R withTenant(TenantContext context, Function<DSLContext, R> work) {
    return application.asTenant(context, Access.WRITE, sql(work));
  }

  /** Runs work for a tenant. */
  public void useTenant(TenantContext context, Consumer<DSLContext> work) {
    application.asTenant(context, Access.WRITE, sql(noResult(work)));
  }

  /**
   * Reads for a tenant; the server refuses to write. Each statement sees what was committed before
   * it and costs one message there and one back; for several that must see the same, {@link
   * #snapshotTenant}.
   */
  public <R> R readTenant(TenantContext context, Function<DSLContext, R> work) {
    return application.asTenant(context, Access.READ, sql(work));
  }

  /** Reads for a tenant, every statement of the work from the same state of the database. */
  public <R> R snapshotTenant(TenantContext context, Function<DSLContext, R> work) {
    return application.asTenant(context, Access.SNAPSHOT, sql(work));
  }

  /**
   * Reads for nobody in particular: what the row policies show to everybody, often nothing. The
   * server refuses to write.
   */
  public <R> R readPublic(Function<DSLContext, R> work) {
    return application.withoutTenant(Access.READ, sql(work));
  }

  /**
   * Runs work that no row policy binds and gives its result: sign-up, background jobs, clean-up.
   * Never with a condition that came from a caller alone.
   */
  public <R> R withSystem(Function<DSLContext, R> work) {
    return system.withoutTenant(Access.WRITE, sql(work));
  }

  /** Runs work that no row policy binds. */
  public void useSystem(Consumer<DSLContext> work) {
    system.withoutTenant(Access.WRITE, sql(noResult(work)));
  }

  /** Reads what no row policy binds; the server refuses to write. */
  public <R> R readSystem(Function<DSLContext, R> work) {
    return system.withoutTenant(Access.READ, sql(work));
  }

  private static Function<DSLContext, Boolean> noResult(Consumer<DSLContext> work) {
    return context -> {
      work.accept(context);
      return true;
    };
  }

  /** jOOQ wraps what the driver throws; the session explains the original. */
  private <R> SqlWork<R> sql(Function<DSLContext, R> work) {
    return connection -> {
      try {
        return work.apply(dsl.on(connection));
      } catch (DataAccessException wrapped) {
        SQLException original = wrapped.getCause(SQLException.class);
        if (original != null) {
          throw original;
        }
        throw wrapped;
      }
    };
  }
}
