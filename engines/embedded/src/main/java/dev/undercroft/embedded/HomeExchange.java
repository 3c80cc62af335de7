package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets the data and secrets of one home take the place of another's, which are kept in a folder
 * beside. What is to be done is noted first; killed at any step, the next that takes the home's
 * lock goes on from the note, and until then no data directory is made. The lock must be held.
 */
final class HomeExchange {

  static final String NOTE = "exchange";
  private static final String DATA = "data";
  private static final String SECRETS = "secrets";
  private static final String SET_UP = "set-up.json";
  private static final CopyOption[] REPLACE = {
    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING
  };

  private final ServerPlace living;

  HomeExchange(ServerPlace living) {
    this.living = living;
  }

  /**
   * Exchanges.
   *
   * @param fresh whose data take the place; deleted
   * @param stamp tells the folder of the data before from others
   * @return that folder; empty when there were no data
   */
  Optional<Path> with(ServerPlace fresh, String stamp) throws IOException {
    Path before = living.place().resolve("before-" + stamp);
    Path draft = living.home().resolve(NOTE + ".new");
    Files.writeString(draft, fresh.home() + "\n" + fresh.place() + "\n" + before + "\n");
    Files.move(draft, living.home().resolve(NOTE), REPLACE);
    finish();
    return Files.exists(before) ? Optional.of(before) : Optional.empty();
  }

  /** Goes on with what was noted; does nothing when nothing was. */
  void finish() throws IOException {
    Path note = living.home().resolve(NOTE);
    if (!Files.exists(note)) {
      return;
    }
    List<String> lines = Files.readAllLines(note);
    Path home = Path.of(lines.get(0));
    Path place = Path.of(lines.get(1));
    Path before = Path.of(lines.get(2));
    Path data = place.resolve(DATA);
    if (Files.exists(data)) {
      if (Files.exists(living.data())) {
        Files.createDirectories(before);
        Files.move(living.data(), before.resolve(DATA));
      }
      Files.move(data, living.data());
    }
    exchangeSecrets(home.resolve(SECRETS), before.resolve(SECRETS));
    // It says which files the data that are gone were set up with.
    Files.deleteIfExists(living.home().resolve(SET_UP));
    Folders.delete(place);
    Folders.delete(home);
    Files.delete(note);
  }

  private void exchangeSecrets(Path fresh, Path before) throws IOException {
    Path present = living.home().resolve(SECRETS);
    if (!Files.isDirectory(fresh)) {
      return;
    }
    if (!Files.exists(present)) {
      Files.move(fresh, present);
      return;
    }
    if (Files.exists(before.resolveSibling(DATA)) && !Files.exists(before)) {
      Path draft = before.resolveSibling(SECRETS + ".part");
      Folders.delete(draft);
      Files.createDirectory(draft);
      Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(present));
      for (Path each : filesOf(present)) {
        Files.copy(each, draft.resolve(each.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.move(draft, before);
    }
    for (Path each : filesOf(fresh)) {
      Files.move(each, present.resolve(each.getFileName()), REPLACE);
    }
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
