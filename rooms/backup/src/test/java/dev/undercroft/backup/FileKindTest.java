package dev.undercroft.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

  @ParameterizedTest
  @CsvSource({
    "base/5/16384,PAGES",
    "base/5/16384.12,PAGES",
    "base/5/16384_init,PAGES",
    "base/5/16384_fsm,OPAQUE",
    "base/5/16384_vm.1,OPAQUE",
    "base/5/t3_16384,SKIPPED",
    "base/5/PG_VERSION,OPAQUE",
    "base/5/pg_filenode.map,OPAQUE",
    "base/5/pg_internal.init,SKIPPED",
    "base/5/pg_internal.init.4711,SKIPPED",
    "base/pgsql_tmp/pgsql_tmp4711.0,SKIPPED",
    "global/1262,PAGES",
    "global/pg_control,CONTROL",
    "pg_tblspc/16390/PG_18_202506291/5/16391,PAGES",
    "pg_xact/0000,OPAQUE",
    "pg_wal,EMPTY_FOLDER",
    "pg_wal/000000010000000000000001,SKIPPED",
    "pg_replslot/undercroft/state,SKIPPED",
    "postmaster.pid,SKIPPED",
    "backup_label,SKIPPED",
    "postgresql.conf,OPAQUE"
  })
  void the_path_decides_what_a_file_is(String path, FileKind kind) {
    assertThat(FileKind.of(path)).isEqualTo(kind);
  }

  @Test
  void the_data_of_unlogged_relations_is_left_out_and_their_init_fork_is_kept() {
    List<SourceFile> files =
        List.of(file("base/5/1"), file("base/5/1_init"), file("base/5/1_fsm"), file("base/5/2"));
    assertThat(PhysicalBackup.kept(files))
        .extracting(SourceFile::path)
        .containsExactlyInAnyOrder("base/5/1_init", "base/5/2");
  }

  @Test
  void changed_pages_know_limits_blocks_segments_and_remade_databases() {
    ChangedPages changed = new ChangedPages();
    changed.block(new ChangedPages.Fork(1663, 5, 100, 0), 131_072 + 7);
    changed.limit(new ChangedPages.Fork(1663, 5, 200, 0), 10);
    changed.limit(new ChangedPages.Fork(1663, 6, 0, 0), 0);
    assertThat(changed.mayHaveChanged("base/5/100.1", 7)).isTrue();
    assertThat(changed.mayHaveChanged("base/5/100.1", 8)).isFalse();
    assertThat(changed.mayHaveChanged("base/5/100", 7)).isFalse();
    assertThat(changed.mayHaveChanged("base/5/200", 9)).isFalse();
    assertThat(changed.mayHaveChanged("base/5/200", 10)).isTrue();
    assertThat(changed.mayHaveChanged("base/6/300", 0)).isTrue();
    assertThat(changed.mayHaveChanged("pg_tblspc/16390/PG_18_1/5/100", 7)).isFalse();
    assertThat(changed.mayHaveChanged("something/else", 0)).isTrue();
  }

  @Test
  void segments_are_named_as_the_server_names_them() {
    WalSegment segment = WalSegment.at(2, Lsn.parse("16/B374D848"), 16 << 20);
    assertThat(segment.name()).isEqualTo("0000000200000016000000B3");
    assertThat(WalSegment.named(segment.name(), 16 << 20)).isEqualTo(segment);
    assertThat(segment.end()).isEqualTo(Lsn.parse("16/B4000000"));
  }

  @Test
  void a_history_file_says_which_timeline_holds_a_position() {
    TimelineHistory history =
        TimelineHistory.parse(
            3,
            "1\t0/3000000\tno recovery target\n\n2\t0/5000060\tbefore 2026\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(history.parent()).contains(new TimelineHistory.Ancestor(2, Lsn.parse("0/5000060")));
    assertThat(history.timelineAt(Lsn.parse("0/2FFFFFF"))).isEqualTo(1);
    assertThat(history.timelineAt(Lsn.parse("0/3000000"))).isEqualTo(2);
    assertThat(history.descendsFrom(3, Lsn.parse("0/5000060"))).isTrue();
    assertThat(history.descendsFrom(1, Lsn.parse("0/3000000"))).isFalse();
  }

  private static SourceFile file(String path) {
    return new SourceFile(path, 8192, FileKind.of(path));
  }
}
