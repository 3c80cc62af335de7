package dev.undercroft.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.platform.SafetyAnswer.CheckedLog;
import dev.undercroft.platform.SafetyAnswer.SealedLog;
import dev.undercroft.platform.SafetyCommand;
import dev.undercroft.platform.Scope;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of the applications, sealed, tampered with by a superuser, and checked. */
@DatabaseTest
class AuditLogTest {

  private static final Optional<Path> NO_FILE = Optional.empty();
  private static final String UNLOCK = "alter table audit_log disable trigger all";

  @TempDir private Path folder;

  private static AuditVerb epic(PostgresDatabase database) throws SQLException {
    Place place = Grounds.install(database, Grounds.application("epic"));
    for (int user = 1; user <= 5; user++) {
      database.execute(
          "insert into users (id, email) values ('u%1$d', 'u%1$d@example.com')".formatted(user));
    }
    return new AuditVerb(place, InstantSource.system());
  }

  private static String damage(List<CheckedLog> checked) {
    return checked.stream()
        .flatMap(log -> log.damage().stream())
        .map(one -> one.object() + " " + one.reason())
        .collect(Collectors.joining("\n"));
  }

  private static String key(PostgresDatabase database, int place) throws SQLException {
    return database.value(
        "select id from audit_log order by id offset " + (place - 1) + " limit 1");
  }

  @Test
  void what_was_changed_removed_or_inserted_afterwards_is_named(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    AuditVerb audit = epic(database);
    SealedLog sealed = audit.seal(NO_FILE).getFirst();
    assertThat(sealed.sealedNow()).isGreaterThanOrEqualTo(5);
    assertThat(audit.seal(NO_FILE).getFirst().sealedNow()).isZero();
    assertThat(damage(audit.verify(NO_FILE))).isEmpty();
    database.execute("update users set name = 'n' where id = 'u1'");
    assertThat(audit.verify(NO_FILE).getFirst().open()).isOne();
    assertThat(damage(audit.verify(NO_FILE))).as("what is not sealed yet is no damage").isEmpty();

    String changed = key(database, 2);
    String removed = key(database, 4);
    database.execute(
        UNLOCK,
        "update audit_log set new_values = '{}' where id = " + changed,
        "delete from audit_log where id = " + removed,
        "insert into audit_log (action, entity, created_at) values ('DELETE', 'jobs', now() - interval '2 hours')");
    String inserted = database.value("select max(id) from audit_log");
    assertThat(damage(audit.verify(NO_FILE)).lines())
        .containsExactlyInAnyOrder(
            changed + " was changed",
            removed + " was removed",
            damage(audit.verify(NO_FILE))
                .lines()
                .filter(line -> line.startsWith(inserted + " was inserted afterwards"))
                .findFirst()
                .orElse("the inserted entry"));
  }

  @Test
  void entries_that_change_places_are_named(@On(PostgresVersion.V18) PostgresDatabase database)
      throws SQLException {
    AuditVerb audit = epic(database);
    Path roots = folder.resolve("roots");
    audit.seal(Optional.of(roots));
    String first = key(database, 1);
    String second = key(database, 2);
    database.execute(
        "alter table undercroft.audit_leaf disable trigger all",
        "update undercroft.audit_leaf set place = place + 100 where entry in ('%s', '%s')"
            .formatted(first, second),
        "update undercroft.audit_leaf set place = 2 where entry = '%s'".formatted(first),
        "update undercroft.audit_leaf set place = 1 where entry = '%s'".formatted(second));
    assertThat(damage(audit.verify(NO_FILE))).contains("seal 1 does not fit its leaves");
    assertThat(damage(audit.verify(Optional.of(roots))))
        .contains(first + " stands at another place", second + " stands at another place");
  }

  @Test
  void whoever_forges_leaves_too_is_found_by_what_is_kept_outside(
      @On(PostgresVersion.V18) PostgresDatabase database) throws Exception {
    AuditVerb audit = epic(database);
    Path roots = folder.resolve("roots");
    audit.seal(Optional.of(roots));
    database.execute("update users set name = 'n' where id = 'u1'");
    audit.seal(Optional.of(roots));
    assertThat(Files.readAllLines(roots))
        .hasSize(2)
        .allMatch(line -> line.startsWith("epic.audit_log\t"));
    assertThat(damage(audit.verify(Optional.of(roots)))).isEmpty();

    String changed = key(database, 3);
    database.execute(
        UNLOCK,
        "alter table undercroft.audit_leaf disable trigger all",
        "update undercroft.audit_leaf set hash = repeat('0', 64) where entry = '" + changed + "'");
    assertThat(damage(audit.verify(NO_FILE)))
        .contains("seal 1 does not fit", changed + " was changed");
    assertThat(damage(audit.verify(Optional.of(roots))))
        .contains(changed + " was changed together with its leaf");

    database.execute(
        "alter table undercroft.audit_seal disable trigger all",
        "delete from undercroft.audit_seal where number = 2",
        "delete from undercroft.audit_leaf where place > 5",
        "delete from audit_log where id = (select max(id) from audit_log)");
    assertThat(damage(audit.verify(Optional.of(roots))))
        .contains("seal 2 was removed with its 1 entries");
  }

