package dev.undercroft.settings;

/** How much of a value may be shown to people and logs. Immutable. */
public enum Sensitivity {
  /** All of it. */
  PLAIN,
  /** An address that may carry a password: everything but the password. */
  ADDRESS,
  /** Nothing: three stars and a fingerprint. */
  SECRET
}
