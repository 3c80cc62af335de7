package dev.undercroft.platform;

import java.util.Optional;

/**
 * The executor of migrations and what stands around it.
 *
 * @param <R> what the verb answers
 */
public sealed interface MigrateCommand<R> extends Command<R> {

  /** Whether to act or only to say what would be done. */
  enum Action {
    /** Carry it out. */
    RUN,
    /** Only say what would be done. */
    DRY_RUN
  }

  /**
   * What a person gave to allow a destructive verb.
   *
   * @param name the name of the thing as the person typed it; empty when nothing was typed
   * @param force whether {@code --force} was given, which production demands besides
   */
  record Consent(Optional<String> name, boolean force) {
    /** No consent. */
    public static final Consent NONE = new Consent(Optional.empty(), false);
  }

  /**
   * Whether a database is compared with what its applied migrations give.
   *
   * @param when whether it is
   * @param scratch the URL of a running server for scratch databases; without one the embedded
   *     engine is started for it, if need be
   */
  record Drift(When when, Optional<String> scratch) {

    /** As the settings say. */
    public static final Drift AS_SET = new Drift(When.AS_SET, Optional.empty());

    /** Not at all. */
    public static final Drift LEFT_OUT = new Drift(When.NEVER, Optional.empty());

    /** Whether. */
    public enum When {
      /** As the settings say, and only when something is pending. */
      AS_SET,
      /** As the settings say; what a push brought already is noted as applied and not run. */
      ADOPT,
      /** In any case. */
      ALWAYS,
      /** Not at all. */
      NEVER
    }

    /** Without the password of the scratch server. */
    @Override
    public String toString() {
      return "Drift[" + when + ']';
    }
  }

  /**
   * Applies what is pending, in order.
   *
   * @param drift whether the database is compared with its migrations before
   * @param late whether migrations that came late are applied although their order may matter
   */
  record Deploy(Scope scope, Action action, Drift drift, boolean late)
      implements MigrateCommand<Deployments> {

    /** Compared as the settings say. */
    public Deploy(Scope scope, Action action) {
      this(scope, action, Drift.AS_SET, false);
    }

    @Override
    public String verb() {
      return "migrate deploy";
    }

    @Override
    public Class<Deployments> outcome() {
      return Deployments.class;
    }
  }

  /**
   * Makes the next migration from the wanted schema.
   *
   * @param name what it does, in a few words
   * @param scratch the URL of a running server for scratch databases; without one the embedded
   *     engine is started for it
   * @param answers what is renamed, in lines of an answers file
   * @param deploy whether it is applied to the development database at once
   */
  record Draft(Scope scope, String name, Optional<String> scratch, String answers, boolean deploy)
      implements MigrateCommand<MigrationDrafted> {
    @Override
    public String verb() {
      return deploy ? "migrate dev" : "migrate generate";
    }

    @Override
    public Class<MigrationDrafted> outcome() {
      return MigrationDrafted.class;
    }
  }

  /**
   * Says what is applied, pending, failed, changed or missing. Changes nothing.
   *
   * @param drift whether the database is compared with its migrations too
   */
  record Status(Scope scope, Drift drift) implements MigrateCommand<MigrationReport> {

    /** Files and history alone. */
    public Status(Scope scope) {
      this(scope, Drift.LEFT_OUT);
    }

    @Override
    public String verb() {
      return "migrate status";
    }

    @Override
    public Class<MigrationReport> outcome() {
      return MigrationReport.class;
    }
  }

  /**
   * Corrects the history after a person has repaired the database by hand.
   *
   * @param migration the migration's name
   * @param as what it counts as from now on
   */
  record Resolve(Scope scope, String migration, As as) implements MigrateCommand<MigrationReport> {

    /** What a migration counts as. */
    public enum As {
      /** Its changes are in the database. */
      APPLIED,
      /** Its changes are not in the database; it is pending again. */
      ROLLED_BACK,
      /** The statement whose outcome was unknown took effect; deploying goes on after it. */
      STATEMENT_DONE,
      /** The statement whose outcome was unknown took no effect; deploying runs it again. */
      STATEMENT_NOT_DONE
    }

    @Override
    public String verb() {
      return "migrate resolve";
    }

    @Override
    public Class<MigrationReport> outcome() {
      return MigrationReport.class;
    }
  }

  /**
   * Makes a development database what the wanted schema says, without a migration.
   *
   * @param scratch the URL of a running server for scratch databases; without one the embedded
   *     engine is started for it
   * @param answers what is renamed, in lines of an answers file
   * @param allow the hazards that are accepted: their words with commas between, or {@code all}
   */
  record Push(Scope scope, Optional<String> scratch, String answers, String allow)
      implements MigrateCommand<SchemaPushed> {
    @Override
    public String verb() {
      return "schema push";
    }

    @Override
    public Class<SchemaPushed> outcome() {
      return SchemaPushed.class;
    }

    /** Without the password of the scratch server. */
    @Override
    public String toString() {
      return "Push[" + scope + ']';
    }
  }

  /**
   * Makes one migration of several.
   *
   * @param name what they do together, in a few words
   * @param from the first; empty for the first there is
   * @param to the last; empty for the last there is
   * @param scratch the URL of a running server for scratch databases; without one the embedded
   *     engine is started for it
   */
  record Squash(
      Scope scope,
      String name,
      Optional<String> from,
      Optional<String> to,
      Optional<String> scratch)
      implements MigrateCommand<MigrationSquashed> {
    @Override
    public String verb() {
      return "migrate squash";
    }

    @Override
    public Class<MigrationSquashed> outcome() {
      return MigrationSquashed.class;
    }
  }

  /** Empties the database and sets it up anew. Destructive. */
  record Reset(Scope scope, Consent consent) implements MigrateCommand<Deployments> {
    @Override
    public String verb() {
      return "migrate reset";
    }

    @Override
    public Class<Deployments> outcome() {
      return Deployments.class;
    }
  }

  /**
   * Takes an existing database into care: marks migrations as applied without running them.
   *
   * @param upTo the last migration to mark; empty for all
   */
  record Baseline(Scope scope, Optional<String> upTo) implements MigrateCommand<MigrationReport> {
    @Override
    public String verb() {
      return "migrate baseline";
    }

    @Override
    public Class<MigrationReport> outcome() {
      return MigrationReport.class;
    }
  }

  /**
   * Undoes applied migrations by their {@code down.sql}, latest first. Destructive.
   *
   * @param to the last migration that stays; empty undoes one
   */
  record Down(Scope scope, Optional<String> to, Consent consent)
      implements MigrateCommand<Deployments> {
    @Override
    public String verb() {
      return "migrate down";
    }

    @Override
    public Class<Deployments> outcome() {
      return Deployments.class;
    }
  }

  /** Runs the repeatable seeds. */
  record Seed(Scope scope) implements MigrateCommand<Deployments> {
    @Override
    public String verb() {
      return "seed";
    }

    @Override
    public Class<Deployments> outcome() {
      return Deployments.class;
    }
  }

  /** Deploys, then seeds; stops at the first problem. */
  record Setup(Scope scope) implements MigrateCommand<Deployments> {
    @Override
    public String verb() {
      return "setup";
    }

    @Override
    public Class<Deployments> outcome() {
      return Deployments.class;
    }
  }
}
