package dev.undercroft.pgbackup;

import dev.undercroft.backup.BackupSession;
import dev.undercroft.backup.BackupSource;
import dev.undercroft.backup.FileKind;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.PageReader;
import dev.undercroft.backup.SourceFile;
import dev.undercroft.backup.StartPoint;
import dev.undercroft.backup.StopPoint;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Reads a running server's data directory through SQL: {@code pg_backup_start}, {@code
 * pg_read_binary_file} on as many connections as there are workers, {@code pg_backup_stop}
 * (PostgreSQL documentation, "Making a Base Backup Using the Low Level API" and "Generic File
 * Access Functions"). The user must be a superuser, or have EXECUTE on those functions and be a
 * member of {@code pg_read_server_files}. Thread-safe.
 */
public final class SqlBackupSource implements BackupSource {

  /** One query for the whole tree; a file that vanishes meanwhile simply has no row. */
  private static final String LISTING =
      """
      with recursive tree(path, size, isdir) as (
        select name, stat.size, stat.isdir
          from pg_catalog.pg_ls_dir('.', true, false) as name,
               lateral pg_catalog.pg_stat_file(name, true) as stat
        union all
        select tree.path || '/' || name, stat.size, stat.isdir
          from tree,
               lateral pg_catalog.pg_ls_dir(tree.path, true, false) as name,
               lateral pg_catalog.pg_stat_file(tree.path || '/' || name, true) as stat
         where tree.isdir and tree.path not in
           ('pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots',
            'pg_subtrans', 'pg_stat_tmp')
      )
      select path, size, isdir from tree where size is not null
      """;

  private final Connections connections;
  private final Optional<Path> data;

  /** A source on the server that these connections reach. */
  public SqlBackupSource(Connections connections) {
    this(connections, Optional.empty());
  }

  /**
   * A source on a server of this machine, whose files are read as files.
   *
   * @param data the server's data directory, readable for this process; empty to read through SQL
   */
  public SqlBackupSource(Connections connections, Optional<Path> data) {
    this.connections = connections;
    this.data = data;
  }

  @Override
  public BackupSession begin(String label) {
    Connection connection = null;
    try {
      connection = connections.open();
      quiet(connection);
      return new Session(connection, startPoint(connection, label));
    } catch (SQLException e) {
      close(connection);
      throw refused("begin a backup", e);
    }
  }

  /** Time limits of the role or database must not end a backup. */
  private static void quiet(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = 0");
      statement.execute("set lock_timeout = 0");
      statement.execute("set idle_session_timeout = 0");
      statement.execute("set idle_in_transaction_session_timeout = 0");
    }
  }

  private static StartPoint startPoint(Connection connection, String label) throws SQLException {
    String lsn;
    try (PreparedStatement start =
        connection.prepareStatement("select pg_catalog.pg_backup_start(?, true)")) {
      start.setString(1, label);
      lsn = single(start);
    }
    String facts =
        """
        select (select timeline_id from pg_catalog.pg_control_checkpoint()),
               (select system_identifier from pg_catalog.pg_control_system())::text,
               pg_catalog.current_setting('server_version_num')::int,
               pg_catalog.current_setting('data_checksums') = 'on',
               pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size'))::int,
               pg_catalog.clock_timestamp()
        """;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(facts)) {
      row.next();
      return new StartPoint(
          Lsn.parse(lsn),
          row.getInt(1),
          row.getString(2),
          row.getInt(3),
          row.getBoolean(4),
          row.getInt(5),
          row.getObject(6, OffsetDateTime.class).toInstant());
    }
  }

  private static String single(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException alreadyBroken) {
      // The server ends a backup itself when the session is gone; nothing is left to do.
    }
  }

  static ProblemException refused(String what, SQLException e) {
    boolean rights = "42501".equals(e.getSQLState());
    String remedy =
        rights
            ? "Back up as a superuser, or grant pg_read_server_files and EXECUTE on pg_backup_start, pg_backup_stop, pg_ls_dir, pg_stat_file and pg_read_binary_file."
            : "Check that the server runs and that the address is not a pooler's; nothing was stored.";
    return Problem.of(
            "BACKUP_SERVER_REFUSED",
            ProblemKind.EXTERNAL,
            "the server did not " + what + ": " + e.getMessage())
        .withRemedy(remedy)
        .with("sqlstate", String.valueOf(e.getSQLState()))
        .exception(e);
  }

  private final class Session implements BackupSession {
    private final Connection connection;
    private final StartPoint start;

    Session(Connection connection, StartPoint start) {
      this.connection = connection;
      this.start = start;
    }

    @Override
    public StartPoint start() {
      return start;
    }

    @Override
    public List<SourceFile> files() {
      List<SourceFile> files = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(LISTING)) {
        while (rows.next()) {
          String path = rows.getString(1);
          FileKind kind = FileKind.of(path);
          if (rows.getBoolean(3)) {
            kind = kind == FileKind.SKIPPED ? kind : FileKind.EMPTY_FOLDER;
          }
          files.add(new SourceFile(path, rows.getBoolean(3) ? 0 : rows.getLong(2), kind));
        }
      } catch (SQLException e) {
        throw refused("list its files", e);
      }
      return files;
    }

    @Override
    public PageReader reader() {
      if (data.isPresent()) {
        return new FilePageReader(data.get());
      }
      try {
        return new SqlPageReader(connections.open());
      } catch (SQLException e) {
        throw refused("open a further connection", e);
      }
    }

    @Override
    public StopPoint stop() {
      String query =
          "select lsn::text, labelfile, spcmapfile, pg_catalog.clock_timestamp() from pg_catalog.pg_backup_stop(false)";
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return new StopPoint(
            Lsn.parse(row.getString(1)),
            row.getString(2),
            row.getString(3) == null ? "" : row.getString(3),
            row.getObject(4, OffsetDateTime.class).toInstant());
      } catch (SQLException e) {
        throw refused("end the backup", e);
      }
    }

    @Override
    public void close() {
      SqlBackupSource.close(connection);
    }
  }

  private static final class SqlPageReader implements PageReader {
    private final Connection connection;
    private final PreparedStatement read;

    SqlPageReader(Connection connection) throws SQLException {
      this.connection = connection;
      quiet(connection);
      this.read =
          connection.prepareStatement("select pg_catalog.pg_read_binary_file(?, ?, ?, true)");
      // Binary from the first call on: bytea as text would cost twice the bytes and the time.
      read.unwrap(PGStatement.class).setPrepareThreshold(-1);
    }

    @Override
    public byte @Nullable [] read(String path, long offset, int length) {
      try {
        read.setString(1, path);
        read.setLong(2, offset);
        read.setLong(3, length);
        try (ResultSet row = read.executeQuery()) {
          row.next();
          return row.getBytes(1);
        }
      } catch (SQLException e) {
        throw refused("read " + path, e);
      }
    }

    @Override
    public void close() {
      SqlBackupSource.close(connection);
    }
  }
}
