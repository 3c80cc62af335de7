package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A project and a database on PostgreSQL for one test. */
record Deploying(PostgresTarget target, ProjectFiles files) {

  static final String A = "20250101000000_a";
  static final String B = "20250102000000_b";

  Deploying(dev.undercroft.testkit.PostgresDatabase database, Path folder) {
    this(new PostgresTarget(database), new ProjectFiles(folder));
  }

  Migrations migrations() {
    return migrations(MigrationOptions.DEFAULT);
  }

  Migrations migrations(MigrationOptions options) {
    return migrations(target.dialect(), options);
  }

  Migrations migrations(MigrationDialect dialect, MigrationOptions options) {
    return new Migrations(dialect, files.layout(), options.withAppliedBy("tester"));
  }

  DeployResult deploy() {
    return migrations().deploy(Progress.NONE);
  }

  CompletableFuture<DeployResult> deployBeside() {
    return beside(this::deploy);
  }

  /** In a thread of its own: the common pool of a small machine has one. */
  static <T> CompletableFuture<T> beside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().daemon().start(task));
  }

  void execute(String... statements) {
    target.execute(statements);
  }

  List<String> column(String query) {
    return target.column(query);
  }

  List<String> history() {
    return column("select name || ' ' || outcome from undercroft.migration order by id");
  }

  static Problem problemOf(ThrowingCallable work) {
    ProblemException e = catchThrowableOfType(ProblemException.class, work);
    assertThat(e).as("a problem was expected").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.first();
  }
}
