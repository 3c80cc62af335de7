package dev.undercroft.settings;

import dev.undercroft.base.Secret;
import java.util.regex.Pattern;

/** What of a value people and logs may see. Stateless, thread-safe. */
final class Shown {

  private static final Pattern PASSWORD = Pattern.compile("(?<=://)([^:/?#\\s]*):([^/?#\\s]*)@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&](?:password|sslpassword|passfile)=)[^&#\\s]*");

  private Shown() {}

  static String value(Setting<?> setting, String text) {
    return switch (setting.sensitivity()) {
      case PLAIN -> text;
      case ADDRESS -> address(text);
      case SECRET, CREDENTIAL -> "*** (" + Secret.of(text).fingerprint() + ")";
    };
  }

  /** An address with its password replaced by three stars. */
  static String address(String text) {
    String safe = PASSWORD.matcher(text).replaceAll("$1:***@");
    return PARAMETER.matcher(safe).replaceAll("$1***");
  }

  /** Whether an address carries a password. */
  static boolean hasPassword(String text) {
    return !address(text).equals(text);
  }
}
