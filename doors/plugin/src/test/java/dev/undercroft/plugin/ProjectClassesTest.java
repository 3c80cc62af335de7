package dev.undercroft.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.GenerationResult;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectClassesTest {

  @TempDir private Path folder;

  @BeforeEach
  void a_project_with_two_migrations() throws IOException {
    Files.writeString(folder.resolve("undercroft.toml"), "[project]\nname = \"shop\"\n");
    migration("20260101000000_tables", "create table items (id uuid primary key);");
    migration(
        "20260102000000_policies",
        """
        alter table items enable row level security;
        create policy mine on items using (id = (select undercroft.tenant_uuid()));
        create function doubled(n int) returns int language plpgsql as $$
        begin
          return n * 2;
        end
        $$;
        """);
  }

  @Test
  void migrations_become_classes_with_nothing_installed_and_the_server_leaves_nothing()
      throws IOException {
    long before = scratchFolders();
    GenerationResult result = new ProjectClasses(project()).write(generation());
    assertThat(result.written())
        .contains("Tables.java", "tables/Items.java", "routines/Doubled.java")
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("tenant"));
    assertThat(scratchFolders()).isEqualTo(before);
  }

  @Test
  void a_migration_that_fails_is_named_and_no_class_is_written() throws IOException {
    migration("20260103000000_wrong", "alter table itms add column price int;");
    assertThatThrownBy(() -> new ProjectClasses(project()).write(generation()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("20260103000000_wrong")
        .satisfies(problem -> assertThat(problem.toString()).contains("itms"));
    assertThat(generation().packageFolder()).doesNotExist();
  }

  @Test
  void the_fingerprint_changes_with_migrations_options_and_touched_classes_only()
      throws IOException {
    Path file = folder.resolve("target/fingerprint");
    Fingerprint.of(project().migrations(), generation()).writeTo(file);
    assertThat(Fingerprint.of(project().migrations(), generation()).isSameAs(file)).isTrue();

    Generation other = generation().withInstants(Generation.Instants.OFFSET_DATE_TIME);
    assertThat(Fingerprint.of(project().migrations(), other).isSameAs(file)).isFalse();

    Files.createDirectories(generation().packageFolder());
    Path touched = Files.writeString(generation().packageFolder().resolve("Tables.java"), "//");
    assertThat(Fingerprint.of(project().migrations(), generation()).isSameAs(file)).isFalse();
    Files.delete(touched);
    assertThat(Fingerprint.of(project().migrations(), generation()).isSameAs(file)).isTrue();

    migration("20260103000000_more", "select 1;");
    assertThat(Fingerprint.of(project().migrations(), generation()).isSameAs(file)).isFalse();
  }

  private void migration(String name, String sql) throws IOException {
    Path place = Files.createDirectories(folder.resolve("migrations").resolve(name));
    Files.writeString(place.resolve("migration.sql"), sql);
  }

  private Project project() {
    return ProjectFinder.find(folder, folder.toString()).one();
  }

  private Generation generation() {
    return Generation.into(folder.resolve("target/java"), "shop.db");
  }

  private static long scratchFolders() throws IOException {
    try (var all = Files.list(Path.of("/dev/shm"))) {
      return all.filter(one -> one.getFileName().toString().startsWith("undercroft-scratch-"))
          .count();
    }
  }
}
