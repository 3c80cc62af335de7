package dev.undercroft.pgbackup;

import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.backup.WalSegment;
import dev.undercroft.backup.WalSource;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The write-ahead log of a running server over the streaming replication protocol (PostgreSQL
 * documentation, "Streaming Replication Protocol") with a physical slot of its own, so that the
 * server keeps what is not yet durable here. Thread-safe; the streams are not.
 */
public final class WalStreaming implements WalSource {

  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);

  private final Connections replication;
  private final Connections ordinary;
  private final String slot;

  /**
   * A source.
   *
   * @param replication opens connections in physical replication mode ({@code replication=true},
   *     simple query mode)
   * @param ordinary opens ordinary connections
   * @param slot name of the slot; made when it is missing
   */
  public WalStreaming(Connections replication, Connections ordinary, String slot) {
    this.replication = replication;
    this.ordinary = ordinary;
    this.slot = slot;
  }

  @Override
  public Position current() {
    String query =
        """
        select (select timeline_id from pg_catalog.pg_control_checkpoint()),
               (select system_identifier from pg_catalog.pg_control_system())::text,
               pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size'))::int,
               pg_catalog.pg_current_wal_flush_lsn()::text
        """;
    try (Connection connection = ordinary.open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return new Position(
          row.getInt(1), row.getString(2), row.getInt(3), Lsn.parse(row.getString(4)));
    } catch (SQLException e) {
      throw SqlBackupSource.refused("tell where its log is", e);
    }
  }

  @Override
  public Optional<byte[]> history(int timeline) {
    String file = String.format("pg_wal/%08X.history", timeline);
    try (Connection connection = ordinary.open();
        PreparedStatement statement =
            connection.prepareStatement(
                "select pg_catalog.pg_read_binary_file(?, 0, 1048576, true)")) {
      statement.setString(1, file);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getBytes(1));
      }
    } catch (SQLException e) {
      throw SqlBackupSource.refused("hand out " + file, e);
    }
  }

  @Override
  public Keeping keep() {
    try (Connection connection = ordinary.open()) {
      Optional<Keeping> there = slot(connection);
      if (there.isPresent()) {
        return there.get();
      }
      dropLost(connection);
      try (PreparedStatement make =
          connection.prepareStatement(
              "select pg_catalog.pg_create_physical_replication_slot(?, true)")) {
        make.setString(1, slot);
        make.execute();
      }
      Lsn from = slot(connection).map(Keeping::from).orElseGet(() -> current().flushed());
      return new Keeping(Keeping.Before.NOTHING, from);
    } catch (SQLException e) {
      throw SqlBackupSource.refused("make the replication slot " + slot, e);
    }
  }

  /** The slot, unless the server has thrown away log that it was to keep. */
  private Optional<Keeping> slot(Connection connection) throws SQLException {
    String query =
        """
        select active, restart_lsn::text from pg_catalog.pg_replication_slots
         where slot_name = ? and restart_lsn is not null and wal_status <> 'lost'
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, slot);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Keeping(
                row.getBoolean(1) ? Keeping.Before.RECEIVED : Keeping.Before.KEPT,
                Lsn.parse(row.getString(2))));
      }
    }
  }

  private void dropLost(Connection connection) throws SQLException {
    try (PreparedStatement drop =
        connection.prepareStatement(
            """
            select pg_catalog.pg_drop_replication_slot(slot_name)
              from pg_catalog.pg_replication_slots where slot_name = ? and not active
            """)) {
      drop.setString(1, slot);
      drop.execute();
    }
  }

  @Override
  public void release() {
    try (Connection connection = ordinary.open()) {
      dropLost(connection);
    } catch (SQLException e) {
      throw SqlBackupSource.refused("drop the replication slot " + slot, e);
    }
  }

  /**
   * Lets the server throw away the log that receivers of this kind have asked it to keep and no
   * longer receive.
   *
   * @throws dev.undercroft.base.ProblemException when the server refuses
   */
  public static void releaseAll(Connections connections) {
    String query =
        """
        select pg_catalog.pg_drop_replication_slot(slot_name)
          from pg_catalog.pg_replication_slots
         where slot_type = 'physical' and slot_name ~ '^undercroft_[0-9a-f]{8}$' and not active
        """;
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      statement.execute(query);
    } catch (SQLException e) {
      throw SqlBackupSource.refused("drop unused replication slots", e);
    }
  }

  @Override
  public Optional<byte[]> segment(WalSegment segment) {
    try (Connection connection = ordinary.open();
        PreparedStatement statement =
            connection.prepareStatement("select pg_catalog.pg_read_binary_file(?, 0, ?, true)")) {
      statement.setString(1, "pg_wal/" + segment.name());
      statement.setLong(2, segment.size());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getBytes(1)).filter(all -> all.length == segment.size());
      }
    } catch (SQLException e) {
      throw SqlBackupSource.refused("hand out " + segment.name(), e);
    }
  }

  @Override
  public WalSource.Stream open(Lsn from) {
    Connection connection = null;
    try {
      connection = replication.open();
      PGReplicationStream stream =
          connection
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .replicationStream()
              .physical()
              .withSlotName(slot)
              .withStartPosition(LogSequenceNumber.valueOf(from.value()))
              .withStatusInterval((int) STATUS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
              .start();
      return new Stream(connection, stream, ordinary);
    } catch (SQLException e) {
      close(connection);
      throw SqlBackupSource.refused("stream its log from " + from, e);
    }
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException alreadyBroken) {
      // The slot keeps what was not acknowledged.
    }
  }

  private static final class Stream implements WalSource.Stream {
    private final Connection connection;
    private final PGReplicationStream stream;
    private final Connections ordinary;
    private @Nullable Connection asking;

    Stream(Connection connection, PGReplicationStream stream, Connections ordinary) {
      this.connection = connection;
      this.stream = stream;
      this.ordinary = ordinary;
    }

    @Override
    public @Nullable Chunk poll() {
      try {
        ByteBuffer bytes = stream.readPending();
        if (bytes == null) {
          if (stream.isClosed()) {
            // The server ends the stream when it leaves the timeline.
            throw new SQLException("the server ended the stream", "08006");
          }
          return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        // The driver reports the position behind the last byte it has handed out.
        long end = stream.getLastReceiveLSN().asLong();
        return new Chunk(new Lsn(end - copy.length), copy);
      } catch (SQLException e) {
        throw SqlBackupSource.refused("go on streaming its log", e);
      }
    }

    @Override
    public WalArchive.Mark pulse() {
      String query =
          """
          select pg_catalog.clock_timestamp(), timeline_id,
                 pg_catalog.pg_current_wal_flush_lsn()::text
            from pg_catalog.pg_control_checkpoint()
          """;
      try {
        Connection open = asking;
        if (open == null) {
          open = ordinary.open();
          asking = open;
        }
        try (Statement statement = open.createStatement();
            ResultSet row = statement.executeQuery(query)) {
          row.next();
          return new WalArchive.Mark(
              row.getObject(1, OffsetDateTime.class).toInstant(),
              row.getInt(2),
              Lsn.parse(row.getString(3)));
        }
      } catch (SQLException e) {
        throw SqlBackupSource.refused("tell where its log is", e);
      }
    }

    @Override
    public void durable(Lsn until) {
      try {
        LogSequenceNumber position = LogSequenceNumber.valueOf(until.value());
        stream.setFlushedLSN(position);
        stream.setAppliedLSN(position);
        stream.forceUpdateStatus();
      } catch (SQLException e) {
        throw SqlBackupSource.refused("take the acknowledgement", e);
      }
    }

    @Override
    public void close() {
      WalStreaming.close(asking);
      WalStreaming.close(connection);
    }
  }
}
