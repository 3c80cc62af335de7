package dev.undercroft.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which process of this machine listens on a TCP port, where Linux shows it to this
 * account (proc_pid_fd(5), proc_net_tcp(5)). Stateless, thread-safe.
 */
final class PortHolder {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /** For example {@code process 4711 (nginx, in /srv)}; empty where nobody can tell. */
  static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      sockets.addAll(listening(PROC.resolve(table), port));
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Optional.of(shown(process));
        }
      }
    } catch (IOException notShown) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Set<String> listening(Path table, int port) {
    Set<String> sockets = new HashSet<>();
    try {
      String ending = ":%04X".formatted(port);
      for (String line : Files.readAllLines(table)) {
        List<String> columns = List.of(line.strip().split("\\s+", -1));
        if (columns.size() > INODE
            && columns.get(STATE).equals(LISTENING)
            && columns.get(ADDRESS).endsWith(ending)) {
          sockets.add("socket:[" + columns.get(INODE) + "]");
        }
      }
    } catch (IOException notShown) {
      return Set.of();
    }
    return sockets;
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(link(file))) {
          return true;
        }
      }
      return false;
    } catch (IOException ofAnotherAccount) {
      return false;
    }
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static String shown(Path process) {
    String name;
    try {
      name = Files.readString(process.resolve("comm")).strip();
    } catch (IOException endedMeanwhile) {
      name = "?";
    }
    String folder = link(process.resolve("cwd"));
    return "process "
        + process.getFileName()
        + " ("
        + name
        + (folder.isEmpty() ? "" : ", in " + folder)
        + ")";
  }
}
