package dev.undercroft.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One home takes another's place, also when it is killed between any two steps. */
class HomeExchangeTest {

  @TempDir private Path folder;

  private ServerPlace home(String name, String... secrets) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/PG_VERSION"), name);
    Files.createDirectories(home.resolve("secrets"));
    Files.setPosixFilePermissions(
        home.resolve("secrets"), PosixFilePermissions.fromString("rwx------"));
    for (String secret : secrets) {
      Files.writeString(home.resolve("secrets").resolve(secret), name);
    }
    return new ServerPlace(home, home);
  }

  /** Every file below the folder with its content. */
  private Map<String, String> files() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return all;
  }

  @Test
  void data_and_secrets_change_places_and_what_was_there_stays_beside() throws Exception {
    ServerPlace living = home("living", "one", "two");
    Files.writeString(living.home().resolve("set-up.json"), "{}");
    Optional<Path> before =
        new HomeExchange(living).with(home("fresh", "two", "three"), "20260102T030405");
    assertThat(before).contains(folder.resolve("living/before-20260102T030405"));
    assertThat(files())
        .isEqualTo(
            Map.of(
                "living/data/PG_VERSION", "fresh",
                "living/secrets/one", "living",
                "living/secrets/two", "fresh",
                "living/secrets/three", "fresh",
                "living/before-20260102T030405/data/PG_VERSION", "living",
                "living/before-20260102T030405/secrets/one", "living",
                "living/before-20260102T030405/secrets/two", "living"));
    assertThat(folder.resolve("fresh")).doesNotExist();
  }

  @Test
  void where_nothing_was_nothing_is_kept() throws Exception {
    ServerPlace living = new ServerPlace(folder.resolve("living"), folder.resolve("living"));
    Files.createDirectories(living.home());
    assertThat(new HomeExchange(living).with(home("fresh", "one"), "stamp")).isEmpty();
    assertThat(files())
        .isEqualTo(Map.of("living/data/PG_VERSION", "fresh", "living/secrets/one", "fresh"));
  }

  @Test
  void killed_at_any_step_the_next_one_goes_on_and_comes_to_the_same_end() throws Exception {
    Map<String, String> end = null;
    for (int steps = 0; steps < 5; steps++) {
      clear();
      ServerPlace living = home("living", "one", "two");
      ServerPlace fresh = home("fresh", "two", "three");
      Path before = living.home().resolve("before-stamp");
      Files.writeString(
          living.home().resolve(HomeExchange.NOTE),
          fresh.home() + "\n" + fresh.place() + "\n" + before + "\n");
      go(steps, living.home(), fresh.home(), before);
      new HomeExchange(living).finish();
      new HomeExchange(living).finish();
      assertThat(files())
          .as("%d steps were done before", steps)
          .containsEntry("living/data/PG_VERSION", "fresh");
      assertThat(end == null ? files() : end)
          .as("%d steps were done before", steps)
          .isEqualTo(files());
      end = files();
    }
  }

  /** What a process had done when it was killed. */
  private static void go(int steps, Path living, Path fresh, Path before) throws IOException {
    if (steps > 0) {
      Files.createDirectories(before);
      Files.move(living.resolve("data"), before.resolve("data"));
    }
    if (steps > 1) {
      Files.move(fresh.resolve("data"), living.resolve("data"));
    }
    if (steps > 2) {
      Files.createDirectories(before.resolve("secrets"));
      for (String name : new String[] {"one", "two"}) {
        Files.copy(living.resolve("secrets/" + name), before.resolve("secrets/" + name));
      }
    }
    if (steps > 3) {
      Files.move(
          fresh.resolve("secrets/two"),
          living.resolve("secrets/two"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .filter(path -> !path.equals(folder))
          .forEach(HomeExchangeTest::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_home_that_somebody_serves_from_does_not_make_room() throws Exception {
    ServerPlace living = home("living", "one");
    EmbeddedHome fresh = EmbeddedHome.inEmpty(EmbeddedSettings.in(folder.resolve("fresh")));
    Files.createDirectories(fresh.data());
    try (HomeLock _ = HomeLock.take(living.home(), Instant.now())) {
      assertThatThrownBy(() -> fresh.takePlaceOf(EmbeddedSettings.in(living.home()), "stamp"))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.first().code()).isEqualTo("EMBEDDED_HELD"));
    }
    assertThat(living.data().resolve("PG_VERSION")).hasContent("living");
    fresh.delete();
  }
}
