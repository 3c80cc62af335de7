package dev.undercroft.identity;

import java.util.Optional;

/**
 * Keeps one wrapped key per owner, in a table that is backed up for a shorter time than the data:
 * an old backup of this table revives what was shredded. Thread-safe.
 */
public interface OwnerKeyStore {

  /** The wrapped key of an owner. */
  Optional<String> find(String owner);

  /**
   * Stores a wrapped key unless the owner has one, in one statement.
   *
   * @return the one that is stored now, perhaps another caller's
   */
  String keepFirst(String owner, String wrapped);

  /** Replaces a wrapped key, if it is still {@code old}; in one statement. */
  boolean replace(String owner, String old, String wrapped);

  /** Forgets the key of an owner; does nothing if there is none. */
  void delete(String owner);
}
