package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Puts each letter as a file of RFC 5322 into a folder that only its owner reads; a mail program
 * that watches the folder delivers it. Thread-safe.
 *
 * @param folder made when the first letter is sent
 * @param clock tells the time
 */
record FileOutbox(Path folder, InstantSource clock) implements Outbox {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public void send(Letter letter) {
    var now = clock.instant();
    String text =
        "To: %s\r\nSubject: %s\r\nDate: %s\r\nMIME-Version: 1.0\r\n"
                .formatted(
                    letter.to(),
                    letter.subject(),
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + letter.text().replace("\n", "\r\n");
    String name = NAME.format(now) + "-" + UUID.randomUUID();
    try {
      var ownerOnly = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
      var readable = PosixFilePermissions.fromString("rw-------");
      Path growing =
          Files.createFile(
              folder.resolve(name + ".part"), PosixFilePermissions.asFileAttribute(readable));
      Files.writeString(growing, text);
      Files.move(growing, folder.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Problem.of(
              "MAIN_OUTBOX", ProblemKind.EXTERNAL, "a letter could not be kept in " + folder)
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Make room on the disk, or let the process write there.")
          .exception(e);
    }
  }
}
