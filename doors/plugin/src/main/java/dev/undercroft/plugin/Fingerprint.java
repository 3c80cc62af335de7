package dev.undercroft.plugin;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.Generator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A digest of everything that decides what the generated classes look like, and of the classes
 * themselves: a file that somebody changed or deleted is noticed, too.
 *
 * @param text SHA-256 in hex
 */
record Fingerprint(String text) {

  /** Reads the migrations and the classes; milliseconds, and no server. */
  static Fingerprint of(Path migrations, Generation generation) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(versions());
      add(digest, code(Generator.class));
      add(digest, code(Fingerprint.class));
      add(digest, generation.toString());
      add(digest, migrations);
      add(digest, generation.packageFolder());
      return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    } catch (IOException e) {
      throw problem("the files of the project cannot be read", e);
    }
  }

  private static byte[] versions() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Fingerprint.class.getResourceAsStream("versions.properties"))) {
      return in.readAllBytes();
    }
  }

  /** The jar or folder of a class: during development its version says nothing. */
  private static Path code(Class<?> type) throws IOException {
    try {
      URL place = type.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(place.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void add(MessageDigest digest, Path place) throws IOException {
    add(digest, "files");
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place).filter(Files::isRegularFile).sorted()) {
      for (Path file : (Iterable<Path>) files::iterator) {
        add(digest, place.relativize(file).toString());
        byte[] content = Files.readAllBytes(file);
        add(digest, String.valueOf(content.length));
        digest.update(content);
      }
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  boolean isSameAs(Path file) {
    try {
      return Files.exists(file) && Files.readString(file).equals(text);
    } catch (IOException e) {
      return false;
    }
  }

  void writeTo(Path file) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw problem(file + " cannot be written", e);
    }
  }

  private static dev.undercroft.base.ProblemException problem(String message, IOException cause) {
    return Problem.of("PLUGIN_FILES", ProblemKind.EXTERNAL, message)
        .withDetail(cause.getClass().getSimpleName() + ": " + cause.getMessage())
        .withRemedy("Make them readable and the target folder writable, then build again.")
        .exception(cause);
  }
}
