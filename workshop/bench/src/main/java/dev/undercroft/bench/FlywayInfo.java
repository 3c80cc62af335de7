package dev.undercroft.bench;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** What Flyway says is applied, as a command of its own: measured from process start to exit. */
public final class FlywayInfo {

  private FlywayInfo() {}

  /** Arguments: folder of migrations, JDBC URL, user; applies what is pending before it tells. */
  public static void main(String[] args) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(args[1], args[2], "")
            .locations("filesystem:" + args[0])
            .load();
    if (flyway.info().pending().length > 0) {
      flyway.migrate();
    }
    for (MigrationInfo one : flyway.info().all()) {
      System.out.println(one.getVersion() + " " + one.getState());
    }
  }
}
