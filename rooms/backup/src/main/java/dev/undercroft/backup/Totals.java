package dev.undercroft.backup;

import dev.undercroft.base.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what a backup does, and writes the manifest's lines in the order files end. Thread-safe.
 */
final class Totals {

  private final Progress progress;
  private final long expected;
  private final List<String> corrupt = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private long files;
  private long bytes;
  private long stored;

  Totals(List<SourceFile> listed, Progress progress) {
    this.progress = progress;
    this.expected = listed.stream().mapToLong(SourceFile::size).sum();
    listed.stream()
        .filter(file -> file.kind() == FileKind.EMPTY_FOLDER)
        .forEach(file -> folders.add(file.path()));
  }

  synchronized void write(FileEntry entry, List<Long> corruptBlocks, BufferedWriter lines)
      throws IOException {
    while (!folders.isEmpty()) {
      line(new FileEntry(folders.removeLast(), FileKind.EMPTY_FOLDER, 0, List.of()), lines);
    }
    corruptBlocks.forEach(block -> corrupt.add(entry.path() + ":" + block));
    line(entry, lines);
    files++;
    bytes += entry.size();
    progress.report("copying", bytes, expected);
  }

  private static void line(FileEntry entry, BufferedWriter lines) throws IOException {
    lines.write(new String(Json.write(Manifest.encode(entry)), StandardCharsets.UTF_8));
    lines.write('\n');
  }

  synchronized void stored(long more) {
    stored += more;
  }

  synchronized BackupHeader header(
      PhysicalBackup.Options options, StartPoint start, StopPoint stop, List<PackRef> packs) {
    return new BackupHeader(
        BackupHeader.FORMAT,
        options.id(),
        options.basedOn(),
        options.reason(),
        start,
        stop,
        packs,
        files,
        bytes,
        stored,
        corrupt);
  }
}
