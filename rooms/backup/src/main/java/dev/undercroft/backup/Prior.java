package dev.undercroft.backup;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The earlier backup whose pages an increment may name again. Immutable once made, thread-safe.
 *
 * <p>It keeps the entries of relation files only; everything else is read every time.
 */
final class Prior {

  private final BackupHeader header;
  private final Map<String, FileEntry> files;
  private final @Nullable ChangedPages changed;

  private Prior(BackupHeader header, Map<String, FileEntry> files, @Nullable ChangedPages changed) {
    this.header = header;
    this.files = files;
    this.changed = changed;
  }

  /**
   * Reads an earlier manifest.
   *
   * @param changed what the log says was touched since that backup's start; null when the log does
   *     not say and the pages' own log positions must decide
   */
  static Prior read(Repository repository, String backup, @Nullable ChangedPages changed)
      throws IOException {
    try (Manifest manifest = Manifest.open(repository, backup)) {
      Map<String, FileEntry> files = new HashMap<>();
      while (manifest.hasNext()) {
        FileEntry entry = manifest.next();
        if (entry.kind() == FileKind.PAGES) {
          files.put(entry.path(), entry);
        }
      }
      return new Prior(manifest.header(), files, changed);
    }
  }

  BackupHeader header() {
    return header;
  }

  Optional<FileEntry> entry(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Whether a page need not even be read: the log proves that nothing touched it. */
  boolean isProvenUnchanged(String path, long unit) {
    return changed != null && !changed.mayHaveChanged(path, unit);
  }

  /**
   * Whether a page that was read is the one the earlier backup holds: its last logged change is
   * older than the start of that backup. Used where the log does not say (before version 17).
   */
  boolean isUnchangedByPosition(byte[] bytes, int offset) {
    return changed == null
        && !PageCheck.isZero(bytes, offset)
        && PageCheck.lsn(bytes, offset).isBefore(header.start().position())
        && PageCheck.lsn(bytes, offset).value() != 0;
  }
}
