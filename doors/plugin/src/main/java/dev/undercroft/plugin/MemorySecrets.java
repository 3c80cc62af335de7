package dev.undercroft.plugin;

import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Passwords of roles that live as long as the throwaway server. */
final class MemorySecrets implements SecretStore {

  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

  @Override
  public Secret getOrCreate(String name) {
    return secrets.computeIfAbsent(name, key -> Secret.of(UUID.randomUUID().toString()));
  }

  @Override
  public Optional<Secret> find(String name) {
    return Optional.ofNullable(secrets.get(name));
  }
}
