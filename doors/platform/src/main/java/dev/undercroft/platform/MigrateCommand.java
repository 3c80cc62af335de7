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

  /** Applies what is pending, in order. */
  record Deploy(Scope scope, Action action) implements MigrateCommand<Deployments> {
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

  /** Says what is applied, pending, failed, changed or missing. Changes nothing. */
  record Status(Scope scope) implements MigrateCommand<MigrationReport> {
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
