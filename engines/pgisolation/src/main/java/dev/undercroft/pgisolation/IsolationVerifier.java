package dev.undercroft.pgisolation;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Attacks a database the way somebody with an ordinary tenant's rights would: static rules over the
 * catalog, then statements of every kind against rows of two tenants. It works on a copy that it
 * may change, and then proves itself: it plants leaks in the copy, one at a time and each taken
 * back, and counts those that it finds. Used once.
 */
public final class IsolationVerifier {

  private static final String POLICIES =
      """
      select n.nspname || '.' || c.relname || ' ' || p.polname
        from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
       where not c.relispartition
      """;

  /** How the verifier shows that it would have seen a leak. */
  public enum Proof {
    /** It plants leaks of every kind and counts those that it finds. */
    PLANTED_LEAKS,
    /** Not at all, which is quicker. */
    NONE
  }

  private final ConnectionSource copy;
  private final String database;
  private final String app;
  private final IsolationRules rules;
  private final CatalogRules catalog;

  /**
   * A verifier.
   *
   * @param copy connects to the copy as a superuser, and binds contexts with the copy's key
   * @param database the copy's name
   * @param app the role that serves requests
   * @param rules what the project declares
   */
  public IsolationVerifier(
      ConnectionSource copy, String database, String app, IsolationRules rules) {
    this.copy = copy;
    this.database = database;
    this.app = app;
    this.rules = rules;
    this.catalog = new CatalogRules(app, rules.shared());
  }

  /**
   * Verifies.
   *
   * @param live connects to the database itself, of which only the catalog is read
   * @param name the name that the report gives
   * @param proof whether leaks are planted afterwards
   * @param progress hears of what is attacked
   */
  public IsolationReport verify(
      ConnectionSource live, String name, Proof proof, Progress progress) {
    long begun = System.nanoTime();
    try (Connection connection = copy.open()) {
      Rows.run(connection, "set search_path = pg_catalog");
      Facts facts = Facts.read(connection, app);
      Tenancy tenancy = Tenancy.of(facts);
      Planting planting = new Planting(connection, facts, tenancy, rules);
      Attacks.Worlds worlds =
          new Attacks.Worlds(new World(World.VICTIM), new World(World.INTRUDER));
      planting.plant(worlds.victim(), worlds.own());
      Attacks.Stage stage = new Attacks.Stage(facts, tenancy, rules, planting, worlds);
      connection.setAutoCommit(false);
      Intruder intruder = new Intruder(copy, connection, app);
      List<Finding> findings = new ArrayList<>(live(live));
      Round round = new Round(connection, intruder, stage);
      findings.addAll(round.everything(progress));
      connection.rollback();
      IsolationReport.Planted planted =
          proof == Proof.PLANTED_LEAKS ? round.prove(progress) : IsolationReport.Planted.NONE;
      return report(name, round, findings, planted, begun);
    } catch (SQLException failed) {
      throw Problem.of(
              "ISOLATION_INTERRUPTED", ProblemKind.EXTERNAL, "the copy of " + name + " failed")
          .withDetail(String.valueOf(failed.getMessage()))
          .withRemedy("Run the command again; the database itself was not touched.")
          .exception(failed);
    }
  }

  private List<Finding> live(ConnectionSource live) throws SQLException {
    try (Connection connection = live.open()) {
      Rows.run(connection, "set search_path = pg_catalog");
      connection.setAutoCommit(false);
      List<Finding> findings = new ArrayList<>(catalog.ask(connection));
      findings.addAll(declared(rules.policies(), policies(connection)));
      connection.rollback();
      return findings;
    }
  }

  private static Set<String> policies(Connection connection) throws SQLException {
    Set<String> policies = new TreeSet<>();
    Rows.of(connection, POLICIES).forEach(row -> policies.add(row.getFirst()));
    return policies;
  }

  /** Policies that are declared and not there, and the other way round. */
  private static List<Finding> declared(Set<String> declared, Set<String> present) {
    if (declared.isEmpty()) {
      return List.of();
    }
    Set<String> there = new TreeSet<>(present);
    List<Finding> findings = new ArrayList<>();
    for (String policy : new TreeSet<>(declared)) {
      if (!there.contains(policy)) {
        findings.add(
            new Finding(
                "policy-missing",
                policy,
                "the schema declares this policy, and the database does not have it",
                "Create it again with a migration: `undercroft migrate dev` writes one."));
      }
    }
    there.removeAll(declared);
    for (String policy : there) {
      findings.add(
          new Finding(
              "policy-undeclared",
              policy,
              "the database has this policy, and the schema does not declare it",
              "Drop it, or write it into the schema."));
    }
    return findings;
  }

