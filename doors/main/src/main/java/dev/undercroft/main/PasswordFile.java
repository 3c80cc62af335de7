package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.SecretFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The file in which psql and other programs of libpq find the passwords of the embedded server's
 * roles (PostgreSQL manual, "The Password File"), so that a URL need not hold one. Immutable.
 *
 * @param file the file, which only its owner may read
 * @param port the server's port
 */
record PasswordFile(Path file, int port) {

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost");

  /** Writes it anew, with the superuser and these roles as far as they have passwords. */
  void write(SecretFolder secrets, List<String> roles) {
    StringBuilder lines = new StringBuilder();
    add(lines, EmbeddedSettings.SUPERUSER, secrets.find(EmbeddedServer.PASSWORD));
    roles.forEach(role -> add(lines, role, secrets.find(role)));
    try {
      Path draft =
          Files.createTempFile(
              file.getParent(),
              "pgpass",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException cause) {
      throw Problem.of("MAIN_PASSWORD_FILE", ProblemKind.EXTERNAL, "could not write " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make room on the disk, or the folder writable for this account.")
          .exception(cause);
    }
  }

  private void add(StringBuilder lines, String role, Optional<Secret> password) {
    password.ifPresent(secret ->
        LOOPBACK.forEach(host ->
            lines
                .append(host)
                .append(':')
                .append(port)
                .append(":*:")
                .append(escaped(role))
                .append(':')
                .append(escaped(secret.reveal()))
                .append('\n')));
  }

  private static String escaped(String field) {
    return field.replace("\\", "\\\\").replace(":", "\\:");
  }

  /** How psql reaches the server as its superuser, without a password in the URL. */
  String superuserUrl() {
    String path = file.toString().replace("%", "%25").replace(" ", "%20").replace("&", "%26");
    return EmbeddedReach.superuser(port, Secret.of("")).display() + "?passfile=" + path;
  }
}
