package dev.undercroft.settings;

/** How much of a value may be shown to people and logs. Immutable. */
public enum Sensitivity {
  /** All of it. */
  PLAIN,
  /** An address that may carry a password: everything but the password. */
  ADDRESS,
  /** Nothing: three stars and a fingerprint. We may make it ourselves. */
  SECRET,
  /** Nothing, as a secret; but somebody else makes it, so its form is not for us to judge. */
  CREDENTIAL;

  /** Whether nothing of the value may be shown. */
  public boolean isHidden() {
    return this == SECRET || this == CREDENTIAL;
  }
}
