package dev.undercroft.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an installation stands on its way from a desk to its users; chooses the {@code .env} files,
 * the {@code [environments.NAME]} tables and how strict the checks are. Immutable.
 */
public enum Environment {
  /** A developer's own machine. The default. */
  DEVELOPMENT,
  /** Automatic tests. */
  TEST,
  /** A shared installation for testers. */
  QA,
  /** A shared installation to try things on. */
  SANDBOX,
  /** A rehearsal of production. */
  STAGING,
  /** Real users and real data. */
  PRODUCTION;

  /** The word for it in files, variables and options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The environment of this word, exactly as {@link #word()} writes it. */
  public static Optional<Environment> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** All words, in order from the desk to the users. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Environment::word).toList();
  }
}
