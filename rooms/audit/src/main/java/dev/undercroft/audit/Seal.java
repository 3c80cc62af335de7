package dev.undercroft.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A signed statement about a stretch of a log. Immutable.
 *
 * @param log the log's name
 * @param number from 1 on, without gaps
 * @param first the place of the first entry
 * @param entries how many entries
 * @param root the root of their hash tree (RFC 6962, section 2.1), in hexadecimal
 * @param previous the root of the seal before; empty text for the first
 * @param at when it was sealed
 * @param key the public key that fits the signature, in Base64 (X.509)
 * @param signature Ed25519 over all of the above, in Base64
 */
public record Seal(
    String log,
    long number,
    long first,
    int entries,
    String root,
    String previous,
    Instant at,
    String key,
    String signature) {

  /** The place behind the last entry. */
  public long next() {
    return first + entries;
  }

  Seal signed(String by, String signed) {
    return new Seal(log, number, first, entries, root, previous, at, by, signed);
  }

  /** What is signed. */
  byte[] message() {
    String text =
        String.join(
            "\n",
            "undercroft audit seal 1",
            log,
            String.valueOf(number),
            String.valueOf(first),
            String.valueOf(entries),
            root,
            previous,
            at.toString());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The root over leaves, in hexadecimal. */
  static String rootOf(List<Leaf> leaves) {
    HexFormat hex = HexFormat.of();
    return hex.formatHex(
        MerkleTree.root(leaves.stream().map(leaf -> hex.parseHex(leaf.hash())).toList()));
  }
}
