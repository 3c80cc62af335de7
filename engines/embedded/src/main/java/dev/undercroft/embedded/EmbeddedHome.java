package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The home of an embedded server whose data directory comes from elsewhere, for example from a
 * backup. Immutable.
 */
public final class EmbeddedHome {

  private final EmbeddedSettings settings;
  private final ServerAccount account;
  private final ServerPlace place;

  private EmbeddedHome(EmbeddedSettings settings, ServerAccount account, ServerPlace place) {
    this.settings = settings;
    this.account = account;
    this.place = place;
  }

  /**
   * A new home.
   *
   * @param settings where, and with which programs
   * @throws dev.undercroft.base.ProblemException {@code EMBEDDED_HOME_NOT_EMPTY} when something is
   *     there already
   */
  public static EmbeddedHome inEmpty(EmbeddedSettings settings) {
    requireEmpty(settings.home());
    ServerAccount account = ServerAccount.current();
    return new EmbeddedHome(settings, account, ServerPlace.prepare(settings.home(), account));
  }

  /**
   * A home that somebody left, to be deleted.
   *
   * @param settings where it is
   */
  public static EmbeddedHome left(EmbeddedSettings settings) {
    ServerAccount account = ServerAccount.current();
    return new EmbeddedHome(settings, account, ServerPlace.prepare(settings.home(), account));
  }

  private static void requireEmpty(Path home) {
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> inside = Files.list(home)) {
      if (inside.findAny().isPresent()) {
        throw Problem.of(
                "EMBEDDED_HOME_NOT_EMPTY",
                ProblemKind.CONFLICT,
                "the folder " + home + " is not empty")
            .withDetail("What is there stays as it is.")
            .withRemedy("Name a folder that is empty or not there yet.")
            .with("path", home)
            .exception();
      }
    } catch (IOException e) {
      throw ServerPlace.notWritable(home, e);
    }
  }

  /** Where the data directory belongs; not there yet. */
  public Path data() {
    return place.data();
  }

  /** A folder of the server's user beside the data directory, for example for tablespaces. */
  public Path beside(String name) {
    return place.place().resolve(name);
  }

  /** The secrets of the server's roles. */
  public SecretFolder secrets() {
    return place.secrets();
  }

  /** How much room there is for the data, in bytes. */
  public long freeBytes() {
    try {
      return Files.getFileStore(place.place()).getUsableSpace();
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.place(), e);
    }
  }

  /**
   * Makes the data directory one that {@link EmbeddedServer#start} accepts: marked as ours, with a
   * configuration that includes ours, and in the hands of the server's user.
   *
   * @param more further folders that the server's user must have
   */
  public void adopt(List<Path> more) {
    try {
      Path marker = data().resolve(ClusterInit.MARKER);
      if (!Files.exists(marker)) {
        Files.writeString(marker, Files.readString(data().resolve("PG_VERSION")));
      }
      Path configuration = data().resolve("postgresql.conf");
      String include = "include '" + ServerConfiguration.FILE + "'";
      String before = Files.exists(configuration) ? Files.readString(configuration) : "";
      if (before.lines().noneMatch(line -> line.strip().equals(include))) {
        Files.writeString(configuration, before + "\n" + include + "\n");
      }
      Path identities = data().resolve("pg_ident.conf");
      if (!Files.exists(identities)) {
        Files.writeString(identities, "");
      }
    } catch (IOException e) {
      throw ServerPlace.notWritable(data(), e);
    }
    account.own(data());
    more.forEach(account::own);
  }

  /** The settings to start the server with. */
  public EmbeddedSettings settings() {
    return settings;
  }

  /**
   * Lets the data and secrets of this home take the place of another home's; those are kept in a
   * folder of their own. Both servers must have stopped. This home is gone afterwards.
   *
   * @param living where the other home is; it need not be there yet
   * @param stamp tells the folder of what was there from others, for example a time
   * @return the folder of what was there; empty when nothing was
   * @throws dev.undercroft.base.ProblemException {@code EMBEDDED_HELD} when a process serves from
   *     the other home
   */
  public Optional<Path> takePlaceOf(EmbeddedSettings living, String stamp) {
    ServerPlace there = ServerPlace.prepare(living.home(), account);
    HomeLock lock = HomeLock.take(living.home(), Instant.now());
    try {
      return new HomeExchange(there).with(place, stamp);
    } catch (IOException e) {
      throw ServerPlace.notWritable(living.home(), e);
    } finally {
      lock.close();
    }
  }

  /** Deletes everything; the server must have stopped. */
  public void delete() {
    try {
      Folders.delete(place.socket());
      Folders.delete(place.place());
      Folders.delete(place.home());
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.home(), e);
    }
  }
}
