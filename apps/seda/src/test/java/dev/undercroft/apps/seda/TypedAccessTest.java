package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.ROOMS;
import static dev.undercroft.apps.seda.db.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.undercroft.apps.seda.db.Public;
import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Records;
import org.jooq.Select;
import org.jooq.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler knows of the database, and how it brings related rows along. */
@DatabaseTest
class TypedAccessTest {

  private final PostgresDatabase database;
  private final Stage stage;

  TypedAccessTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  @Tag("SF-001")
  @Tag("SF-092")
  @Tag("SF-100")
  void the_compiled_tables_and_columns_are_those_that_the_migrations_make() throws Exception {
    List<String> compiled =
        Public.PUBLIC
            .tableStream()
            .filter(table -> table.getTableType().isTable())
            .flatMap(TypedAccessTest::columns)
            .toList();
    assertThat(compiled).hasSizeGreaterThan(80);
    assertThat(
            database.column(
                "select format('%s.%s %s', c.table_name, column_name, is_nullable) from"
                    + " information_schema.columns c join information_schema.tables t using"
                    + " (table_schema, table_name) where table_schema = 'public' and table_type ="
                    + " 'BASE TABLE'"))
        .containsExactlyInAnyOrderElementsOf(compiled);
  }

  private static Stream<String> columns(Table<?> table) {
    return Arrays.stream(table.fields())
        .map(field ->
            table.getName()
                + "."
                + field.getName()
                + (field.getDataType().nullable() ? " YES" : " NO"));
  }

  /** The rows of a query inside of a row, as a list. */
  private static <T> Field<List<T>> many(Select<Record1<T>> rows) {
    return multiset(rows).convertFrom(found -> found.map(Record1::value1));
  }

  /** A user with what belongs to it. */
  record Whole(
      UUID id,
      List<String> profiles,
      List<String> requests,
      List<UUID> messages,
      List<String> reactions,
      List<UUID> rooms) {}

  @Test
  @Tag("SF-004")
  @Tag("SF-026")
  @Tag("SF-027")
  @Tag("SF-028")
  @Tag("SF-029")
  @Tag("SF-030")
  void users_come_with_profile_requests_messages_reactions_and_memberships_in_one_query()
      throws Exception {
    database.execute(
        People.named(
            "insert into verification_requests (user_id, claim_code, expires_at) values"
                + " ('STRANGER', 'SEDA-1', now() + interval '7 days')"));
    stage.takeStatements();
    List<Whole> users =
        stage
            .data()
            .readSystem(db ->
                db.select(
                        USERS.ID,
                        many(
                            select(USERS.artistProfiles().ARTIST_NAME)
                                .from(USERS.artistProfiles())),
                        many(
                            select(USERS.verificationRequestsUserIdFkey().CLAIM_CODE)
                                .from(USERS.verificationRequestsUserIdFkey())),
                        many(select(USERS.messages().ID).from(USERS.messages())),
                        many(select(USERS.reactions().EMOJI).from(USERS.reactions())),
                        many(select(USERS.roomMemberships().ROOM_ID).from(USERS.roomMemberships())))
                    .from(USERS)
                    .fetch(Records.mapping(Whole::new)));
    assertThat(stage.takeStatements()).hasSize(1);
    assertThat(users).hasSize(4);
    for (Whole user : users) {
      assertIsAsInTheTables(user);
    }
    assertThat(users.stream().mapToInt(user -> user.profiles().size()).sum()).isOne();
    assertThat(users.stream().mapToInt(user -> user.requests().size()).sum()).isOne();
    assertThat(users.stream().mapToInt(user -> user.messages().size()).sum()).isGreaterThan(3);
    assertThat(users.stream().mapToInt(user -> user.reactions().size()).sum()).isEqualTo(3);
    assertThat(users.stream().mapToInt(user -> user.rooms().size()).sum()).isGreaterThan(4);
  }

  private void assertIsAsInTheTables(Whole user) throws Exception {
    assertThat(user.profiles())
        .isEqualTo(column("artist_name from artist_profiles where user_id", user.id()))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(user.requests())
        .isEqualTo(column("claim_code from verification_requests where user_id", user.id()));
    assertThat(user.messages().stream().map(UUID::toString))
        .containsExactlyInAnyOrderElementsOf(column("id from messages where user_id", user.id()));
    assertThat(user.reactions())
        .containsExactlyInAnyOrderElementsOf(
            column("emoji from reactions where user_id", user.id()));
    assertThat(user.rooms().stream().map(UUID::toString))
        .containsExactlyInAnyOrderElementsOf(
            column("room_id from room_memberships where user_id", user.id()));
  }

  private List<String> column(String query, UUID of) throws Exception {
    return database.column("select " + query + " = '" + of + "'");
  }

  /** A room with what is in it. */
  record Inside(UUID id, List<UUID> messages, List<UUID> members) {}

  @Test
  @Tag("SF-004")
  @Tag("SF-052")
  @Tag("SF-053")
  void rooms_come_with_messages_and_members_in_one_query() throws Exception {
    stage.takeStatements();
    List<Inside> rooms =
        stage
            .data()
            .readSystem(db ->
                db.select(
                        ROOMS.ID,
                        many(select(ROOMS.messages().ID).from(ROOMS.messages())),
                        many(select(ROOMS.roomMemberships().USER_ID).from(ROOMS.roomMemberships())))
                    .from(ROOMS)
                    .fetch(Records.mapping(Inside::new)));
    assertThat(stage.takeStatements()).hasSize(1);
    assertThat(rooms).hasSize(2);
    for (Inside room : rooms) {
      assertThat(room.messages().stream().map(UUID::toString))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(column("id from messages where room_id", room.id()));
      assertThat(room.members().stream().map(UUID::toString))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              column("user_id from room_memberships where room_id", room.id()));
    }
  }
}
