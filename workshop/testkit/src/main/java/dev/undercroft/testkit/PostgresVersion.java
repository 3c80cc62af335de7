package dev.undercroft.testkit;

import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.embedded.ServerBinaries;
import java.nio.file.Files;
import java.nio.file.Path;

/** The servers of the testkit. */
public enum PostgresVersion {
  /** The oldest supported server, from the system's packages. */
  V15(15),
  /** The bundled server. */
  V18(18);

  private static final String DEBIAN = "/usr/lib/postgresql/";

  private final int major;

  PostgresVersion(int major) {
    this.major = major;
  }

  /** The major version, 15 or 18. */
  public int major() {
    return major;
  }

  /**
   * The programs of this server.
   *
   * @throws AssertionError if they are not installed
   */
  public ServerBinaries binaries() {
    if (this == V18) {
      return ServerBinaries.bundled(CacheFolder.ofThisProcess());
    }
    Path home = Path.of(DEBIAN + major);
    if (!Files.isExecutable(home.resolve("bin/postgres"))) {
      throw new AssertionError(
          "the tests need PostgreSQL "
              + major
              + " as an external server at "
              + home
              + ": apt-get install --no-install-recommends postgresql-"
              + major);
    }
    return ServerBinaries.installedAt(home);
  }
}
