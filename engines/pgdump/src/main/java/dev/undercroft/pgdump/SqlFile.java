package dev.undercroft.pgdump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A file of SQL being written. Not thread-safe. */
final class SqlFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Counting out;

  SqlFile(Path file) throws IOException {
    this.out = new Counting(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void statement(String sql) {
    text("\n" + sql + ";\n");
  }

  /** Writes the rows of a table; gives their number. */
  long rows(Connection connection, DumpPlan.Rows table) throws IOException, SQLException {
    text("\n" + table.copy() + " FROM stdin;\n");
    long rows =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(table.copy() + " TO STDOUT", out);
    text("\\.\n");
    return rows;
  }

  long bytes() {
    return out.count;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static final class Counting extends OutputStream {
    private final OutputStream to;
    private long count;

    Counting(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int letter) throws IOException {
      to.write(letter);
      count++;
    }

    @Override
    public void write(byte[] letters, int from, int length) throws IOException {
      to.write(letters, from, length);
      count += length;
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
