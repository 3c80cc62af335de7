package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What runs and where; printed at start and answered by {@code status}.
 *
 * @param address where HTTP is served, for example {@code http://localhost:8000}
 * @param tokenFile the file that holds the operator token
 * @param server the database server, for example {@code PostgreSQL 18.6, embedded, port 54321}
 * @param psql how {@code psql} reaches the embedded server as its superuser; the URL names the file
 *     of passwords and holds none. Empty text when the server is external
 * @param data the data directory of the embedded server; the project's folder when the server is
 *     external
 * @param projects each project that is served
 * @param took from the command to the first healthy answer
 */
public record InstanceSummary(
    String address,
    Path tokenFile,
    String server,
    String psql,
    Path data,
    List<ServedProject> projects,
    Duration took) {

  /** Copies the list. */
  public InstanceSummary {
    projects = List.copyOf(projects);
  }

  /**
   * One project that is served.
   *
   * @param name the project's name
   * @param title the name for people
   * @param database the name of its database
   * @param url how {@code psql} reaches it, without the password
   * @param passwordFile the file that holds the password for {@code url}; the project's folder when
   *     there is none
   * @param migrationsApplied how many migrations are applied
   * @param migrationsRunNow how many of them this start applied
   * @param seeded whether this start ran the seeds
   */
  public record ServedProject(
      String name,
      String title,
      String database,
      String url,
      Path passwordFile,
      int migrationsApplied,
      int migrationsRunNow,
      boolean seeded) {}
}
