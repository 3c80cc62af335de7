package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operating-system user that the server runs as. PostgreSQL refuses to run as root, so a
 * process of root switches to {@code undercroft} if that user exists, else {@code postgres}, else
 * {@code nobody}. Immutable, thread-safe.
 *
 * @param name the user's name
 * @param group the name of its group
 * @param isSwitched whether it is another user than the one of this process
 */
public record ServerAccount(String name, String group, boolean isSwitched) {

  private static final List<String> CANDIDATES = List.of("undercroft", "postgres", "nobody");
  private static final List<String> GROUPS_OF_NOBODY = List.of("nobody", "nogroup");

  /**
   * The account for servers that this process starts.
   *
   * @throws ProblemException if this process runs as root and no other user exists
   */
  public static ServerAccount current() {
    String self = System.getProperty("user.name");
    if (!self.equals("root")) {
      return new ServerAccount(self, self, false);
    }
    for (String candidate : CANDIDATES) {
      List<String> groups = candidate.equals("nobody") ? GROUPS_OF_NOBODY : List.of(candidate);
      for (String group : groups) {
        if (exists(candidate, group)) {
          return new ServerAccount(candidate, group, true);
        }
      }
    }
    throw Problem.of(
            "EMBEDDED_NO_ACCOUNT",
            ProblemKind.EXTERNAL,
            "PostgreSQL refuses to run as root, and there is none of the users "
                + String.join(", ", CANDIDATES))
        .withRemedy("Create one: useradd --system --user-group undercroft; or do not run as root.")
        .exception();
  }

  private static boolean exists(String user, String group) {
    try {
      UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
      lookup.lookupPrincipalByName(user);
      lookup.lookupPrincipalByGroupName(group);
      return true;
    } catch (UserPrincipalNotFoundException none) {
      return false;
    } catch (IOException e) {
      throw Problem.of("EMBEDDED_NO_ACCOUNT", ProblemKind.EXTERNAL, "users cannot be looked up")
          .withDetail(String.valueOf(e.getMessage()))
          .exception(e);
    }
  }

  /** The command, run as this user ({@code setpriv} of util-linux) when a switch is needed. */
  public List<String> command(List<String> command) {
    if (!isSwitched) {
      return command;
    }
    List<String> switched = new ArrayList<>();
    switched.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group));
    switched.addAll(List.of("--clear-groups", "--"));
    switched.addAll(command);
    return switched;
  }

  /** Whether this user may enter a folder, all parents included. */
  public boolean canEnter(Path folder) {
    return !isSwitched
        ? Files.isExecutable(folder)
        : ProcessRun.of(command(List.of("test", "-x", folder.toString()))).exitCode() == 0;
  }

  /** Whether this user may enter and read a folder or file, all parents included. */
  public boolean canRead(Path path) {
    return !isSwitched
        ? Files.isReadable(path)
        : ProcessRun.of(command(List.of("test", "-r", path.toString()))).exitCode() == 0;
  }

  /**
   * Gives a file, or a folder with everything in it, to this user; does nothing without a switch.
   *
   * @throws ProblemException if the file system does not allow it
   */
  public void own(Path path) {
    if (!isSwitched) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
      var user = lookup.lookupPrincipalByName(name);
      var users = lookup.lookupPrincipalByGroupName(group);
      for (Path one : (Iterable<Path>) all::iterator) {
        PosixFileAttributeView view =
            Files.getFileAttributeView(
                one, PosixFileAttributeView.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        view.setOwner(user);
        view.setGroup(users);
      }
    } catch (IOException e) {
      throw Problem.of(
              "EMBEDDED_NOT_OWNED",
              ProblemKind.EXTERNAL,
              path + " cannot be given to the user " + name)
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Choose a folder on a file system with owners, for example with up --data.")
          .exception(e);
    }
  }
}
