package dev.undercroft.safety;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.pgisolation.DeclaredPolicies;
import dev.undercroft.pgisolation.IsolationReport;
import dev.undercroft.pgisolation.IsolationRules;
import dev.undercroft.pgisolation.IsolationVerifier;
import dev.undercroft.pgisolation.ScratchCopy;
import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.ProjectRoles;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.settings.TenantRules;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Attacks a copy of one project's database. */
record IsolationVerb(Place place) {

  private static final String PURPOSE = "undercroft isolation";

  private static final String ABLE =
      """
      select rolsuper, current_user, exists (select from pg_roles where rolname = ?)
        from pg_roles where rolname = current_user
      """;

  SafetyAnswer.Isolated verify(boolean proven, Progress progress) {
    String name = place.project().name();
    demandRoles(ProjectRoles.of(name).app().text());
    progress.report("copying the definitions of " + name, 0, 1);
    try (ScratchCopy copy = ScratchCopy.of(place.admin())) {
      IsolationReport report =
          new IsolationVerifier(
                  copy.connections(),
                  copy.name(),
                  ProjectRoles.of(name).app().text(),
                  rules(TenantRules.of(place.project())).withPolicies(policies()))
              .verify(
                  new PostgresConnections(place.admin(), PURPOSE),
                  place.admin().database(),
                  proven ? IsolationVerifier.Proof.PLANTED_LEAKS : IsolationVerifier.Proof.NONE,
                  progress);
      return answer(name, report);
    }
  }

  /** Says what cannot be checked where there is but one role, or none that may make a copy. */
  private void demandRoles(String app) {
    PostgresConnections source = new PostgresConnections(place.admin(), PURPOSE);
    try (Connection connection = source.open();
        PreparedStatement question = connection.prepareStatement(ABLE)) {
      question.setString(1, app);
      try (ResultSet answer = question.executeQuery()) {
        answer.next();
        boolean mayCopy = answer.getBoolean(1);
        boolean roles = answer.getBoolean(3);
        if (!mayCopy || !roles) {
          throw unverifiable(answer.getString(2), roles ? Optional.empty() : Optional.of(app));
        }
      }
    } catch (SQLException failed) {
      throw source.explain(failed).exception(failed);
    }
  }

  private ProblemException unverifiable(String role, Optional<String> missing) {
    String detail =
        "Neither the rules about the catalog nor the attacks were tried: attacks need a copy, and a copy"
            + " a superuser";
    String alone =
        missing
            .map(app ->
                "; and there is no role "
                    + app
                    + ": requests run as the owner of the tables, who may switch row policies off")
            .orElse("");
    return Problem.of(
            "SAFETY_NOT_VERIFIABLE",
            ProblemKind.INPUT,
            "the isolation in "
                + place.admin().database()
                + " cannot be verified as the role "
                + role)
        .withDetail(detail + alone + ".")
        .withRemedy(
            "Give the command a DATABASE_URL of a superuser, after 'undercroft setup' has made the"
                + " roles; or verify the same migrations on the embedded server, without"
                + " DATABASE_URL.")
        .with("role", role)
        .exception();
  }

  private static IsolationRules rules(TenantRules declared) {
    Set<String> shared = new LinkedHashSet<>();
    declared.shared().forEach(table -> shared.add(inSchema(table, 1)));
    Map<String, String> actors = new LinkedHashMap<>();
    declared.actors().forEach((role, table) -> actors.put(role, inSchema(table, 1)));
    Map<String, String> rows = new LinkedHashMap<>();
    declared.rows().forEach((column, sql) -> rows.put(inSchema(column, 2), sql));
    return new IsolationRules(shared, actors, rows, declared.accepted(), Set.of());
  }

  /** Names without a schema mean {@code public}. */
  private static String inSchema(String name, int parts) {
    return name.split("\\.", -1).length > parts ? name : "public." + name;
  }

  /** What the wanted schema declares; nothing when it is not written as SQL. */
  private Set<String> policies() {
    Path schema = place.project().schema();
    if (!Files.exists(schema)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(schema)) {
      List<SqlSource> sources = new ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".sql")).sorted().toList()) {
        sources.add(new SqlSource(file.toString(), Files.readString(file)));
      }
      return DeclaredPolicies.of(sources);
    } catch (IOException cause) {
      throw Problem.of("SAFETY_SCHEMA_UNREADABLE", ProblemKind.INPUT, schema + " cannot be read")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make its files readable, in UTF-8.")
          .exception(cause);
    }
  }

  private static SafetyAnswer.Isolated answer(String name, IsolationReport report) {
    return new SafetyAnswer.Isolated(
        name,
        report.database(),
        report.relations(),
        report.rules(),
        report.attacks(),
        report.findings().stream()
            .map(one ->
                new SafetyAnswer.Finding(
                    name, one.rule(), one.object(), one.detail(), one.remedy(), "8.4.1"))
            .toList(),
        remarks(report.unchecked()),
        remarks(report.accepted()),
        new SafetyAnswer.Leaks(
            report.planted().leaks(),
            report.planted().found(),
            report.planted().byRules(),
            report.planted().byAttacks(),
            report.planted().missed()),
        report.took());
  }

  private static List<SafetyAnswer.Remark> remarks(Map<String, String> by) {
    List<SafetyAnswer.Remark> remarks = new ArrayList<>();
    new TreeMap<>(by)
        .forEach((object, reason) -> remarks.add(new SafetyAnswer.Remark(object, reason)));
    return remarks;
  }
}
