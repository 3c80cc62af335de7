package dev.undercroft.contracts;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A deployer in a process of its own, to be killed: says each step it reaches, and at one of them
 * stops for ever.
 */
final class KilledDeployer {

  private KilledDeployer() {}

  /**
   * Arguments: port, database, user, password, project folder, and at which step to stop; 0 stops
   * nowhere.
   */
  public static void main(String[] args) {
    PostgresAddress address =
        new PostgresAddress(
            List.of(new HostPort("127.0.0.1", Integer.parseInt(args[0]))),
            args[1],
            args[2],
            Secret.of(args[3]),
            Map.of());
    int stop = Integer.parseInt(args[5]);
    int[] step = {0};
    new Migrations(
            PostgresTarget.dialect(address),
            MigrationLayout.of(Path.of(args[4])),
            MigrationOptions.DEFAULT.withAppliedBy("killed"))
        .deploy((what, done, total) -> {
          step[0]++;
          System.out.println("step " + step[0] + " " + what);
          if (step[0] == stop) {
            System.out.println("stopped");
            waitToBeKilled();
          }
        });
    System.out.println("finished");
  }

  private static void waitToBeKilled() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
