package dev.undercroft.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server's configuration files, as text. Pure. A person's own settings belong into {@code ALTER
 * SYSTEM}: that file is read later and wins.
 */
record ServerConfiguration(ServerBinaries binaries, ServerPlace place, EmbeddedSettings settings) {

  /** The file that {@code postgresql.conf} includes. */
  static final String FILE = "undercroft.conf";

  private static final long MB = 1L << 20;
  private static final int FIRST_WITH_WAL_SUMMARIES = 17;

  /** Passwords from everywhere: the Unix socket too, so that no local user is believed. */
  String authentication() {
    return """
    # Written by Undercroft at every start.
    local all all scram-sha-256
    local replication all scram-sha-256
    host all all 127.0.0.1/32 scram-sha-256
    host all all ::1/128 scram-sha-256
    host replication all 127.0.0.1/32 scram-sha-256
    host replication all ::1/128 scram-sha-256
    """;
  }

  String configuration(MachineFacts machine) {
    Map<String, String> lines = new LinkedHashMap<>();
    connections(lines);
    memory(lines, machine.memoryBytes());
    durability(lines);
    measurements(lines);
    logging(lines);
    StringBuilder text =
        new StringBuilder("# Written by Undercroft at every start; change it by ALTER SYSTEM.\n");
    lines.forEach((name, value) ->
        text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    return text.toString();
  }

  private void connections(Map<String, String> lines) {
    lines.put("listen_addresses", "127.0.0.1,::1");
    lines.put("unix_socket_directories", place.socket().toString());
    lines.put("max_connections", String.valueOf(settings.maxConnections()));
    lines.put("superuser_reserved_connections", "5");
    lines.put("password_encryption", "scram-sha-256");
    lines.put("cluster_name", "undercroft");
    lines.put("timezone", "UTC");
    lines.put("lc_messages", "C");
  }

  /** An eighth for the buffers, so that the applications beside the server have room. */
  private void memory(Map<String, String> lines, long memory) {
    lines.put("shared_buffers", megabytes(memory / 8, 64 * MB, 8192 * MB));
    lines.put("effective_cache_size", megabytes(memory / 2, 128 * MB, 1L << 40));
    lines.put("maintenance_work_mem", megabytes(memory / 32, 64 * MB, 1024 * MB));
    lines.put(
        "work_mem",
        megabytes(memory / 4 / Math.max(1, settings.maxConnections()), 4 * MB, 64 * MB));
    lines.put("random_page_cost", "1.1");
  }

  private static String megabytes(long bytes, long least, long most) {
    return Math.clamp(bytes, least, most) / MB + "MB";
  }

  private void durability(Map<String, String> lines) {
    lines.put("wal_level", "logical");
    lines.put("max_wal_senders", "10");
    lines.put("max_replication_slots", "20");
    if (binaries.major() >= FIRST_WITH_WAL_SUMMARIES) {
      lines.put("summarize_wal", "on");
    }
    lines.put("wal_compression", "pglz");
    lines.put("min_wal_size", "80MB");
    lines.put("max_wal_size", "2GB");
  }

  private void measurements(Map<String, String> lines) {
    lines.put("shared_preload_libraries", "pg_stat_statements");
    lines.put("pg_stat_statements.max", "10000");
    lines.put("track_io_timing", "on");
    lines.put("track_functions", "pl");
  }

  /** Values of statements never reach the log: no statement text, no details of constraints. */
  private void logging(Map<String, String> lines) {
    lines.put("logging_collector", "on");
    lines.put("log_directory", place.logs().toString());
    lines.put("log_filename", ServerLog.FILE_NAME);
    lines.put("log_file_mode", "0640");
    lines.put("log_rotation_age", "1d");
    lines.put("log_rotation_size", "10MB");
    lines.put("log_timezone", "UTC");
    lines.put("log_line_prefix", "%m [%p] %q%u@%d %a ");
    lines.put("log_error_verbosity", "terse");
    lines.put("log_min_error_statement", "panic");
    lines.put("log_parameter_max_length", "0");
    lines.put("log_parameter_max_length_on_error", "0");
    lines.put("log_lock_waits", "on");
    lines.put("log_statement", "none");
    lines.put("log_min_duration_statement", "-1");
  }
}
