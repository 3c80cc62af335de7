package dev.undercroft.migrate;

import java.util.OptionalInt;

/** A statement of a file failed, or the end of its transaction. */
public final class StatementFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** Where the failure is when it is in none of the file's statements. */
  public static final int AT_THE_END = -1;

  private final int statement;
  private final int offset;
  private final transient ServerError error;

  /**
   * A failure.
   *
   * @param statement which of the statements, from 0, or {@link #AT_THE_END}
   * @param offset where in the file, in UTF-16 units; empty when the server does not say
   * @param error what the server says
   */
  public StatementFailure(int statement, OptionalInt offset, ServerError error, Throwable cause) {
    super(error.message(), cause);
    this.statement = statement;
    this.offset = offset.orElse(-1);
    this.error = error;
  }

  /** Which of the statements, from 0, or {@link #AT_THE_END}. */
  public int statement() {
    return statement;
  }

  /** Where in the file, in UTF-16 units; empty when the server does not say. */
  public OptionalInt offset() {
    return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
  }

  /** What the server says. */
  public ServerError error() {
    return error;
  }

  /** What kind of failure it is, as far as a deployer cares. */
  public enum Reason {
    /** A lock was not to be had in time, or a deadlock was broken: may well work next time. */
    LOCKED,
    /** It ran longer than it may. */
    TOO_LONG,
    /** The connection ended; nobody told whether the statement did. */
    CONNECTION_LOST,
    /** The server refuses it inside a transaction. */
    NOT_IN_TRANSACTION,
    /** It would make something that is there already. */
    EXISTS_ALREADY,
    /** Everything else: the statement is wrong for this database. */
    REFUSED
  }

  /**
   * What a server says about a failed statement. Immutable.
   *
   * @param reason what kind of failure it is
   * @param sqlState the five characters of the SQL standard, or the engine's own code
   * @param message the server's one line
   * @param detail further facts; may be empty
   * @param hint the server's advice; may be empty
   */
  public record ServerError(
      Reason reason, String sqlState, String message, String detail, String hint) {}
}
