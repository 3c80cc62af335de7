package dev.undercroft.backup;

import java.util.List;

/**
 * Everything a manifest says besides its files. Immutable.
 *
 * @param format version of the manifest's form
 * @param id the backup
 * @param basedOn the backup whose pages were named again; empty text for a full one
 * @param reason why it is a full backup although an increment was asked for; else empty text
 * @param start where it began
 * @param stop where it ended
 * @param packs the packs that its files refer to, by index
 * @param files how many files
 * @param bytes size of all files
 * @param storedBytes how many bytes this backup added to the repository, without the manifest
 * @param corrupt pages whose checksum does not hold, as {@code path:block}
 */
public record BackupHeader(
    int format,
    String id,
    String basedOn,
    String reason,
    StartPoint start,
    StopPoint stop,
    List<PackRef> packs,
    long files,
    long bytes,
    long storedBytes,
    List<String> corrupt) {

  static final int FORMAT = 1;

  /** Copies the lists. */
  public BackupHeader {
    packs = List.copyOf(packs);
    corrupt = List.copyOf(corrupt);
  }
}
