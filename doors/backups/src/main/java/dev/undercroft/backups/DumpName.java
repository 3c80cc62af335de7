package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * How files of dumps are called: a text with placeholders. Immutable.
 *
 * <pre>
 *   {project}  name of the project           shop
 *   {time}     a moment in UTC               2026-01-02T03-04-05Z
 *   {stamp}    the same, in the time zone    20260102_030405
 *   {date}     the day, in the time zone     20260102
 *   {id}       eight hexadecimal digits      1f0a93c2
 * </pre>
 */
final class DumpName {

  /** What may follow the name. */
  static final String SUFFIX = "\\.sql(\\.gz)?(\\.enc)?";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(java.time.ZoneOffset.UTC);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final String PLACEHOLDER = "\\{(project|time|stamp|date|id)\\}";

  private final String pattern;
  private final ZoneId zone;

  /**
   * A form of names.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_DUMP_NAME} when two dumps of two
   *     days would have one name, or the name is none of a file
   */
  DumpName(String pattern, ZoneId zone) {
    this.pattern = pattern;
    this.zone = zone;
    String rest = pattern.replaceAll(PLACEHOLDER, "");
    boolean changes = !pattern.replaceAll("\\{(time|stamp|date)\\}", "").equals(pattern);
    if (!changes || !rest.matches("[A-Za-z0-9._=+-]*") || pattern.startsWith(".")) {
      throw Problem.of(
              "BACKUP_DUMP_NAME", ProblemKind.INPUT, "dumps cannot be called '" + pattern + "'")
          .withRemedy(
              "Write letters, digits, hyphens and {project}, {time}, {stamp}, {date} or {id}; a"
                  + " moment must be among them, as in backup-{time}-{id}.")
          .exception();
    }
  }

  /** The name of a dump, without what follows the first dot of its suffix. */
  String of(String project, Instant at) {
    byte[] random = new byte[4];
    ThreadLocalRandom.current().nextBytes(random);
    return pattern
        .replace("{project}", project)
        .replace("{time}", TIME.format(at))
        .replace("{stamp}", STAMP.format(at.atZone(zone)))
        .replace("{date}", DATE.format(at.atZone(zone)))
        .replace("{id}", HexFormat.of().formatHex(random));
  }

  /** Matches the whole names of the files of a project's dumps, and of nothing else. */
  Pattern files(String project) {
    String[] parts = pattern.split("(?=\\{)|(?<=\\})", -1);
    StringBuilder regex = new StringBuilder();
    for (String part : parts) {
      regex.append(
          switch (part) {
            case "{project}" -> Pattern.quote(project);
            case "{time}" -> "\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ";
            case "{stamp}" -> "\\d{8}_\\d{6}";
            case "{date}" -> "\\d{8}";
            case "{id}" -> "[0-9a-f]{8}";
            default -> Pattern.quote(part);
          });
    }
    return Pattern.compile(regex + SUFFIX);
  }
}
