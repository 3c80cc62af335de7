package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.List;

/**
 * Says why the server did not start, from what it wrote. The programs are run in English, so their
 * words can be relied on.
 */
final class StartFailure {

  private static final int SHOWN_BYTES = 1_500;

  private StartFailure() {}

  static ProblemException ofInit(ServerPlace place, String output) {
    return of(place, output, "the data directory cannot be made in " + place.place());
  }

  static ProblemException ofStart(ServerPlace place) {
    String said = ServerLog.tail(place.startLog(), SHOWN_BYTES);
    String logged =
        new ServerLog(place.logs())
            .newest()
            .map(file -> ServerLog.tail(file, SHOWN_BYTES))
            .orElse("");
    return of(place, said + "\n" + logged, "PostgreSQL did not start in " + place.data());
  }

  /** Whether another process took the port between looking and binding. */
  static boolean isPortTaken(ServerPlace place) {
    String said = ServerLog.tail(place.startLog(), SHOWN_BYTES);
    return said.contains("could not create any TCP/IP sockets") || said.contains("could not bind");
  }

  private static ProblemException of(ServerPlace place, String output, String message) {
    Problem problem =
        output.contains("No space left on device") || output.contains("Disk quota exceeded")
            ? Problem.of(
                    "EMBEDDED_DISK_FULL",
                    ProblemKind.EXHAUSTED,
                    "the disk that holds " + place.place() + " is full")
                .withRemedy("Free space there, then start again; nothing is lost.")
            : isReadOnly(output)
                ? Problem.of(
                        "EMBEDDED_NOT_WRITABLE",
                        ProblemKind.EXTERNAL,
                        "the server cannot write in " + place.place())
                    .withRemedy("Check its owner, permissions and file system.")
                : Problem.of("EMBEDDED_NOT_STARTED", ProblemKind.EXTERNAL, message)
                    .withRemedy("Correct what it says; its log is in " + place.logs() + ".");
    return problem.withDetail(last(output)).with("path", place.data()).exception();
  }

  private static boolean isReadOnly(String output) {
    return output.contains("Read-only file system")
        || output.contains("Permission denied")
        || output.contains("has wrong ownership")
        || output.contains("has invalid permissions");
  }

  private static String last(String output) {
    String text = output.strip();
    return text.substring(Math.max(0, text.length() - SHOWN_BYTES));
  }

  static ProblemException passwordLost(Postmaster postmaster, Path file) {
    String data = postmaster.place().data().toString();
    String reset =
        String.join(
            " ",
            postmaster
                .account()
                .command(
                    List.of(
                        postmaster.binaries().program("postgres").toString(),
                        "--single",
                        "-D",
                        data,
                        "postgres")));
    return Problem.of(
            "EMBEDDED_PASSWORD_LOST",
            ProblemKind.NOT_FOUND,
            "the superuser's password is not in " + file)
        .withDetail("The data in " + data + " is there, and nothing was changed.")
        .withRemedy(
            "Put the file back; or write a new password into it (chmod 600), run `"
                + reset
                + "` and enter: ALTER ROLE "
                + EmbeddedSettings.SUPERUSER
                + " PASSWORD '…'")
        .exception();
  }

  static ProblemException portTaken(Path home, int port) {
    return Problem.of(
            "EMBEDDED_PORT_TAKEN",
            ProblemKind.CONFLICT,
            "the port " + port + " is in use by another process")
        .withRemedy("Stop that one, or set embedded.port to another port; 0 chooses a free one.")
        .with("path", home)
        .with("port", port)
        .exception();
  }
}
