package dev.undercroft.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The five applications under attack. */
@DatabaseTest
class ApplicationIsolationTest {

  private static final int LEAST_LEAKS = 50;
  private static final int LEAST_BY_ATTACKS = 25;

  @Test
  void simplycaster_is_tight(@On(PostgresVersion.V18) PostgresDatabase database)
      throws SQLException {
    tight(Grounds.install(database, Grounds.application("simplycaster")), false);
  }

  @Test
  void seda_is_tight(@On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    tight(Grounds.install(database, Grounds.application("seda")), false);
  }

  @Test
  void audiotricks_is_tight(@On(PostgresVersion.V18) PostgresDatabase database)
      throws SQLException {
    tight(Grounds.install(database, Grounds.application("audiotricks")), false);
  }

  @Test
  @Tag("EP-003")
  void epic_is_tight(@On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    tight(Grounds.install(database, Grounds.application("epic")), false);
  }

  @Test
  void codepal_is_tight(@On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    tight(Grounds.install(database, Grounds.application("codepal")), false);
  }

  @Test
  void with_one_policy_dropped_an_application_is_not_tight(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    Place place = Grounds.install(database, Grounds.application("codepal"));
    String policies = "select polrelid::regclass || ' ' || polname from pg_policy order by 1";
    String policy = database.column(policies).getFirst();
    String[] words = policy.split(" ", -1);
    database.execute("drop policy " + words[1] + " on " + words[0]);
    SafetyAnswer.Isolated dropped = new IsolationVerb(place).verify(false, Progress.NONE);
    assertThat(dropped.tight()).isFalse();
    assertThat(dropped.findings())
        .anyMatch(
            one -> one.rule().equals("policy-missing") && one.object().equals("public." + policy));
  }

  @Test
  void a_server_of_version_15_that_somebody_else_runs_is_verified_too(
      @On(PostgresVersion.V15) PostgresDatabase database) throws SQLException {
    tight(Grounds.install(database, Grounds.application("simplycaster")), false);
  }

  @Test
  void where_there_is_one_role_alone_it_is_said_what_cannot_be_checked(
      @On(PostgresVersion.V15) PostgresDatabase database) throws SQLException {
    Place place = Grounds.install(database, Grounds.application("codepal"));
    database.execute(
        "do $$ begin if not exists (select from pg_roles where rolname = 'lonely') then"
            + " create role lonely login password 'trial'; end if; end $$",
        "grant connect on database \"" + database.name() + "\" to lonely");
    Place lonely = Grounds.as(place, database.url("lonely", "trial"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> new IsolationVerb(lonely).verify(false, Progress.NONE))
        .satisfies(refused -> {
          assertThat(refused.first().code()).isEqualTo("SAFETY_NOT_VERIFIABLE");
          assertThat(refused.first().message()).contains(database.name(), "lonely");
          assertThat(refused.first().remedy()).contains("superuser");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "seda", "audiotricks", "epic", "codepal"})
  @Tag("long")
  void every_planted_leak_is_found_and_so_is_every_dropped_policy(
      String name, @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    Place place = Grounds.install(database, Grounds.application(name));
    SafetyAnswer.Isolated answer = tight(place, true);
    System.out.println(Grounds.told(answer));
    assertThat(answer.leaks().missed()).isEmpty();
    assertThat(answer.leaks().planted()).isGreaterThan(LEAST_LEAKS);
    assertThat(answer.leaks().byAttacks()).isGreaterThan(LEAST_BY_ATTACKS);
  }

  private static SafetyAnswer.Isolated tight(Place place, boolean proven) {
    SafetyAnswer.Isolated answer = new IsolationVerb(place).verify(proven, Progress.NONE);
    assertThat(answer.tight()).as(Grounds.told(answer)).isTrue();
    return answer;
  }
}
