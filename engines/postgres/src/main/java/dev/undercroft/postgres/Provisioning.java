package dev.undercroft.postgres;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import dev.undercroft.postgres.ProvisionPlan.Mode;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a project's database, its roles and the platform's schema, and keeps them right. Whatever
 * was interrupted is finished by the next call. Thread-safe; two calls at once, here or in other
 * processes, wait for each other.
 */
public final class Provisioning {

  private static final String PURPOSE = "undercroft provisioning";
  private static final List<String> MAINTENANCE = List.of("postgres", "template1");

  private final PostgresAddress admin;
  private final SecretStore secrets;

  /**
   * Nothing is opened yet.
   *
   * @param admin a role that may make roles and databases, or else the one role there is; its
   *     database need not exist
   * @param secrets keeps the passwords of the roles, under the roles' names
   */
  public Provisioning(PostgresAddress admin, SecretStore secrets) {
    this.admin = admin;
    this.secrets = secrets;
  }

  /**
   * What {@link #apply} would do. Changes nothing.
   *
   * @throws ProblemException if the server does not answer, or the database was prepared by a newer
   *     program
   */
  public ProvisionPlan plan(ProvisionTarget target) {
    try (Connection connection = openCluster(target)) {
      return plan(target, connection, role -> secrets.find(role.text()));
    } catch (SQLException e) {
      throw source(admin).explain(e).exception(e);
    }
  }

  /**
   * Does what is missing.
   *
   * @throws ProblemException if the server does not answer or refuses a step; the steps before it
   *     stay done
   */
  public Provisioned apply(ProvisionTarget target, Progress progress) {
    try (Connection cluster = openCluster(target)) {
      ProvisionPlan plan = planWithSecrets(target, cluster);
      if (!plan.steps().isEmpty()) {
        ProvisionExecutor executor = new ProvisionExecutor(this, target, cluster);
        executor.lock();
        plan = planWithSecrets(target, cluster);
        executor.run(plan.steps(), progress);
      }
      return new Provisioned(
          target,
          plan.mode(),
          plan.steps().stream().map(ProvisionStep::summary).toList(),
          plan.warnings(),
          ways(target, plan.mode()),
          plan.mode() == Mode.OWN_ROLES ? Optional.of(contextKey(target)) : Optional.empty());
    } catch (SQLException e) {
      throw source(admin).explain(e).exception(e);
    }
  }

  private ProvisionPlan planWithSecrets(ProvisionTarget target, Connection cluster)
      throws SQLException {
    return plan(target, cluster, role -> Optional.of(secrets.getOrCreate(role.text())));
  }

  /**
   * Gives the roles what the project says beyond the defaults, in one transaction; to be called
   * after every deploy. With a single role there is nobody to give anything to.
   *
   * @param grants the project's repeatable script of grants; may be empty
   * @throws ProblemException naming file, line and column of a statement that is refused
   */
  public void grant(Provisioned provisioned, SqlSource grants) {
    if (provisioned.mode() == Mode.OWN_ROLES) {
      ProvisionTarget target = provisioned.target();
      PostgresConnections source = source(admin.withDatabase(target.database()));
      new GrantsScript(source, grants).run(new PrivilegePlanner(target).closing());
    }
  }

  private ProvisionPlan plan(
      ProvisionTarget target, Connection cluster, Function<Identifier, Optional<Secret>> password)
      throws SQLException {
    ProvisionObserver observer = new ProvisionObserver(target);
    ProvisionState state = observer.cluster(cluster);
    if (state.database().isPresent()) {
      try (Connection inside = openDatabase(target)) {
        state =
            new ProvisionState(
                state.admin(),
                state.roles(),
                state.memberships(),
                state.database(),
                Optional.of(observer.inside(inside)));
      }
    }
    Map<String, String> fingerprints = new HashMap<>();
    List<Identifier> ours = state.admin().mayMakeRoles() ? target.roles().logins() : List.of();
    for (Identifier role : ours) {
      password.apply(role).ifPresent(kept -> fingerprints.put(role.text(), kept.fingerprint()));
    }
    password
        .apply(contextKeyName(target))
        .ifPresent(kept -> fingerprints.put(ProvisionPlanner.CONTEXT_KEY, kept.fingerprint()));
    return new ProvisionPlanner(target, fingerprints).plan(state, PlatformSchema.statements());
  }

  private Provisioned.Ways ways(ProvisionTarget target, Mode mode) {
    ProjectRoles roles = target.roles();
    return new Provisioned.Ways(
        way(target, mode, roles.migrator()),
        way(target, mode, roles.app()),
        way(target, mode, roles.system()),
        way(target, mode, roles.analytics()),
        way(target, mode, roles.backup()));
  }

  private PostgresAddress way(ProvisionTarget target, Mode mode, Identifier role) {
    PostgresAddress there = admin.withDatabase(target.database());
    return mode == Mode.SINGLE_ROLE ? there : there.withUser(role.text(), password(role));
  }

  private static Identifier contextKeyName(ProvisionTarget target) {
    return new Identifier(target.project() + "." + ProvisionPlanner.CONTEXT_KEY);
  }

  ContextKey contextKey(ProvisionTarget target) {
    return ContextKey.of(password(contextKeyName(target)));
  }

  String contextKeyFingerprint(ProvisionTarget target) {
    return password(contextKeyName(target)).fingerprint();
  }

  PostgresAddress admin() {
    return admin;
  }

  Secret password(Identifier role) {
    return secrets.getOrCreate(role.text());
  }

  Connection openDatabase(ProvisionTarget target) {
    return source(admin.withDatabase(target.database())).open();
  }

  /** Any database of the cluster will do; the one that is to be made may not exist yet. */
  private Connection openCluster(ProvisionTarget target) {
    List<String> candidates = new ArrayList<>();
    if (!admin.database().equals(target.database())) {
      candidates.add(admin.database());
    }
    candidates.addAll(MAINTENANCE);
    candidates.add(target.database());
    List<Problem> problems = new ArrayList<>();
    for (String candidate : candidates) {
      try {
        return source(admin.withDatabase(candidate)).open();
      } catch (ProblemException e) {
        problems.addAll(e.problems());
        boolean elsewhere =
            List.of("POSTGRES_NO_DATABASE", "POSTGRES_NOT_ADMITTED", "POSTGRES_DATABASE_CLOSED")
                .contains(e.first().code());
        if (!elsewhere) {
          throw e;
        }
      }
    }
    throw problems.getLast().exception();
  }

  static PostgresConnections source(PostgresAddress address) {
    return new PostgresConnections(address, PURPOSE);
  }
}
