package dev.undercroft.access;

/**
 * How a pool is used at one moment.
 *
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param waiting callers that wait for a connection
 * @param maximum the most connections there may be
 */
public record PoolUse(int active, int idle, int waiting, int maximum) {

  /** Open connections, used or not. */
  public int open() {
    return active + idle;
  }
}
