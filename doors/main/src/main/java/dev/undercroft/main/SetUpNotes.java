package dev.undercroft.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers with which files each project was set up, so that a start does not seed again what is
 * seeded. Losing the notes costs time only: everything they spare is repeatable. Thread-safe.
 */
final class SetUpNotes {

  private final Path file;
  private final JsonMapper mapper = JsonMapper.builder().build();
  private final ReentrantLock lock = new ReentrantLock();

  SetUpNotes(Path file) {
    this.file = file;
  }

  /** Whether the project was set up with exactly this fingerprint. */
  boolean has(String project, String fingerprint) {
    lock.lock();
    try {
      return fingerprint.equals(read().get(project));
    } finally {
      lock.unlock();
    }
  }

  /** The project is set up with this fingerprint. */
  void note(String project, String fingerprint) {
    lock.lock();
    try {
      Map<String, String> notes = read();
      notes.put(project, fingerprint);
      Path draft = Files.createTempFile(file.getParent(), "set-up", ".new");
      Files.writeString(draft, mapper.writeValueAsString(notes));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException notKept) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, "could not write " + file, notKept);
    } finally {
      lock.unlock();
    }
  }

  private Map<String, String> read() {
    try {
      return Files.exists(file)
          ? new TreeMap<>(
              mapper.readValue(Files.readString(file), new TypeReference<Map<String, String>>() {}))
          : new TreeMap<>();
    } catch (IOException | JacksonException unreadable) {
      return new TreeMap<>();
    }
  }

  /**
   * A fingerprint of texts and of all files below some paths: names and contents.
   *
   * @param texts what else it depends on, for example which database it is
   * @param paths files or folders; those that do not exist count as empty
   */
  static String fingerprint(List<String> texts, List<Path> paths) throws IOException {
    MessageDigest digest = sha256();
    texts.forEach(text -> update(digest, text.getBytes(StandardCharsets.UTF_8)));
    for (Path path : paths) {
      for (Path one : files(path)) {
        update(digest, path.relativize(one).toString().getBytes(StandardCharsets.UTF_8));
        update(digest, Files.readAllBytes(one));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(path)) {
      return new ArrayList<>(below.filter(Files::isRegularFile).sorted().toList());
    }
  }

  /** Each part with its length, so that two parts cannot pass for one. */
  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
