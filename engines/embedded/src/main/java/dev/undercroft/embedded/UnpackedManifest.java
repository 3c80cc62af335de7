package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was unpacked into a folder: per file its size and time of change, as lines of text. Looking
 * at a thousand files takes milliseconds, reading them would not.
 *
 * @param version the version the server said when it was unpacked; empty if there is no manifest
 * @param lines one line per file, sorted
 */
record UnpackedManifest(String version, List<String> lines) {

  private static final String FILE = ".unpacked";

  static UnpackedManifest read(Path home) throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return new UnpackedManifest("", List.of());
    }
    List<String> all = Files.readAllLines(file);
    return all.isEmpty()
        ? new UnpackedManifest("", List.of())
        : new UnpackedManifest(all.getFirst(), List.copyOf(all.subList(1, all.size())));
  }

  static UnpackedManifest write(Path home, String version) throws IOException {
    UnpackedManifest manifest = new UnpackedManifest(version, list(home));
    List<String> text = new ArrayList<>();
    text.add(version);
    text.addAll(manifest.lines);
    Files.write(home.resolve(FILE), text);
    return manifest;
  }

  boolean matches(Path home) throws IOException {
    return !version.isEmpty() && lines.equals(list(home));
  }

  private static List<String> list(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      List<String> lines = new ArrayList<>();
      for (Path file : (Iterable<Path>) files::iterator) {
        BasicFileAttributes facts =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!facts.isDirectory() && !file.endsWith(FILE)) {
          lines.add(
              home.relativize(file)
                  + " "
                  + facts.size()
                  + (facts.isSymbolicLink() ? "" : " " + facts.lastModifiedTime().toMillis()));
        }
      }
      lines.sort(String::compareTo);
      return lines;
    }
  }
}
