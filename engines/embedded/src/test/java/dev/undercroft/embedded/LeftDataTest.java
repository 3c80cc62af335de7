package dev.undercroft.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data kept outside of a project's folder, because the server's user cannot enter that. */
class LeftDataTest {

  /** May enter no folder of these tests, whoever runs them. */
  private static final ServerAccount STRANGER = new ServerAccount("nobody", "nogroup", true);

  @TempDir private Path folder;

  private Path shared() {
    return folder.resolve("shared");
  }

  private ServerPlace placed(Path home) throws IOException {
    ServerPlace place = ServerPlace.prepare(home, STRANGER, shared());
    Files.createDirectories(place.data());
    return place;
  }

  @Test
  void data_whose_project_is_there_are_not_left() throws Exception {
    ServerPlace place = placed(folder.resolve("shop"));
    assertThat(place.place()).startsWith(shared());
    assertThat(placed(folder.resolve("shop"))).isEqualTo(place);
    assertThat(LeftData.find(shared())).isEmpty();
  }

  @Test
  void data_whose_project_was_deleted_are_found_and_a_new_project_begins_anew() throws Exception {
    Path home = folder.resolve("shop");
    ServerPlace old = placed(home);
    Folders.delete(home);
    assertThat(LeftData.find(shared())).containsExactly(new LeftData(old.place(), home));
    ServerPlace fresh = placed(home);
    assertThat(fresh.place()).isNotEqualTo(old.place());
    assertThat(LeftData.find(shared())).containsExactly(new LeftData(old.place(), home));
  }

  @Test
  void data_of_a_project_that_was_moved_go_on() throws Exception {
    Path home = folder.resolve("shop");
    ServerPlace old = placed(home);
    Path moved = Files.move(home, folder.resolve("store"));
    assertThat(placed(moved).place()).isEqualTo(old.place());
    assertThat(LeftData.find(shared())).isEmpty();
  }

  @Test
  void what_does_not_say_whose_it_is_is_not_ours() throws Exception {
    Files.createDirectories(shared().resolve("else"));
    Files.writeString(shared().resolve("file"), "x");
    assertThat(LeftData.find(shared())).isEmpty();
    assertThat(LeftData.find(folder.resolve("none"))).isEmpty();
  }
}
