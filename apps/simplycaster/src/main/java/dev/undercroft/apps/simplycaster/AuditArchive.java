package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.AUDIT_LOG_LINES;
import static dev.undercroft.apps.simplycaster.db.Tables.USERS;

import dev.undercroft.apps.simplycaster.db.Routines;
import dev.undercroft.sdk.Data;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes old entries out of the audit log: first the archive, then the removal, which must show the
 * archive's checksum. Thread-safe.
 */
final class AuditArchive {

  /** So many entries fit into one archive; of more, an earlier day has fewer. */
  static final int MOST = 200_000;

  private final Data data;

  AuditArchive(Data data) {
    this.data = data;
  }

  /**
   * Entries as lines of JSON, oldest first.
   *
   * @param sha256 of the text in UTF-8, in hexadecimal
   */
  record Archive(String lines, String sha256) {}

  /**
   * What is to be removed.
   *
   * @param until the entries before this day, in UTC
   * @param sha256 of the archive of the same day
   */
  record Rotation(LocalDate until, String sha256) {}

  /** What was removed. */
  record Rotated(LocalDate until, String sha256, long removed) {}

  /**
   * The entries before a day, without changing them.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator, or there are
   *     too many
   */
  Archive archive(Actor actor, LocalDate until) {
    actor.demandAdmin();
    List<String> lines =
        data.readSystem(db ->
            db.selectFrom(AUDIT_LOG_LINES.call(until)).limit(MOST + 1).fetch(AUDIT_LOG_LINES.LINE));
    if (lines.size() > MOST) {
      throw Wordings.state(
              "ARCHIVE_TOO_LARGE",
              "there are more than " + MOST + " entries before " + until,
              "Name an earlier day.")
          .exception();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return new Archive(text.toString(), sha256(text.toString()));
  }

  /**
   * Removes the entries that an archive holds, and adds one that says so with the checksum.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator, the checksum is
   *     not that of the entries, or they are younger than 90 days
   */
  Rotated remove(Actor actor, Rotation wanted) {
    actor.demandAdmin();
    long removed =
        Wordings.REFUSALS.telling(() ->
            data.withSystem(db -> {
              String email =
                  db.select(USERS.EMAIL)
                      .from(USERS)
                      .where(USERS.ID.eq(actor.id()))
                      .fetchSingle()
                      .value1();
              return Routines.auditLogRemove(
                  db.configuration(),
                  wanted.until(),
                  wanted.sha256(),
                  actor.id(),
                  email,
                  actor.address().orElse(""));
            }));
    return new Rotated(wanted.until(), wanted.sha256(), removed);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
