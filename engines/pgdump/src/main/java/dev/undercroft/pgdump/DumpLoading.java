package dev.undercroft.pgdump;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Restores what {@link DatabaseDump#toFile} wrote, without {@code psql}: in one transaction, which
 * is rolled back at the first error or when the dump does not come to its end. Used once.
 */
public final class DumpLoading {

  private static final int BUFFER = 1 << 16;
  private static final String END = "-- complete";
  private static final String COPY_END = " FROM stdin;";

  private final Connection connection;
  private final StringBuilder pending = new StringBuilder();
  private boolean complete;
  private int tables;
  private long rows;

  /**
   * Nothing is done yet.
   *
   * @param connection to an empty database; its auto-commit mode is switched off
   */
  public DumpLoading(Connection connection) {
    this.connection = connection;
  }

  /**
   * What came back. Immutable.
   *
   * @param tables how many tables had their rows in the dump
   * @param rows how many rows
   */
  public record Loaded(int tables, long rows) {}

  /**
   * Loads a dump.
   *
   * @param sql the dump's text in UTF-8; not closed
   * @throws ProblemException {@code PGDUMP_NOT_LOADED} with what the database said, {@code
   *     PGDUMP_NOT_COMPLETE} when the dump breaks off; then nothing was changed
   */
  public Loaded load(InputStream sql) throws IOException {
    try {
      connection.setAutoCommit(false);
      try {
        read(new BufferedInputStream(sql, BUFFER));
        requireEnd();
        connection.commit();
        return new Loaded(tables, rows);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw Problem.of(
              "PGDUMP_NOT_LOADED", ProblemKind.EXTERNAL, "the database refused a part of the dump")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy(
              "Nothing was changed. Restore into an empty database of the same major version,"
                  + " where the roles exist that the dump names.")
          .exception(e);
    }
  }

  private void requireEnd() {
    if (!complete) {
      throw Problem.of("PGDUMP_NOT_COMPLETE", ProblemKind.EXTERNAL, "the dump breaks off")
          .withDetail("Its last line, '" + END + "', is missing.")
          .withRemedy("Nothing was changed. Use another dump.")
          .exception();
    }
  }

  private void read(InputStream in) throws IOException, SQLException {
    byte[] bytes = line(in);
    while (bytes.length > 0) {
      String line = new String(bytes, StandardCharsets.UTF_8);
      if (line.startsWith("COPY ") && line.stripTrailing().endsWith(COPY_END)) {
        flush();
        copy(line.stripTrailing(), in);
      } else {
        complete = line.stripTrailing().equals(END);
        pending.append(line);
      }
      bytes = line(in);
    }
    flush();
  }

  private void flush() throws SQLException {
    if (!pending.toString().isBlank()) {
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(pending.toString());
      }
    }
    pending.setLength(0);
  }

  private void copy(String line, InputStream in) throws IOException, SQLException {
    String statement = line.substring(0, line.length() - 1);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      byte[] row = line(in);
      while (row.length > 0 && !isEnd(row)) {
        copy.writeToCopy(row, 0, row.length);
        row = line(in);
      }
      rows += copy.endCopy();
      tables++;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static boolean isEnd(byte[] row) {
    return row.length >= 2 && row[0] == '\\' && row[1] == '.';
  }

  /** A line with its end; empty at the end of the file. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int letter = in.read();
    while (letter >= 0) {
      line.write(letter);
      if (letter == '\n') {
        return line.toByteArray();
      }
      letter = in.read();
    }
    return line.toByteArray();
  }
}
