package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.migrate.DeployResult;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may stand in a folder of migrations, on every engine. */
abstract class FilesContract extends DeployContract {

  @Test
  @Tag("CP-029")
  void everything_that_is_wrong_with_a_folder_is_reported_together() {
    files
        .migration("20250102_", "select 1;")
        .migration("noversion", "select 1;")
        .migration("20250104000000_x", "select 1;")
        .migration("20250104000000_y", "select 1;")
        .write(
            "migrations/20250108000000_bom.sql",
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 's'})
        .write("migrations/20250109000000_latin.sql", new byte[] {'-', '-', (byte) 0xE9, '\n'})
        .write("migrations/20250110000000_nul.sql", new byte[] {'s', '\n', 0})
        .write("migrations/20250111000000_typo/migrtion.sql", "select 1;");
    List<Problem> unreadable = problemsOf(() -> migrations().plan());
    assertThat(unreadable)
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "MIGRATE_NAME_MALFORMED",
            "MIGRATE_NAME_MALFORMED",
            "MIGRATE_VERSION_TWICE",
            "MIGRATE_FILE_NOT_TEXT",
            "MIGRATE_FILE_NOT_TEXT",
            "MIGRATE_FILE_NOT_TEXT",
            "MIGRATE_FILE_UNKNOWN",
            "MIGRATE_FILE_MISSING");
    assertThat(target().tables()).isEmpty();
  }

  @Test
  void everything_that_is_wrong_within_the_files_is_reported_together() {
    files
        .migration(A, "select 'open;")
        .migration("20250103000000_empty", "-- nothing")
        .migration("20250105000000_cut", "select 1;", "delete from a where")
        .migration("20250106000000_begin", "begin;", "select 1;", "commit;")
        .migration("20250107000000_word", "-- undercroft:no-tansaction", "select 1;");
    List<Problem> unsound = problemsOf(this::deploy);
    assertThat(unsound)
        .extracting(Problem::code)
        .containsExactly(
            "SQL_NOT_CLOSED",
            "MIGRATE_FILE_EMPTY",
            "MIGRATE_STATEMENT_NOT_ENDED",
            "MIGRATE_TRANSACTION_CONTROL",
            "MIGRATE_TRANSACTION_CONTROL",
            "MIGRATE_DIRECTIVE");
    assertThat(unsound.getLast().remedy()).startsWith("Did you mean 'no-transaction'?");
    assertThat(target().tables()).isEmpty();
  }

  @Test
  void single_files_and_folders_live_together_and_numbers_order_them() {
    files
        .write("migrations/10_third.sql", "insert into a values (3);")
        .write("migrations/2_second.sql", "insert into a values (2);")
        .migration("0001_first", "create table a (id integer);")
        .write("migrations/README.md", "not SQL");
    assertThat(deploy().applied())
        .extracting(DeployResult.Applied::migration)
        .containsExactly("0001_first", "2_second", "10_third");
  }
}
