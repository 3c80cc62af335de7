package dev.undercroft.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One entry of a log. Immutable.
 *
 * @param key its primary key as text
 * @param at when it was written, as far as it says so
 * @param columns its values as text, those that are null left out: a column that is added later
 *     changes no hash
 */
public record LogEntry(String key, Optional<Instant> at, SortedMap<String, String> columns) {

  /** The version of the encoding; another one would give other hashes. */
  private static final int ENCODING = 1;

  /** Copies the map. */
  public LogEntry {
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  /** The hash of the entry as a leaf, in hexadecimal. */
  public String hash() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(ENCODING);
      text(out, key);
      for (Map.Entry<String, String> column : columns.entrySet()) {
        text(out, column.getKey());
        text(out, column.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return HexFormat.of().formatHex(MerkleTree.leaf(bytes.toByteArray()));
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
