package dev.undercroft.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  private static final Path BASE = Path.of("/project");

  private static PostgresAddress parse(String url) {
    return (PostgresAddress) DatabaseUrl.parse(url, BASE);
  }

  private static List<Problem> problems(String url) {
    return catchThrowableOfType(ProblemException.class, () -> DatabaseUrl.parse(url, BASE))
        .problems();
  }

  private static List<String> codes(String url) {
    return problems(url).stream().map(Problem::code).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ann:pw@db.example.org:6432/shop",
        "postgresql://ann:pw@db.example.org:6432/shop",
        "POSTGRES://ann:pw@db.example.org:6432/shop",
        "jdbc:postgresql://ann:pw@db.example.org:6432/shop",
        "jdbc:postgresql://db.example.org:6432/shop?user=ann&password=pw",
        "postgresql:///shop?host=db.example.org&port=6432&user=ann&password=pw",
        "postgresql://ann@db.example.org:6432?dbname=shop&password=pw",
      })
  @Tag("SC-005")
  @Tag("CP-122")
  void every_form_that_people_have_means_the_same(String url) {
    PostgresAddress address = parse(url);
    assertThat(address.hosts()).containsExactly(new HostPort("db.example.org", 6432));
    assertThat(address.database()).isEqualTo("shop");
    assertThat(address.user()).isEqualTo("ann");
    assertThat(address.password().reveal()).isEqualTo("pw");
  }

  @Test
  void several_hosts_and_addresses_in_brackets() {
    assertThat(parse("postgres://u:p@[::1]:5433,10.0.0.7,db:6000/d").hosts())
        .containsExactly(
            new HostPort("::1", 5433), new HostPort("10.0.0.7", 5432), new HostPort("db", 6000));
    assertThat(parse("postgres://u@/d?host=a,b&port=1,2").hosts())
        .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
    assertThat(parse("postgres://u@/d?host=a,b&port=7").servers()).isEqualTo("a:7,b:7");
    assertThat(parse("jdbc:postgresql:d?user=u").servers()).isEqualTo("localhost:5432");
    assertThat(parse("postgres://u@[::1]/d").servers()).isEqualTo("[::1]:5432");
  }

  @Test
  void a_percent_encoded_password_is_decoded_and_never_printed() {
    PostgresAddress address = parse("postgres://an%40n:p%40ss%3A%2F%25%C3%A9+word@h/d%20b");
    assertThat(address.user()).isEqualTo("an@n");
    assertThat(address.password().reveal()).isEqualTo("p@ss:/%é+word");
    assertThat(address.database()).isEqualTo("d b");
    assertThat(address.toString())
        .isEqualTo("postgresql://an%40n:***@h:5432/d%20b")
        .isEqualTo(address.display());
  }

  @Test
  @Tag("SC-080")
  void the_shown_url_hides_every_secret() {
    PostgresAddress address =
        parse("postgres://u:topsecret@h/d?sslmode=require&sslkey=k.p12&sslpassword=hidden");
    assertThat(address.display())
        .isEqualTo("postgresql://u:***@h:5432/d?sslmode=require&sslkey=k.p12&sslpassword=***");
  }

  @Test
  void a_revealed_url_reads_back_as_the_same_address() {
    PostgresAddress address =
        parse("postgres://a%40b:p%3Aw@[::1]:5433/d%2Fb?schema=x&options=-c%20geqo%3Doff");
    assertThat(parse(address.revealedUrl().reveal())).isEqualTo(address);
  }

  @Test
  @Tag("AT-077")
  @Tag("SC-067")
  void the_pool_takes_its_size_and_times_from_the_url() {
    PoolSettings pool =
        parse(
                "postgres://u:p@h/d?connection_limit=5&pool_timeout=7&connect_timeout=3"
                    + "&pool_min=1&pool_idle_timeout=60&pool_max_lifetime=0")
            .pool(PoolSettings.DEFAULT);
    assertThat(pool.maximum()).isEqualTo(5);
    assertThat(pool.minimum()).isEqualTo(1);
    assertThat(pool.acquire()).isEqualTo(Duration.ofSeconds(7));
    assertThat(pool.connect()).isEqualTo(Duration.ofSeconds(3));
    assertThat(pool.idle()).isEqualTo(Duration.ofSeconds(60));
    assertThat(pool.lifetime()).isEqualTo(PoolSettings.FOREVER);
    assertThat(parse("postgres://u:p@h/d").pool(PoolSettings.DEFAULT))
        .isEqualTo(PoolSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=require, SSLMODE, require",
    "ssl=true, SSLMODE, verify-full",
    "ssl=false, SSLMODE, disable",
    "sslaccept=strict, SSLMODE, verify-full",
    "sslaccept=accept_invalid_certs, SSLMODE, require",
    "channel_binding=require, CHANNEL_BINDING, require",
    "channelBinding=disable, CHANNEL_BINDING, disable",
    "application_name=web, APPLICATION_NAME, web",
    "ApplicationName=web, APPLICATION_NAME, web",
    "schema=public, SCHEMA, public",
    "currentSchema=shop, SCHEMA, shop",
    "pgbouncer=true, PGBOUNCER, true",
    "keepalives=1, KEEPALIVES, true",
    "targetServerType=master, TARGET_SESSION_ATTRS, primary",
    "target_session_attrs=read-write, TARGET_SESSION_ATTRS, read-write",
    "loadBalanceHosts=true, LOAD_BALANCE_HOSTS, random",
    "options=-c%20statement_timeout%3D5s, OPTIONS, -c statement_timeout=5s",
  })
  void the_words_of_libpq_the_driver_and_prisma_are_understood(
      String query, PostgresParameter parameter, String value) {
    assertThat(parse("postgres://u:p@h/d?" + query).parameters()).containsEntry(parameter, value);
  }

  @Test
  @Tag("EP-025")
  void an_address_pasted_from_a_provider_is_accepted_unchanged() {
    PostgresAddress address =
        parse(
            "postgresql://ann:npg_Ab3@ep-cool-1234-pooler.eu-central-1.aws.example.com/neondb"
                + "?sslmode=require&channel_binding=require&pgbouncer=true&connect_timeout=10");
    assertThat(address.isTransactionPooled()).isTrue();
    assertThat(address.parameter(PostgresParameter.SSLMODE)).contains("require");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://h/d | ACCESS_URL_NO_USER",
        "postgres://u:p@h | ACCESS_URL_NO_DATABASE",
        "postgres:u:p@h/d | ACCESS_URL_SLASHES",
        "postgres://u:p@h:0/d | ACCESS_URL_PORT",
        "postgres://u:p@h:70000/d | ACCESS_URL_PORT",
        "postgres://u:p@h:x/d | ACCESS_URL_PORT",
        "postgres://u:p@h!/d | ACCESS_URL_HOST",
        "postgres://u:p@::1/d | ACCESS_URL_HOST",
        "postgres://u:p@x@h/d | ACCESS_URL_ENCODING",
        "postgres://u:p%zz@h/d | ACCESS_URL_ENCODING",
        "postgres://u:p%00@h/d | ACCESS_URL_ENCODING",
        "postgres://u:p@h/d#x | ACCESS_URL_FRAGMENT",
        "postgres://u:p@h/d/e | ACCESS_URL_PATH",
        "postgres://u:p@/d?host=/var/run/postgresql | ACCESS_URL_SOCKET",
        "postgres://u:p@%2Fvar%2Frun/d | ACCESS_URL_SOCKET",
        "postgres://u:p@h/d?sslmode=on | ACCESS_URL_PARAMETER_VALUE",
        "postgres://u:p@h/d?connection_limit=0 | ACCESS_URL_PARAMETER_VALUE",
        "postgres://u:p@h/d?sslmode | ACCESS_URL_PARAMETER_FORM",
        "postgres://u:p@h/d?passfile=x | ACCESS_URL_PARAMETER_UNSUPPORTED",
        "postgres://u:p@h/d?sslmod=require | ACCESS_URL_PARAMETER_UNKNOWN",
        "postgres://u:p@h/d?user=v | ACCESS_URL_TWICE",
        "postgres://u:p@h/d?schema=a&schema=b | ACCESS_URL_TWICE",
        "'\"postgres://u:p@h/d\"' | ACCESS_URL_DECORATED",
        "postgres://u:p w@h/d | ACCESS_URL_SPACE",
        "postgress://u:p@h/d | ACCESS_URL_SCHEME",
        "mysql://u:p@h/d | ACCESS_URL_SCHEME",
        "localhost | ACCESS_URL_SCHEME",
        "'' | ACCESS_URL_EMPTY",
      })
  @Tag("EP-081")
  @Tag("SC-005")
  void a_malformed_address_is_named_as_the_cause(String url, String code) {
    assertThat(codes(url)).containsExactly(code);
    assertThat(problems(url)).allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
  }

  @Test
  void all_problems_are_told_together_and_the_nearest_right_word_with_them() {
    List<Problem> problems = problems("postgres://u:p@h:x/?conection_limit=5&sslmode=always&foo=1");
    assertThat(problems)
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "ACCESS_URL_PORT",
            "ACCESS_URL_NO_DATABASE",
            "ACCESS_URL_PARAMETER_UNKNOWN",
            "ACCESS_URL_PARAMETER_VALUE",
            "ACCESS_URL_PARAMETER_UNKNOWN");
    assertThat(problems)
        .anySatisfy(
            problem -> assertThat(problem.remedy()).contains("Did you mean connection_limit?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:hunter2/x@h:5432/d",
        "postgres://u:hunter2?x@h/d",
        "postgres://u:hunter2#x@h/d",
        "postgres://u:hunter2%zz@h/d",
        "postgres://u:hunter2@x@h/d",
        "postgresql:hunter2",
        "hunter2",
        "hunter2:x",
        "postgres://u:a@h/d?password=hunter2",
        "postgres://u@h/d?sslpassword=&password=hunter2&x=1",
      })
  void no_message_shows_what_may_be_a_password(String url) {
    assertThat(problems(url))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
  }

  @Test
  @Tag("EP-031")
  void queries_use_the_first_address_and_migrations_the_second() {
    DatabaseAddresses both =
        DatabaseAddresses.parse(
            "postgres://u:p@pooler/d?pgbouncer=true", Optional.of("postgres://u:p@direct/d"), BASE);
    assertThat(both.queries().display()).contains("@pooler:");
    assertThat(both.migrations().display()).contains("@direct:");
    assertThat(both.obstacleToMigrations()).isEmpty();
    DatabaseAddresses one = DatabaseAddresses.parse("postgres://u:p@h/d", Optional.empty(), BASE);
    assertThat(one.migrations()).isEqualTo(one.queries());
  }

  @Test
  void a_pooled_address_alone_is_an_obstacle_to_migrations() {
    DatabaseAddresses one =
        DatabaseAddresses.parse("postgres://u:p@pooler/d?pgbouncer=true", Optional.empty(), BASE);
    assertThat(one.obstacleToMigrations())
        .hasValueSatisfying(problem -> assertThat(problem.remedy()).contains("DIRECT_URL"));
  }

  @Test
  void the_problems_of_both_urls_are_told_together_with_the_setting() {
    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class,
            () -> DatabaseAddresses.parse("mysql://x", Optional.of("postgres://h"), BASE));
    assertThat(thrown.problems())
        .extracting(problem -> problem.context().get("setting"))
        .containsExactly("DATABASE_URL", "DIRECT_URL", "DIRECT_URL");
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () ->
                        DatabaseAddresses.parse("file:x.db", Optional.of("postgres://u@h/d"), BASE))
                .first()
                .code())
        .isEqualTo("ACCESS_URLS_DIFFER");
  }
}
