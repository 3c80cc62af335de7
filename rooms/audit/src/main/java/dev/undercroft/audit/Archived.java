package dev.undercroft.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed statement that the oldest entries of a log are in a file, so that they may leave the
 * log. Immutable.
 *
 * @param log the log's name
 * @param through the place of the last entry in the file; those before it are in this file or an
 *     earlier one
 * @param sha256 the checksum of the file, in hexadecimal
 * @param at when it was written
 * @param signature Ed25519 over all of the above, in Base64
 */
public record Archived(String log, long through, String sha256, Instant at, String signature) {

  Archived signed(String signed) {
    return new Archived(log, through, sha256, at, signed);
  }

  byte[] message() {
    return String.join(
            "\n", "undercroft audit archive 1", log, String.valueOf(through), sha256, at.toString())
        .getBytes(StandardCharsets.UTF_8);
  }
}
