package dev.undercroft.bench;

import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Backs up and restores the same PostgreSQL 15 with {@code pg_basebackup}, pgBackRest and this
 * product, each in fresh processes that take turns, and prints the medians as tables. Arguments:
 * {@code one} (a table that is nine tenths of the data) or {@code many} (four hundred tables),
 * megabytes of data (1000), rounds (3).
 */
public final class BackupBench {

  private static final int ROW_BYTES = 430;
  private static final int TABLES = 400;
  private static final int ROUNDS_WITHOUT_COUNT = 1;
  private static final int TRANSACTIONS = 3000;
  private static final int SCALE = 10;
  private static final String BASE = "`pg_basebackup`, server-zstd:";
  private static final String REST = "pgBackRest, zst:";

  private final Map<String, List<Measured>> runs = new LinkedHashMap<>();
  private boolean counts;

  private BackupBench() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    String shape = args.length > 0 ? args[0] : "one";
    int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "undercroft-bench-");
    ServerOptions options =
        ServerOptions.NONE
            .with("wal_level", "replica")
            .with("max_wal_senders", "5")
            .with("shared_buffers", "512MB")
            .with("max_wal_size", "4GB")
            // pgBackRest speaks to servers of its own machine through a socket only.
            .with("unix_socket_directories", folder.toString())
            .withAuthentication("local all all scram-sha-256")
            .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    BackupBench bench = new BackupBench();
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V15, options)) {
      BackupTools tools = new BackupTools(server, folder);
      fill(server, tools, megabytes, shape);
      for (int round = 0; round < rounds + ROUNDS_WITHOUT_COUNT; round++) {
        bench.counts = round >= ROUNDS_WITHOUT_COUNT;
        bench.round(tools);
      }
    } finally {
      BackupTools.delete(folder);
    }
    bench.print(megabytes, shape);
  }

  private void round(BackupTools tools) throws IOException, InterruptedException {
    for (int level : List.of(1, 3)) {
      add(BASE + level, tools.baseBackup(level));
    }
    for (int level : List.of(1, 3)) {
      tools.prepareBackRest(level);
      add(REST + level, tools.backRest("full", tools.backRestRepository()));
    }
    for (String way : List.of("sql", "files")) {
      add("ours, " + way, tools.ours("full", way));
    }
    add("restore, pgBackRest", tools.backRestRestore());
    add("restore, ours", tools.oursRestore());
    tools.transactions(TRANSACTIONS);
    add("increment, pgBackRest", tools.backRest("incr", tools.backRestRepository()));
    for (String way : List.of("sql", "files")) {
      add("increment, ours, " + way, tools.ours("increment", way));
    }
  }

  private void add(String name, Measured run) {
    System.err.println((counts ? "" : "not counted: ") + run.row(name, run));
    if (counts) {
      runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
    }
  }

  private void print(int megabytes, String shape) {
    String data = shape.equals("one") ? "one table with nine tenths" : TABLES + " tables";
    System.out.println(megabytes + " MB, " + data + ":\n");
    System.out.println("| what | seconds | ratio | stored | CPU of the client | its memory |");
    System.out.println("|---|---|---|---|---|---|");
    for (var each : runs.entrySet()) {
      String what = each.getKey();
      String peer =
          what.startsWith("restore")
              ? "restore, pgBackRest"
              : what.startsWith("increment") ? "increment, pgBackRest" : BASE + 1;
      System.out.println(Measured.median(each.getValue()).row(what, Measured.median(of(peer))));
    }
    System.out.println(
        "\nRatios of full backups are to `pg_basebackup` with server-zstd:1, of restores and"
            + " increments to pgBackRest.");
  }

  private List<Measured> of(String name) {
    return java.util.Objects.requireNonNull(runs.get(name));
  }

  private static void fill(PostgresServer server, BackupTools tools, int megabytes, String shape)
      throws SQLException, IOException, InterruptedException {
    long rows = megabytes * 1_000_000L / ROW_BYTES;
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      if (shape.equals("one")) {
        statement.execute("create table docs as " + docs(rows * 9 / 10));
        statement.execute("create table small as select * from docs limit " + rows / 10);
        statement.execute("alter table docs add primary key (id)");
      } else {
        for (int table = 0; table < TABLES; table++) {
          statement.execute("create table docs" + table + " as " + docs(rows / TABLES));
        }
      }
      tools.makeAccounts(SCALE);
      statement.execute("vacuum freeze");
      statement.execute("checkpoint");
    }
  }

  private static String docs(long rows) {
    return "select g as id, jsonb_build_object('name', 'person ' || g % 1000,"
        + " 'mail', md5(g::text) || '@example.org', 'notes', repeat('lorem ipsum ', 15),"
        + " 'tags', array[g % 7, g % 11, g % 13], 'key', md5((g * 7)::text)) as doc"
        + " from generate_series(1, "
        + rows
        + ") g";
  }
}
