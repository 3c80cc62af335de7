package dev.undercroft.settings;

/**
 * One server of a replicated database, as {@code REPLICATION_NODES} lists it. Immutable.
 *
 * @param id its name, unique among the nodes
 * @param host where it listens
 * @param port its TCP port
 * @param role what it is now
 * @param priority who is promoted first: the lowest number
 */
public record ReplicationNode(String id, String host, int port, Role role, int priority) {

  /** What a node is. */
  public enum Role {
    /** Takes writes. */
    MASTER,
    /** Follows a master. */
    SLAVE
  }
}
