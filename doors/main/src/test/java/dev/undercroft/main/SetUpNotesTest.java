package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetUpNotesTest {

  @TempDir private Path folder;

  @Test
  void a_fingerprint_depends_on_names_contents_and_texts() throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seed"));
    Files.writeString(seeds.resolve("a.sql"), "one");
    String first = SetUpNotes.fingerprint(List.of("db"), List.of(seeds));
    assertThat(SetUpNotes.fingerprint(List.of("db"), List.of(seeds))).isEqualTo(first);
    assertThat(SetUpNotes.fingerprint(List.of("other"), List.of(seeds))).isNotEqualTo(first);
    Files.move(seeds.resolve("a.sql"), seeds.resolve("b.sql"));
    String renamed = SetUpNotes.fingerprint(List.of("db"), List.of(seeds));
    assertThat(renamed).isNotEqualTo(first);
    Files.writeString(seeds.resolve("b.sql"), "two");
    assertThat(SetUpNotes.fingerprint(List.of("db"), List.of(seeds))).isNotEqualTo(renamed);
  }

  @Test
  void notes_are_kept_per_project_and_a_broken_file_counts_as_none() throws Exception {
    Path file = folder.resolve("set-up.json");
    new SetUpNotes(file).note("shop", "1");
    new SetUpNotes(file).note("cafe", "2");
    assertThat(new SetUpNotes(file).has("shop", "1")).isTrue();
    assertThat(new SetUpNotes(file).has("shop", "2")).isFalse();
    Files.writeString(file, "{");
    assertThat(new SetUpNotes(file).has("shop", "1")).isFalse();
  }
}
