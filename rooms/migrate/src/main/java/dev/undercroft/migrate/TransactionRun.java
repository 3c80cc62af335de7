package dev.undercroft.migrate;

import dev.undercroft.sql.Statement;
import java.util.List;

/**
 * One transaction to carry out. Immutable.
 *
 * @param body the statements of the file
 * @param rules the rules they run under
 * @param record what to write down in the same transaction, after the body
 * @param durability whether it is safe on disk when the call returns
 */
public record TransactionRun(
    List<Statement> body, RunRules rules, List<String> record, Durability durability) {

  /** Copies the lists. */
  public TransactionRun {
    body = List.copyOf(body);
    record = List.copyOf(record);
  }

  /** When a transaction has to be safe on disk. */
  public enum Durability {
    /** Before the call returns. */
    NOW,
    /** With the next transaction that is; until then a crash of the server may undo it whole. */
    WITH_THE_NEXT
  }
}
