package dev.undercroft.plan;

import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a plan. Immutable.
 *
 * @param subject the object it is about
 * @param sql the statement, without a semicolon at its end
 * @param lock the strongest lock it takes on a table that exists already
 * @param work what it does under that lock
 * @param transaction how it stands to transactions
 * @param warnings what can go wrong; empty when nothing can
 */
public record Step(
    ObjectId subject,
    String sql,
    Lock lock,
    Work work,
    Transaction transaction,
    List<Warning> warnings) {

  /** Copies the warnings. */
  public Step {
    warnings = List.copyOf(warnings);
  }

  /** A statement that only touches the system tables and nothing that anybody waits for. */
  public static Step of(ObjectId subject, String sql) {
    return new Step(subject, sql, Lock.NONE, Work.CATALOG, Transaction.SHARED, List.of());
  }

  /** The same statement under this lock. */
  public Step locking(Lock strongest) {
    return new Step(subject, sql, strongest, work, transaction, warnings);
  }

  /** The same statement with this much to do. */
  public Step working(Work much) {
    return new Step(subject, sql, lock, much, transaction, warnings);
  }

  /** The same statement in this sort of transaction. */
  public Step in(Transaction mode) {
    return new Step(subject, sql, lock, work, mode, warnings);
  }

  /** The same statement with these warnings. */
  public Step with(List<Warning> others) {
    return new Step(subject, sql, lock, work, transaction, others);
  }

  /** The same statement with one more warning. */
  public Step warning(Hazard hazard, String sentence) {
    return warning(new Warning(hazard, sentence));
  }

  /** The same statement with one more warning. */
  public Step warning(Warning warning) {
    List<Warning> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Step(subject, sql, lock, work, transaction, more);
  }
}
