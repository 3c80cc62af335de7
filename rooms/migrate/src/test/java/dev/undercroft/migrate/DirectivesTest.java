package dev.undercroft.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectivesTest {

  private final List<Problem> problems = new ArrayList<>();

  private Directives read(String text) {
    return Directives.read(Script.read(new SqlSource("m.sql", text), Dialect.POSTGRESQL), problems);
  }

  @Test
  void all_directives_stand_in_comments_before_the_first_statement() {
    Directives found =
        read(
            """
            -- A migration. undercroft: this is prose
            -- undercroft:no-transaction
            --undercroft: lock-timeout 250ms
            -- undercroft:statement-timeout 10 min
            /* between */
            -- undercroft:foreign-keys off
            select 1;
            """);
    assertThat(problems).isEmpty();
    assertThat(found.noTransaction()).isTrue();
    assertThat(found.lockTimeout()).contains(Duration.ofMillis(250));
    assertThat(found.statementTimeout()).contains(Duration.ofMinutes(10));
    assertThat(found.foreignKeysOff()).isTrue();
    assertThat(read("select 1;")).isEqualTo(Directives.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-transactoin|is unknown|Did you mean 'no-transaction'?",
        "frobnicate|is unknown|Known directives: no-transaction,",
        "no-transaction yes|takes no value|alone",
        "lock-timeout|needs a time and not ''|5s",
        "lock-timeout 5|needs a time and not '5'|5s",
        "lock-timeout -1s|needs a time|5s",
        "foreign-keys maybe|knows only the value off|foreign-keys off",
      })
  void a_wrong_directive_is_refused_with_what_is_right(String text, String what, String remedy) {
    read("-- undercroft:" + text + "\nselect 1;");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).startsWith("m.sql:1: ").contains(what);
    assertThat(problems.getFirst().remedy()).contains(remedy);
  }

  @Test
  void a_directive_behind_a_statement_or_twice_is_refused() {
    read(
        "-- undercroft:no-transaction\n-- undercroft:no-transaction\nselect 1;\n"
            + "-- undercroft:lock-timeout 1s\nselect 2;");
    assertThat(problems)
        .extracting(Problem::message)
        .satisfiesExactly(
            twice -> assertThat(twice).contains("m.sql:2:").contains("stands there twice"),
            late -> assertThat(late).contains("m.sql:4:").contains("stands behind a statement"));
  }
}
