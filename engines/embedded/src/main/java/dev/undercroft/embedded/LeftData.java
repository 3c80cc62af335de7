package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Data that no project uses any more: the project's folder was deleted, and what a server of root's
 * could not keep in there stayed. Nothing removes it by itself, because it may be all that is left
 * of somebody's work. Immutable.
 *
 * @param place the folder to delete, or to bring back
 * @param home the folder of the project that it belonged to
 */
public record LeftData(Path place, Path home) {

  /** All on this machine that this process may see. */
  public static List<LeftData> find() {
    return find(ServerPlace.SHARED);
  }

  static List<LeftData> find(Path shared) {
    if (!Files.isDirectory(shared)) {
      return List.of();
    }
    try (Stream<Path> places = Files.list(shared)) {
      return places.sorted().flatMap(LeftData::left).toList();
    } catch (IOException notToBeSeen) {
      return List.of();
    }
  }

  /** A folder that does not say whose it is may be anything. */
  private static Stream<LeftData> left(Path place) {
    try {
      Path named = place.resolve(ServerPlace.HOME);
      if (!Files.isRegularFile(named)) {
        return Stream.of();
      }
      Path home = Path.of(Files.readString(named).strip());
      Path back = home.resolve(ServerPlace.LOCATION);
      boolean isUsed = Files.exists(back) && Path.of(Files.readString(back).strip()).equals(place);
      return isUsed ? Stream.of() : Stream.of(new LeftData(place, home));
    } catch (IOException notToBeSeen) {
      return Stream.of();
    }
  }
}
