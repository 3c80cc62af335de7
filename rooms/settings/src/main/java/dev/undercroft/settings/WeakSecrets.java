package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets that production must not have: well-known, short, made of few characters, or the
 * same as another. Stateless, thread-safe.
 */
final class WeakSecrets {

  private static final int SHORTEST = 16;
  private static final int FEWEST_DIFFERENT = 8;

  /** Passwords of examples and of programs as they are delivered. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "password",
          "secret",
          "changeme",
          "change_me",
          "change-me",
          "default",
          "example",
          "admin",
          "postgres",
          "root",
          "test",
          "dev",
          "pass",
          "seda_pass",
          "minioadmin",
          "undercroft");

  private static final Pattern EXAMPLE =
      Pattern.compile("(?i).*(change.?me|your.?secret|replace.?(this|me)|placeholder|example).*");

  private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("://[^:/?#@]*:([^/?#]*)@");

  private WeakSecrets() {}

  static List<Problem> problems(List<Setting<?>> settings, Map<String, Candidate> values) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> seen = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      Candidate candidate = values.get(setting.name());
      Optional<String> secret =
          candidate == null ? Optional.empty() : secretOf(setting, candidate.text());
      if (candidate != null && secret.isPresent()) {
        weakness(secret.get()).ifPresent(reason -> problems.add(weak(setting, candidate, reason)));
        String other = seen.putIfAbsent(secret.get(), setting.name());
        if (other != null && setting.sensitivity() == Sensitivity.SECRET) {
          problems.add(weak(setting, candidate, "it is the same as " + other));
        }
      }
    }
    return problems;
  }

  private static Optional<String> secretOf(Setting<?> setting, String text) {
    return switch (setting.sensitivity()) {
      case PLAIN, CREDENTIAL -> Optional.empty();
      case SECRET -> Optional.of(text);
      case ADDRESS -> {
        Matcher matcher = PASSWORD_IN_ADDRESS.matcher(text);
        yield matcher.find() ? Optional.of(decoded(matcher.group(1))) : Optional.empty();
      }
    };
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  private static Optional<String> weakness(String secret) {
    if (WELL_KNOWN.contains(secret.toLowerCase(Locale.ROOT)) || EXAMPLE.matcher(secret).matches()) {
      return Optional.of("it is a well-known default");
    }
    if (secret.length() < SHORTEST) {
      return Optional.of(
          "it has " + secret.length() + " characters, and at least " + SHORTEST + " are needed");
    }
    if (secret.chars().distinct().count() < FEWEST_DIFFERENT) {
      return Optional.of("it repeats a few characters");
    }
    return Optional.empty();
  }

  private static Problem weak(Setting<?> setting, Candidate candidate, String reason) {
    String what =
        setting.sensitivity() == Sensitivity.ADDRESS
            ? "the password in " + setting.name()
            : setting.name();
    return Problem.of(
            "SETTINGS_WEAK_SECRET",
            ProblemKind.INPUT,
            what + " (" + candidate.origin() + ") is too weak for production: " + reason)
        .withRemedy("Run `undercroft secrets generate` to make strong ones, or set another value.")
        .with("setting", setting.name());
  }
}
