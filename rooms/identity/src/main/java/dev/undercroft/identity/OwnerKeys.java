package dev.undercroft.identity;

import java.util.Optional;

/**
 * A key per owner, wrapped by a ring of root keys: what belongs to a person can be made unreadable
 * everywhere, in replicas and backups of the data as well, by forgetting one small key. Thread-safe
 * if its store is.
 */
public final class OwnerKeys {

  private final FieldCipher root;
  private final OwnerKeyStore store;

  /** Keys that {@code root} wraps and {@code store} keeps. */
  public OwnerKeys(FieldCipher root, OwnerKeyStore store) {
    this.root = root;
    this.store = store;
  }

  /** The cipher of an owner; makes a key if the owner has none. */
  public FieldCipher of(String owner) {
    String wrapped =
        store
            .find(owner)
            .orElseGet(() ->
                store.keepFirst(owner, root.sealBytes(CipherKey.random().bytes(), place(owner))));
    return unwrap(owner, wrapped);
  }

  /** The cipher of an owner; empty if the owner has no key, or no longer. */
  public Optional<FieldCipher> existing(String owner) {
    return store.find(owner).map(wrapped -> unwrap(owner, wrapped));
  }

  /** Forgets the key of an owner: what it encrypted cannot be read by anybody any more. */
  public void shred(String owner) {
    store.delete(owner);
  }

  /** Wraps the key of an owner by the root key that encrypts now; says whether it changed. */
  public boolean renew(String owner) {
    Optional<String> wrapped = store.find(owner);
    Optional<String> fresh = wrapped.flatMap(old -> root.renew(old, place(owner)));
    return fresh.isPresent() && store.replace(owner, wrapped.get(), fresh.get());
  }

  private FieldCipher unwrap(String owner, String wrapped) {
    return FieldCipher.of(CipherKey.ofBytes(root.openBytes(wrapped, place(owner))));
  }

  private static FieldPlace place(String owner) {
    return new FieldPlace("owner key", "wrapped", owner, owner);
  }
}
