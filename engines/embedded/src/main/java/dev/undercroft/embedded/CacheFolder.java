package dev.undercroft.embedded;

import java.nio.file.Path;
import java.util.Map;

/** Decides where unpacked programs are kept. Pure. */
public final class CacheFolder {

  private CacheFolder() {}

  /**
   * {@code UNDERCROFT_CACHE}, else for root {@code /var/cache/undercroft} (the server runs as
   * another user, who must reach it), else {@code XDG_CACHE_HOME/undercroft}, else {@code
   * ~/.cache/undercroft}. Source of the XDG rule: the XDG Base Directory Specification 0.8.
   *
   * @param environment the environment of the process
   * @param home the user's home folder
   * @param root whether the process runs as root
   */
  public static Path choose(Map<String, String> environment, Path home, boolean root) {
    String own = environment.getOrDefault("UNDERCROFT_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    if (root) {
      return Path.of("/var/cache/undercroft");
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".cache");
    return base.resolve("undercroft");
  }

  /** The cache folder of the user who runs this process. */
  public static Path ofThisProcess() {
    return choose(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        ServerAccount.current().isSwitched());
  }
}
