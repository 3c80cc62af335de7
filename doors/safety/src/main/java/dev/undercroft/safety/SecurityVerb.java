package dev.undercroft.safety;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.pgisolation.RuleBook;
import dev.undercroft.platform.SafetyAnswer.Finding;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safety.Places.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares one project's database, its server and its files with the least that is needed. */
record SecurityVerb(Place place) {

  private static final String LAYOUT =
      """
      with layout (name, word, login, bypass) as (
        select PROJECT || '_' || word, word, login, bypass
          from (values ('owner', false, false), ('migrator', true, true), ('app', true, false),
                       ('system', true, true), ('analytics', true, false), ('backup', true, true)) l (word, login, bypass))
      """;

  private static final RuleBook BOOK = RuleBook.read(SecurityVerb.class, "security.sql", LAYOUT);

  private static final int CHECKS_BESIDE_THE_DATABASE = 2;

  /** How many things are looked at. */
  static int checks() {
    return BOOK.count() + CHECKS_BESIDE_THE_DATABASE;
  }

  List<Finding> audit() {
    List<Finding> findings = new ArrayList<>();
    PostgresConnections source = new PostgresConnections(place.admin(), "undercroft security");
    try (Connection connection = source.open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      for (RuleBook.Breach one : BOOK.ask(connection, Map.of("PROJECT", literal()))) {
        findings.add(
            new Finding(
                place.project().name(),
                one.rule(),
                one.object(),
                one.detail(),
                one.remedy().replace("PROJECT", place.project().name()),
                one.requirement()));
      }
      connection.rollback();
    } catch (SQLException failed) {
      throw source.explain(failed).exception(failed);
    }
    transport(findings);
    findings.addAll(new SecretFilesCheck(place).look());
    return findings;
  }

  /** Names of projects are lower-case letters, digits and underscores. */
  private String literal() {
    return "'" + place.project().name() + "'::text";
  }

  void transport(List<Finding> findings) {
    boolean away =
        place.admin().hosts().stream()
            .map(HostPort::host)
            .anyMatch(host ->
                !host.startsWith("/")
                    && !host.equals("localhost")
                    && !host.startsWith("127.")
                    && !host.equals("::1"));
    String mode = place.admin().parameter(PostgresParameter.SSLMODE).orElse("prefer");
    if (away && !mode.equals("verify-full")) {
      findings.add(
          new Finding(
              place.project().name(),
              "tls-unverified",
              place.admin().servers(),
              "sslmode is " + mode + ": whoever stands between can pretend to be the server",
              "Write sslmode=verify-full and sslrootcert into the database's URL.",
              "12.3.2"));
    }
  }
}
