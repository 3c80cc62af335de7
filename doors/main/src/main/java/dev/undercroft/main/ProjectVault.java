package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import dev.undercroft.identity.CipherKey;
import dev.undercroft.identity.HashGate;
import dev.undercroft.sdk.Vault;
import dev.undercroft.settings.Environment;
import dev.undercroft.settings.Settings;
import java.util.Locale;

/**
 * The keys of one project: from its settings, and outside production made when they are missing, so
 * that a fresh clone runs. Thread-safe.
 *
 * @param project the project's name
 * @param settings its settings
 * @param made keeps what was made
 * @param hashing the gate of the process
 */
record ProjectVault(String project, Settings settings, SecretStore made, HashGate hashing)
    implements Vault {

  @Override
  public CipherKey key(String name) {
    Secret secret = settings.findVariable(name).orElseGet(() -> made(name));
    return CipherKey.of(name, secret);
  }

  private Secret made(String name) {
    if (settings.environment() == Environment.PRODUCTION) {
      throw Problem.of(
              "SDK_KEY_MISSING", ProblemKind.INPUT, name + " of " + project + " is not set")
          .withRemedy(
              "Make it with undercroft secrets generate; it must stay the same from then on.")
          .with("setting", name)
          .exception();
    }
    return made.getOrCreate(project + "." + name.toLowerCase(Locale.ROOT));
  }
}
