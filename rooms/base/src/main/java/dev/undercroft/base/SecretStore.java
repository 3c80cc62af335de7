package dev.undercroft.base;

import java.util.Optional;

/** Keeps generated secrets by name. Thread-safe implementations only. */
public interface SecretStore {

  /**
   * The secret of this name; generated and kept if there is none yet.
   *
   * @param name lower-case words with {@code -}, {@code _} or {@code .} between them
   * @throws ProblemException if it cannot be read or kept
   */
  Secret getOrCreate(String name);

  /**
   * The secret of this name, if there is one.
   *
   * @throws ProblemException if it cannot be read
   */
  Optional<Secret> find(String name);
}
