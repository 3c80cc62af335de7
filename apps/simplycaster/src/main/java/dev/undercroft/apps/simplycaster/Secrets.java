package dev.undercroft.apps.simplycaster;

import dev.undercroft.base.Secret;
import dev.undercroft.identity.PasswordAlgorithm;
import dev.undercroft.identity.PasswordPolicy;
import dev.undercroft.identity.PasswordPolicy.CharacterClass;
import dev.undercroft.identity.PasswordPolicy.Refusal;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Vault;
import java.util.Set;

/**
 * How this application keeps passwords: Argon2id with 64 MiB and 3 passes, a salt per user, a
 * pepper outside the database. Thread-safe.
 */
final class Secrets {

  /** 8 to 128 characters of four kinds, nothing that is tried first. */
  static final PasswordPolicy POLICY =
      new PasswordPolicy(8, 128, Set.of(CharacterClass.values()), Set.of(Refusal.values()));

  private final Passwords passwords;

  Secrets(Vault vault) {
    passwords =
        new Passwords(PasswordAlgorithm.ARGON2ID_64, vault.key("PASSWORD_PEPPER"), vault.hashing());
  }

  /** Checks and hashes. */
  Passwords passwords() {
    return passwords;
  }

  /**
   * A new password, typed twice.
   *
   * @param context words that are no secret to whoever knows the account
   * @return its hash and salt
   * @throws dev.undercroft.base.ProblemException with everything that is wrong
   */
  Passwords.Salted accept(String password, String again, String... context) {
    if (!password.equals(again)) {
      Texts texts = new Texts();
      texts.add("passwordAgain", "differs from password", "Type the same twice.");
      texts.demand();
    }
    Secret secret = Secret.of(password);
    POLICY.demand(secret, Set.of(context));
    return passwords.hashWithSalt(secret, "");
  }
}
