package dev.undercroft.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an embedded server is to be like. Immutable; start from {@link #in}.
 *
 * @param home the folder that holds everything of the server: data, secrets, logs
 * @param binaries an installation to use in place of the bundled server
 * @param cache where bundled programs are unpacked
 * @param port the TCP port it must have; 0 chooses a free one and remembers it
 * @param maxConnections how many sessions it admits
 */
public record EmbeddedSettings(
    Path home, Optional<Path> binaries, Path cache, int port, int maxConnections) {

  /** Enough for five applications with pools of ten for requests and ten for background work. */
  public static final int DEFAULT_MAX_CONNECTIONS = 200;

  /** The name of the superuser; not that of a schema, which its sessions would look into first. */
  public static final String SUPERUSER = "postgres";

  /** The bundled server in this folder, on a port of its choice. */
  public static EmbeddedSettings in(Path home) {
    return new EmbeddedSettings(
        home.toAbsolutePath().normalize(),
        Optional.empty(),
        CacheFolder.ofThisProcess(),
        0,
        DEFAULT_MAX_CONNECTIONS);
  }

  /** A copy with an installation to use in place of the bundled server. */
  public EmbeddedSettings withBinaries(Path installation) {
    return new EmbeddedSettings(home, Optional.of(installation), cache, port, maxConnections);
  }

  /** A copy with another cache. */
  public EmbeddedSettings withCache(Path folder) {
    return new EmbeddedSettings(home, binaries, folder, port, maxConnections);
  }

  /** A copy with a port it must have; 0 for one of its choice. */
  public EmbeddedSettings withPort(int number) {
    return new EmbeddedSettings(home, binaries, cache, number, maxConnections);
  }

  /** A copy with another number of sessions. */
  public EmbeddedSettings withMaxConnections(int number) {
    return new EmbeddedSettings(home, binaries, cache, port, number);
  }
}