  private IsolationReport report(
      String name,
      Round round,
      List<Finding> findings,
      IsolationReport.Planted planted,
      long begun) {
    Map<String, Finding> open = new TreeMap<>();
    Map<String, String> accepted = new TreeMap<>();
    for (Finding finding : findings) {
      String reason = rules.accepted().get(finding.key());
      if (reason == null) {
        open.putIfAbsent(finding.key(), finding);
      } else {
        accepted.put(finding.key(), reason);
      }
    }
    rules.accepted().keySet().stream()
        .filter(key -> !accepted.containsKey(key))
        .forEach(key ->
            open.put(
                "accepted " + key,
                new Finding(
                    "accepted-in-vain",
                    key,
                    "is accepted, and nothing of the kind was found",
                    "Remove the line.")));
    Map<String, String> unchecked = new LinkedHashMap<>(round.stage.planting().unchecked());
    return new IsolationReport(
        name,
        round.stage.facts().relations().size(),
        unchecked,
        catalog.count(),
        round.intruder.attacks(),
        List.copyOf(open.values()),
        accepted,
        planted,
        Duration.ofNanos(System.nanoTime() - begun));
  }

  /** Everything that is done on the stage. */
  private final class Round {
    private final Connection connection;
    private final Intruder intruder;
    private final Attacks.Stage stage;
    private final Set<String> known = new HashSet<>();
    private final Set<String> policies;

    Round(Connection connection, Intruder intruder, Attacks.Stage stage) throws SQLException {
      this.connection = connection;
      this.intruder = intruder;
      this.stage = stage;
      this.policies = policies(connection);
    }

    private Set<Map.Entry<String, String>> actors() {
      return stage.tenancy().actors(rules).entrySet();
    }

    List<Finding> everything(Progress progress) throws SQLException {
      catalog.ask(connection).forEach(finding -> known.add(finding.key()));
      Attacks attacks = new Attacks(intruder, stage);
      int done = 0;
      for (Relation relation : stage.facts().relations().values()) {
        progress.report("attacking " + relation.name(), done++, stage.facts().relations().size());
        for (Map.Entry<String, String> actor : actors()) {
          attacks.on(relation, actor);
        }
      }
      for (Map.Entry<String, String> actor : actors()) {
        new SideDoors(intruder, stage, attacks).tryAll(actor);
      }
      attacks.found().forEach(finding -> known.add(finding.key()));
      return attacks.found();
    }

    IsolationReport.Planted prove(Progress progress) throws SQLException {
      List<Leaks.Leak> leaks =
          new Leaks(app, database, rules.shared(), stage.worlds())
              .of(stage.facts(), stage.tenancy());
      List<String> missed = new ArrayList<>();
      int done = 0;
      int byRules = 0;
      int byAttacks = 0;
      for (Leaks.Leak leak : leaks) {
        progress.report("planting a leak: " + leak.name(), done++, leaks.size());
        for (String sql : leak.sql()) {
          Rows.run(connection, sql);
        }
        boolean ruled =
            isNews(catalog.ask(connection)) || isNews(declared(policies, policies(connection)));
        boolean attacked = isNews(attack(leak));
        byRules += ruled ? 1 : 0;
        byAttacks += attacked ? 1 : 0;
        if (!ruled && !attacked) {
          missed.add(leak.name());
        }
        connection.rollback();
      }
      return new IsolationReport.Planted(leaks.size(), byRules, byAttacks, missed);
    }

    private List<Finding> attack(Leaks.Leak leak) throws SQLException {
      Attacks attacks = new Attacks(intruder, stage);
      Optional<Relation> target = Facts.one(connection, app, leak.at());
      for (Map.Entry<String, String> actor : actors()) {
        SideDoors doors = new SideDoors(intruder, stage, attacks);
        if (target.isPresent()) {
          attacks.on(target.get(), actor);
        } else {
          doors.forge(actor);
          for (Facts.Callable function : Facts.functions(connection, app)) {
            if (function.name().endsWith(".leak")) {
              doors.call(function, actor);
            }
          }
        }
      }
      return attacks.found();
    }

    private boolean isNews(List<Finding> findings) {
      return findings.stream().anyMatch(finding -> !known.contains(finding.key()));
    }
  }
}