  @Test
  void seals_need_the_key_and_nobody_else_reads_or_writes_them(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    AuditVerb audit = epic(database);
    audit.seal(NO_FILE);
    Place place = audit.place();
    Place stranger =
        new Place(
            place.project(),
            place.admin(),
            place.server(),
            place.state(),
            new Grounds.Pocket("other"));
    assertThat(damage(new AuditVerb(stranger, InstantSource.system()).verify(NO_FILE)))
        .contains("seal 1 does not carry our signature");
    assertThat(
            database.column(
                "select r from unnest(array['app', 'system', 'analytics', 'migrator']) r"
                    + " where has_table_privilege('epic_' || r, 'undercroft.audit_leaf', 'INSERT, UPDATE, DELETE')"
                    + " and r <> 'migrator'"))
        .isEmpty();
    assertThat(
            database.value(
                "select not rolcanlogin from pg_roles r join pg_class c on c.relowner = r.oid"
                    + " where c.oid = 'undercroft.audit_leaf'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void sealing_in_another_time_zone_and_later_columns_change_no_hash(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    AuditVerb audit = epic(database);
    audit.seal(NO_FILE);
    database.execute(
        "do $$ begin execute format('alter database %I set timezone = %L', current_database(), 'Asia/Tokyo'); end $$",
        "do $$ begin execute format('alter database %I set datestyle = %L', current_database(), 'German'); end $$",
        "alter table audit_log add column request_id text");
    assertThat(damage(audit.verify(NO_FILE))).isEmpty();
  }

  @Test
  void what_is_archived_may_leave_the_log_and_nothing_else(
      @On(PostgresVersion.V18) PostgresDatabase database) throws Exception {
    AuditVerb audit = epic(database);
    audit.seal(NO_FILE);
    database.execute("update users set name = 'n' where id = 'u1'");
    audit.seal(NO_FILE);
    Instant before =
        Instant.ofEpochMilli(
            Long.parseLong(
                        database.value(
                            "select ceil(extract(epoch from created_at) * 1000000)::bigint from audit_log"
                                + " order by id offset 3 limit 1"))
                    / 1000
                + 1);
    SafetyCommand.ArchiveAudit command =
        new SafetyCommand.ArchiveAudit(Scope.of(folder), Instant.EPOCH, folder);
    assertThat(audit.archive(command).getFirst().entries()).isZero();
    SafetyAnswer.ArchivedLog made =
        audit.archive(new SafetyCommand.ArchiveAudit(Scope.of(folder), before, folder)).getFirst();
    int entries = (int) made.entries();
    assertThat(entries).isBetween(4, 6);
    assertThat(Files.readAllLines(made.file().orElseThrow())).hasSize(entries);
    assertThat(damage(audit.verify(NO_FILE))).isEmpty();
    database.execute(
        UNLOCK,
        "delete from audit_log where id in (select id from audit_log order by id limit "
            + entries
            + ")");
    assertThat(damage(audit.verify(NO_FILE))).as("what is in the archive is not missed").isEmpty();
    database.execute(
        "alter table undercroft.audit_archive disable trigger all",
        "update undercroft.audit_archive set through = through + 1");
    assertThat(damage(audit.verify(NO_FILE)))
        .as("a forged archive counts for nothing")
        .contains("was removed");
  }

  @Test
  void the_newest_entries_with_a_text_are_found(@On(PostgresVersion.V18) PostgresDatabase database)
      throws SQLException {
    AuditVerb audit = epic(database);
    assertThat(audit.search("U3@EXAMPLE", 10)).hasSize(1);
    assertThat(audit.search("", 2)).hasSize(2);
    assertThat(audit.search("", 10).getFirst().at().orElse(Instant.EPOCH))
        .isAfterOrEqualTo(audit.search("", 10).getLast().at().orElse(Instant.MAX));
  }
}
