package dev.undercroft.access;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands after the question mark of a PostgreSQL URL. Used once. */
final class PostgresQuery {

  private static final List<String> PLACES = List.of("host", "port", "dbname", "user", "password");

  /** Known elsewhere, not supported here; with the reason and what to do. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("hostaddr", "Use host with the address."),
          Map.entry("passfile", "Put the password into the URL, or the URL into a secret file."),
          Map.entry("service", "Write the parameters of the service into the URL."),
          Map.entry("requiressl", "Use sslmode=require."),
          Map.entry("sslidentity", "Use sslkey with the PKCS-12 file."),
          Map.entry("sslfactory", "Use sslrootcert=system, or sslrootcert with a file."),
          Map.entry("loggerLevel", "The driver's own log is not used; remove it."),
          Map.entry("autosave", "It hides errors inside a transaction; remove it."),
          Map.entry("replication", "Replication connections are made by Undercroft; remove it."));

  private final boolean jdbc;
  private final List<Problem> problems;
  private final Map<PostgresParameter, String> parameters = new EnumMap<>(PostgresParameter.class);
  private final Map<String, String> places = new HashMap<>();

  PostgresQuery(boolean jdbc, List<Problem> problems) {
    this.jdbc = jdbc;
    this.problems = problems;
  }

  PostgresQuery read(String query) {
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        problem(
            "ACCESS_URL_PARAMETER_FORM",
            "a parameter of the database URL is not of the form name=value",
            "Write name=value, with & between two of them.");
        continue;
      }
      String name = pair.substring(0, equals);
      Optional<String> value = decode(pair.substring(equals + 1));
      if (value.isEmpty()) {
        problem(
            "ACCESS_URL_ENCODING",
            "the parameter " + name + " of the database URL is not percent-encoded correctly",
            "Write %25 for a percent sign, %26 for &.");
      } else {
        one(name, value.get());
      }
    }
    return this;
  }

  private Optional<String> decode(String text) {
    if (!jdbc) {
      return UrlText.decode(text);
    }
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private void one(String name, String value) {
    Optional<PostgresParameter> known = PostgresParameter.named(name);
    if (PLACES.contains(name)) {
      places.put(name, value);
    } else if (known.isPresent()) {
      put(name, known.get(), value);
    } else if (name.equals("ssl")) {
      ssl(value);
    } else if (name.equals("sslaccept")) {
      sslAccept(value);
    } else {
      unknown(name);
    }
  }

  private void put(String name, PostgresParameter parameter, String value) {
    Optional<String> accepted = parameter.accept(value);
    if (accepted.isEmpty()) {
      problem(
          "ACCESS_URL_PARAMETER_VALUE",
          "the parameter " + name + " of the database URL is '" + shown(parameter, value) + "'",
          "It must be " + parameter.expectation() + ".");
      return;
    }
    String before = parameters.put(parameter, accepted.get());
    if (before != null && !before.equals(accepted.get())) {
      problem(
          "ACCESS_URL_TWICE",
          "the database URL says " + name + " twice, with different values",
          "Leave one of them out.");
    }
  }

  private static String shown(PostgresParameter parameter, String value) {
    return parameter.isSecret() ? "***" : value;
  }

  /** The driver's {@code ssl=true} means a verified certificate. */
  private void ssl(String value) {
    switch (value) {
      case "true", "" -> parameters.putIfAbsent(PostgresParameter.SSLMODE, "verify-full");
      case "false" -> parameters.putIfAbsent(PostgresParameter.SSLMODE, "disable");
      default ->
          problem(
              "ACCESS_URL_PARAMETER_VALUE",
              "the parameter ssl of the database URL is '" + value + "'",
              "It must be true or false; better use sslmode.");
    }
  }

  /** Prisma's word for whether the certificate is verified. */
  private void sslAccept(String value) {
    switch (value) {
      case "strict" -> parameters.put(PostgresParameter.SSLMODE, "verify-full");
      case "accept_invalid_certs" -> parameters.putIfAbsent(PostgresParameter.SSLMODE, "require");
      default ->
          problem(
              "ACCESS_URL_PARAMETER_VALUE",
              "the parameter sslaccept of the database URL is '" + value + "'",
              "It must be strict or accept_invalid_certs; better use sslmode.");
    }
  }

  private void unknown(String name) {
    String reason = REFUSED.get(name);
    if (reason != null) {
      problem(
          "ACCESS_URL_PARAMETER_UNSUPPORTED",
          "the parameter " + name + " of the database URL is not supported",
          reason);
      return;
    }
    List<String> names = new ArrayList<>(PLACES);
    for (PostgresParameter parameter : PostgresParameter.values()) {
      names.add(parameter.text());
    }
    problem(
        "ACCESS_URL_PARAMETER_UNKNOWN",
        "the database URL has the unknown parameter '" + name + "'",
        Nearest.to(name, names)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse("Remove it; known are: " + String.join(", ", names) + "."));
  }

  String hosts() {
    return places.getOrDefault("host", "");
  }

  String ports() {
    return places.getOrDefault("port", "");
  }

  String database() {
    return places.getOrDefault("dbname", "");
  }

  String user() {
    return places.getOrDefault("user", "");
  }

  String password() {
    return places.getOrDefault("password", "");
  }

  Map<PostgresParameter, String> parameters() {
    return parameters;
  }

  private void problem(String code, String message, String remedy) {
    problems.add(Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy));
  }
}
