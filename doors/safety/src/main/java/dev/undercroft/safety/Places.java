package dev.undercroft.safety;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.SecretStore;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.Project;
import java.nio.file.Path;
import java.util.List;

/** The databases that a scope means, reachable until closed. */
public interface Places extends AutoCloseable {

  /** Project by project. */
  List<Place> all();

  /** Lets go; stops what was started for this verb. */
  @Override
  void close();

  /**
   * One project's database.
   *
   * @param project the project
   * @param admin how a role reaches the database that may read everything, on an embedded server a
   *     superuser
   * @param server whether the server is ours
   * @param state the folder in which the product keeps what it makes at run time, with the folder
   *     {@code secrets} in it
   * @param secrets keeps keys
   */
  record Place(
      Project project, PostgresAddress admin, Server server, Path state, SecretStore secrets) {

    /** Whose server it is. */
    public enum Server {
      /** The product runs it. */
      EMBEDDED,
      /** Somebody else runs it. */
      EXTERNAL
    }
  }

  /** Finds places. Thread-safe implementations only. */
  @FunctionalInterface
  interface Finder {

    /**
     * The databases of a scope; starts an embedded server that does not run.
     *
     * @throws dev.undercroft.base.ProblemException if settings are wrong or no server can be had
     */
    Places open(Scope scope);
  }
}
