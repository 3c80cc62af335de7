package dev.undercroft.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteUrlTest {

  private static final Path BASE = Path.of("/project");

  private static SqliteAddress parse(String url) {
    return (SqliteAddress) DatabaseUrl.parse(url, BASE);
  }

  @ParameterizedTest
  @CsvSource({
    "file:./dev.db, /project/dev.db",
    "file:dev.db, /project/dev.db",
    "sqlite:data/dev.db, /project/data/dev.db",
    "sqlite://data/dev.db, /project/data/dev.db",
    "sqlite:///var/dev.db, /var/dev.db",
    "file:/var/dev.db, /var/dev.db",
    "file:///var/dev.db, /var/dev.db",
    "jdbc:sqlite:dev.db, /project/dev.db",
    "jdbc:sqlite:/var/my%20dev.db, /var/my dev.db",
    "file:../other/dev.db, /other/dev.db",
  })
  void every_form_that_people_have(String url, String file) {
    assertThat(parse(url).file()).isEqualTo(Path.of(file));
    assertThat(parse(url).mode()).isEqualTo(SqliteAddress.Mode.CREATE);
  }

  @Test
  void parameters_and_names() {
    SqliteAddress address = parse("file:dev.db?mode=ro&busy_timeout=250&connection_limit=1");
    assertThat(address.mode()).isEqualTo(SqliteAddress.Mode.READ_ONLY);
    assertThat(address.busyTimeout()).isEqualTo(Duration.ofMillis(250));
    assertThat(address.pool(PoolSettings.DEFAULT).maximum()).isEqualTo(1);
    assertThat(address.database()).isEqualTo("dev");
    assertThat(address.display()).isEqualTo("sqlite:/project/dev.db?mode=ro");
    assertThat(parse("sqlite::memory:").mode()).isEqualTo(SqliteAddress.Mode.MEMORY);
  }

  @Test
  void all_problems_are_told_together() {
    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class, () -> parse("sqlite:?mode=x&conection_limit=1&cache=no"));
    assertThat(thrown.problems())
        .extracting(problem -> problem.code())
        .containsExactlyInAnyOrder(
            "ACCESS_URL_NO_FILE",
            "ACCESS_URL_PARAMETER_VALUE",
            "ACCESS_URL_PARAMETER_VALUE",
            "ACCESS_URL_PARAMETER_UNKNOWN");
  }
}
