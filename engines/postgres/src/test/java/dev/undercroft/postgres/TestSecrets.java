package dev.undercroft.postgres;

import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets that live as long as the test; every character of them is a hard one. */
final class TestSecrets implements SecretStore {

  private final Map<String, Secret> kept = new ConcurrentHashMap<>();

  @Override
  public Secret getOrCreate(String name) {
    return kept.computeIfAbsent(name, key -> Secret.of("p' @:/?#%\"\\$ of " + key));
  }

  @Override
  public Optional<Secret> find(String name) {
    return Optional.ofNullable(kept.get(name));
  }

  void change(String name, String text) {
    kept.put(name, Secret.of(text));
  }
}
