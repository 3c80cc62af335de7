package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.migrate.Migrations;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the suites of migrations have in common. */
abstract class MigrationSuite {

  static final String A = "20250101000000_a";
  static final String B = "20250102000000_b";
  static final String C = "20250103000000_c";

  @TempDir Path folder;
  ProjectFiles files;

  abstract MigrationTarget target();

  @BeforeEach
  void prepareFiles() {
    files = new ProjectFiles(folder);
  }

  Migrations migrations() {
    return migrations(MigrationOptions.DEFAULT);
  }

  Migrations migrations(MigrationOptions options) {
    return new Migrations(target().dialect(), files.layout(), options.withAppliedBy("tester"));
  }

  DeployResult deploy() {
    return migrations().deploy(Progress.NONE);
  }

  List<Problem> problemsOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    ProblemException e = catchThrowableOfType(ProblemException.class, work);
    assertThat(e).as("a problem was expected").isNotNull();
    return e.problems();
  }

  Problem problemOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    List<Problem> problems = problemsOf(work);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  List<State> states() {
    return migrations().status().entries().stream().map(MigrationStatus.Entry::state).toList();
  }

  ProjectFiles three() {
    return files
        .migration(A, "create table a (id integer primary key);")
        .migration(B, "create table b (id integer primary key);", "insert into a values (1);")
        .migration(C, "create table c (id integer primary key);");
  }
}
