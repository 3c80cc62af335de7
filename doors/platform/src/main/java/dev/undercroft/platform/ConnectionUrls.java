package dev.undercroft.platform;

import java.util.List;

/**
 * How programs reach databases. Holds passwords: for the one who asked, never for a log.
 *
 * @param urls one per project, in the order of the workspace; one for the server when its superuser
 *     was asked for
 */
public record ConnectionUrls(List<ConnectionUrl> urls) {

  /** Copies the list. */
  public ConnectionUrls {
    urls = List.copyOf(urls);
  }

  /**
   * One of them.
   *
   * @param project the project's name; empty text for the server
   * @param role the database role; empty text where there are none, as in SQLite
   * @param url as psql and drivers read it, with the password
   */
  public record ConnectionUrl(String project, String role, String url) {

    /** Without the password, whoever prints it. */
    @Override
    public String toString() {
      return "ConnectionUrl[project=" + project + ", role=" + role + ", url=***]";
    }
  }
}
