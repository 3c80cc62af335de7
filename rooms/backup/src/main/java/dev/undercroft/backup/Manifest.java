package dev.undercroft.backup;

import dev.undercroft.storage.BlobName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest line by line, so that its size does not matter: first the header, then a line
 * for each file. One thread at a time; must be closed.
 */
final class Manifest implements Iterator<FileEntry>, AutoCloseable {

  private final BufferedReader lines;
  private final String source;
  private final BackupHeader header;
  private @Nullable String ahead;

  private Manifest(BufferedReader lines, String source) throws IOException {
    this.lines = lines;
    this.source = source;
    String first = lines.readLine();
    this.header = Json.read(bytes(first == null ? "" : first), BackupHeader.class, source);
    if (header.format() > BackupHeader.FORMAT) {
      throw Repository.newer(source, header.format(), BackupHeader.FORMAT);
    }
    this.ahead = lines.readLine();
  }

  static BlobName nameOf(String backup) {
    return BlobName.of("backups/" + backup + "/manifest");
  }

  static Manifest open(Repository repository, String backup) throws IOException {
    BlobName name = nameOf(backup);
    InputStream in = repository.read(name);
    try {
      return new Manifest(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), name.text());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  BackupHeader header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public FileEntry next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    FileEntry entry = decode(Json.read(bytes(ahead), Line.class, source));
    try {
      ahead = lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entry;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A file's line: runs as a flat list of numbers, six for each. */
  // A manifest has millions of these numbers and never compares two lines; boxing them would be
  // waste.
  @SuppressWarnings("ArrayRecordComponent")
  record Line(String p, FileKind k, long s, long[] r) {}

  static Line encode(FileEntry entry) {
    long[] numbers = new long[entry.runs().size() * 6];
    int at = 0;
    for (Run run : entry.runs()) {
      for (long number :
          new long[] {
            run.unit(), run.count(), run.pack(), run.offset(), run.length(), run.slot()
          }) {
        numbers[at++] = number;
      }
    }
    return new Line(entry.path(), entry.kind(), entry.size(), numbers);
  }

  private static FileEntry decode(Line line) {
    List<Run> runs = new ArrayList<>(line.r().length / 6);
    for (int i = 0; i + 5 < line.r().length; i += 6) {
      long[] r = line.r();
      runs.add(
          new Run(r[i], (int) r[i + 1], (int) r[i + 2], r[i + 3], (int) r[i + 4], (int) r[i + 5]));
    }
    return new FileEntry(line.p(), line.k(), line.s(), runs);
  }
}
