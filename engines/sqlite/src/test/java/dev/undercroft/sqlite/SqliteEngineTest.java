package dev.undercroft.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.engine.Capability;
import dev.undercroft.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteEngineTest {

  private final Engine engine = SqliteEngine.create();

  @ParameterizedTest
  @EnumSource(value = Capability.class, mode = EnumSource.Mode.EXCLUDE, names = "TRANSACTIONAL_DDL")
  void what_sqlite_cannot_do_is_a_clear_problem(Capability capability) {
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> engine.require(capability)).first();
    assertThat(problem.code()).isEqualTo("ENGINE_CANNOT");
    assertThat(problem.message()).isEqualTo("SQLite has no " + capability.words());
    assertThat(problem.remedy()).contains("PostgreSQL");
  }

  @Test
  void what_it_can_do_is_none() {
    assertThatCode(() -> engine.require(Capability.TRANSACTIONAL_DDL)).doesNotThrowAnyException();
  }
}
