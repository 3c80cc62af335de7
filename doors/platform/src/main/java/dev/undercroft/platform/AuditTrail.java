package dev.undercroft.platform;

/** Keeps entries in the order they came, and changes none. Thread-safe implementations only. */
@FunctionalInterface
public interface AuditTrail {

  /**
   * Appends an entry; returns when it is kept.
   *
   * @throws dev.undercroft.base.ProblemException if it cannot be kept; the verb is then not carried
   *     out
   */
  void append(AuditEntry entry);
}
