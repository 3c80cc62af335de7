package dev.undercroft.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.undercroft.embedded.ServerAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A self-signed certificate in a folder that the server's user can read.
 *
 * @param folder the folder, deleted by the caller
 */
record Certificates(Path folder) {

  static Certificates forName(String name) throws Exception {
    Path folder = Files.createTempDirectory("undercroft-tls");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("certificate.pem").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes(), UTF_8);
    if (openssl.waitFor() != 0) {
      throw new AssertionError("openssl: " + output);
    }
    ServerAccount.current().own(folder);
    return new Certificates(folder);
  }

  Path certificate() {
    return folder.resolve("certificate.pem");
  }

  Path key() {
    return folder.resolve("key.pem");
  }

  void delete() throws Exception {
    Files.delete(certificate());
    Files.delete(key());
    Files.delete(folder);
  }
}
