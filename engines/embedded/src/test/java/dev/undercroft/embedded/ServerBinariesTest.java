package dev.undercroft.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerBinariesTest {

  private static final Path HOME = Path.of("/home/ann");

  @Test
  void are_unpacked_once_and_again_when_they_are_damaged() throws Exception {
    try (TestHome home = new TestHome()) {
      Path cache = home.path().resolve("cache");
      ServerBinaries first = ServerBinaries.bundled(cache);
      assertThat(first.major()).isEqualTo(18);
      Path postgres = first.program("postgres");
      Object identity = Files.readAttributes(postgres, "unix:ino").get("ino");
      assertThat(ServerBinaries.bundled(cache)).isEqualTo(first);
      assertThat(Files.readAttributes(postgres, "unix:ino")).containsEntry("ino", identity);

      long size = Files.size(postgres);
      Files.writeString(postgres, "damaged");
      ServerBinaries.bundled(cache);
      assertThat(Files.size(postgres)).isEqualTo(size);

      Files.delete(first.home().resolve("share/postgresql/postgres.bki"));
      ServerBinaries.bundled(cache);
      assertThat(first.home().resolve("share/postgresql/postgres.bki")).exists();

      try (var files = Files.list(cache)) {
        assertThat(files).hasSize(2);
      }
    }
  }

  @Test
  void may_be_asked_for_by_many_at_once() throws Exception {
    try (TestHome home = new TestHome();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Path cache = home.path().resolve("cache");
      List<Future<ServerBinaries>> all = new ArrayList<>();
      Callable<ServerBinaries> ask = () -> ServerBinaries.bundled(cache);
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(ask));
      }
      for (Future<ServerBinaries> one : all) {
        assertThat(one.get().version()).startsWith("18.");
      }
    }
  }

  @Test
  void a_folder_that_is_no_installation_is_refused() {
    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class, () -> ServerBinaries.installedAt(Path.of("/etc")));
    assertThat(thrown.first().code()).isEqualTo("EMBEDDED_BINARIES_MISSING");
    assertThat(thrown.first().remedy()).contains("engine.binaries");
  }

  @Test
  void an_installation_may_be_named_by_its_folder_or_its_programs() {
    Path folder = Path.of("/usr/lib/postgresql/15");
    ServerBinaries binaries = ServerBinaries.installedAt(folder);
    assertThat(binaries.major()).isEqualTo(15);
    assertThat(ServerBinaries.installedAt(folder.resolve("bin"))).isEqualTo(binaries);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
    "Windows 11, amd64, postgres-windows-x86_64.txz",
  })
  void the_archive_is_chosen_by_system_and_processor(String os, String arch, String resource) {
    assertThat(BundledArchive.resourceFor(os, arch)).isEqualTo(resource);
  }

  @Test
  void the_cache_is_where_the_user_says_or_where_users_have_theirs() {
    assertThat(CacheFolder.choose(Map.of("UNDERCROFT_CACHE", "/c"), HOME, true))
        .isEqualTo(Path.of("/c"));
    assertThat(CacheFolder.choose(Map.of("XDG_CACHE_HOME", "/x"), HOME, false))
        .isEqualTo(Path.of("/x/undercroft"));
    assertThat(CacheFolder.choose(Map.of(), HOME, false))
        .isEqualTo(Path.of("/home/ann/.cache/undercroft"));
    assertThat(CacheFolder.choose(Map.of("XDG_CACHE_HOME", "/x"), HOME, true))
        .isEqualTo(Path.of("/var/cache/undercroft"));
  }
}
