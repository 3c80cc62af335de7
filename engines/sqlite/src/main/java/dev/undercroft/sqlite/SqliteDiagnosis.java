package dev.undercroft.sqlite;

import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means, by its result code. */
record SqliteDiagnosis(SqliteAddress address) {

  static final String BUSY = "SQLITE_LOCKED";

  Problem of(SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException own
            ? own.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return byCode(code, failure).with("result", code.name()).with("address", address.display());
  }

  private Problem byCode(SQLiteErrorCode code, SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_NOTADB ->
          problem("SQLITE_NOT_A_DATABASE", ProblemKind.INPUT, "is not a SQLite database")
              .withRemedy("Correct the path in the URL; the file was not touched.");
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          problem("SQLITE_CANNOT_OPEN", ProblemKind.EXTERNAL, "cannot be opened")
              .withRemedy("Check owner and permissions of the file and of its folder.");
      case SQLITE_READONLY ->
          problem("SQLITE_READ_ONLY", ProblemKind.CONFLICT, "can only be read here")
              .withRemedy(
                  "Write in a writing transaction; or check permissions of file and folder, and"
                      + " mode=ro in the URL.");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          problem(
                  BUSY,
                  ProblemKind.CONFLICT,
                  "was locked by another writer for " + address.busyTimeout().toSeconds() + " s")
              .withRemedy("Try again; or give it more time with busy_timeout in the URL.");
      case SQLITE_FULL ->
          problem("SQLITE_DISK_FULL", ProblemKind.EXHAUSTED, "cannot grow: the disk is full")
              .withRemedy("Free space, then try again; nothing is lost.");
      case SQLITE_CORRUPT ->
          problem("SQLITE_CORRUPT", ProblemKind.EXTERNAL, "is damaged")
              .withRemedy("Restore it from a backup; PRAGMA integrity_check says what is wrong.");
      case SQLITE_IOERR ->
          problem("SQLITE_IO", ProblemKind.EXTERNAL, "could not be read or written")
              .withRemedy("Check the disk and its mount.");
      case SQLITE_CONSTRAINT ->
          Problem.of(
              "SQLITE_CONSTRAINT",
              ProblemKind.CONFLICT,
              "the statement breaks a constraint of a" + " table (" + code.name() + ")");
      case SQLITE_INTERRUPT ->
          Problem.of("SQLITE_CANCELED", ProblemKind.EXTERNAL, "the statement was canceled");
      default -> refused(code, failure);
    };
  }

  private static Problem refused(SQLiteErrorCode code, SQLException failure) {
    return Problem.of(
            "SQLITE_STATEMENT_FAILED",
            ProblemKind.INTERNAL,
            "SQLite refused a statement with " + code.name())
        .withDetail(SqliteErrors.error(failure).message());
  }

  private Problem problem(String code, ProblemKind kind, String what) {
    return Problem.of(code, kind, "the database " + address.display() + " " + what);
  }
}
