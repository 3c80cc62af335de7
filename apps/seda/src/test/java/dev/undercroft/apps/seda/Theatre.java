package dev.undercroft.apps.seda;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;

/** seda.fm on stage. */
final class Theatre {

  private Theatre() {}

  static Stage open(PostgresDatabase database, Path folder) throws Exception {
    InstalledProject project =
        InstalledProject.migrated(database, "seda", Path.of("").toAbsolutePath());
    return new Stage(project, new Seda(), folder);
  }
}
