package dev.undercroft.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.Sessions;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;

@DatabaseTest
class DataTest {

  private static final Table<Record> NOTES = table(name("notes"));
  private static final Field<String> OWNER = field(name("owner"), SQLDataType.CLOB);
  private static final Field<String> TEXT = field(name("text"), SQLDataType.CLOB);
  private static final TenantContext ANNA = TenantContext.of("anna");
  private static final TenantContext BEN = new TenantContext("ben", "admin");

  @EachServer
  void a_tenant_sees_and_writes_its_own_rows_only(PostgresDatabase database) throws Exception {
    with(
        database,
        data -> {
          data.useTenant(ANNA, insert("anna", "mine"));
          data.useTenant(BEN, insert("ben", "his"));
          assertThat(data.readTenant(ANNA, DataTest::texts)).containsExactly("mine");
          assertThat(data.readSystem(DataTest::texts)).containsExactly("his", "mine");
          assertThat(data.readPublic(DataTest::texts)).isEmpty();
          assertThatThrownBy(() -> data.useTenant(ANNA, insert("ben", "forged")))
              .isInstanceOf(ProblemException.class)
              .hasRootCauseInstanceOf(SQLException.class);
        });
  }

  @EachServer
  void the_role_of_the_caller_reaches_the_policies(PostgresDatabase database) throws Exception {
    with(
        database,
        data -> {
          data.useTenant(ANNA, insert("anna", "mine"));
          int gone = data.withTenant(BEN, dsl -> dsl.deleteFrom(NOTES).execute());
          assertThat(gone).isOne();
          assertThat(data.readSystem(DataTest::texts)).isEmpty();
        });
  }

  @EachServer
  void work_that_throws_leaves_nothing_and_the_connection_carries_no_tenant_on(
      PostgresDatabase database) throws Exception {
    with(
        database,
        data -> {
          assertThatThrownBy(() ->
                  data.useTenant(
                      ANNA,
                      dsl -> {
                        insert("anna", "mine").accept(dsl);
                        throw new IllegalStateException("no");
                      }))
              .isInstanceOf(IllegalStateException.class);
          assertThat(data.readSystem(DataTest::texts)).isEmpty();
          data.useTenant(ANNA, insert("anna", "mine"));
          assertThat(data.readPublic(DataTest::tenant)).isEmpty();
          assertThat(data.readSystem(DataTest::tenant)).isEmpty();
        });
  }

  @EachServer
  void reading_work_cannot_write(PostgresDatabase database) throws Exception {
    with(
        database,
        data ->
            assertThatThrownBy(() ->
                    data.readTenant(
                        ANNA, dsl -> dsl.insertInto(NOTES, OWNER).values("anna").execute()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("25006"));
  }

  @EachServer
  void a_transaction_of_jooq_is_a_savepoint(PostgresDatabase database) throws Exception {
    with(
        database,
        data -> {
          data.useTenant(
              ANNA,
              dsl -> {
                insert("anna", "first").accept(dsl);
                assertThatThrownBy(
                        () -> dsl.transaction(inner -> insert("anna", null).accept(inner.dsl())))
                    .isInstanceOf(DataAccessException.class);
                dsl.transaction(inner -> insert("anna", "second").accept(inner.dsl()));
                assertThat(tenant(dsl)).isEqualTo("anna");
              });
          assertThat(data.readTenant(ANNA, DataTest::texts)).containsExactly("first", "second");
        });
  }

  @EachServer
  void the_context_is_dead_when_the_work_has_returned(PostgresDatabase database) throws Exception {
    with(
        database,
        data -> {
          AtomicReference<DSLContext> kept = new AtomicReference<>();
          data.useTenant(ANNA, kept::set);
          assertThatThrownBy(() -> kept.get().selectOne().fetch())
              .isInstanceOf(DataAccessException.class)
              .hasMessageContaining("closed");
        });
  }

  private static Consumer<DSLContext> insert(String owner, String text) {
    return dsl -> dsl.insertInto(NOTES, OWNER, TEXT).values(owner, text).execute();
  }

  private static List<String> texts(DSLContext dsl) {
    return dsl.select(TEXT).from(NOTES).orderBy(TEXT).fetch(TEXT);
  }

  private static String tenant(DSLContext dsl) {
    return dsl.fetchSingle("select coalesce(current_setting('undercroft.tenant', true), '')")
        .get(0, String.class);
  }

  private static void with(PostgresDatabase database, Consumer<Data> test) throws SQLException {
    database.execute(
        "create table notes (owner text not null, text text not null)",
        "alter table notes enable row level security",
        "alter table notes force row level security",
        "create policy own on notes using (owner = current_setting('undercroft.tenant', true)"
            + " or current_setting('undercroft.role', true) = 'admin')",
        "grant usage on schema public to public",
        "grant select, insert, update, delete on notes to public");
    try (TestRole role = new TestRole(database);
        ConnectionPool application = pool("app", role.source());
        ConnectionPool system = pool("system", new TestSource(database))) {
      test.accept(new Data(new Sessions(application), new Sessions(system)));
    }
  }

  private static ConnectionPool pool(String name, TestSource source) {
    return new ConnectionPool(name, source, PoolSettings.DEFAULT.withMinimum(0));
  }
}
