package dev.undercroft.stage;

import dev.undercroft.identity.CipherKey;
import dev.undercroft.identity.HashGate;
import dev.undercroft.sdk.Vault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Random keys that last as long as the stage. Thread-safe. */
final class StagedVault implements Vault {

  private final Map<String, CipherKey> keys = new ConcurrentHashMap<>();
  private final HashGate gate = HashGate.usual();

  @Override
  public CipherKey key(String name) {
    return keys.computeIfAbsent(name, unseen -> CipherKey.random());
  }

  @Override
  public HashGate hashing() {
    return gate;
  }
}
