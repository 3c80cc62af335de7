package dev.undercroft.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded session is typed on a terminal again, and looks the same. */
@Tag("long")
class SessionTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  @TempDir private Path folder;

  /** Run by root, the server is another user, who has to get to its data. */
  @BeforeEach
  void the_server_may_enter() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void the_recorded_session_goes_as_it_was_recorded() throws Exception {
    RecordedSession session = RecordedSession.read(ROOT.resolve("docs/session.md"));
    Path place = Files.createDirectory(folder.resolve("place"));
    try (FreshCopy copy = FreshCopy.make(ROOT, folder.resolve("undercroft"));
        PseudoTerminal terminal = new PseudoTerminal(place, copy.bin())) {
      for (RecordedSession.Typed typed : session.typed()) {
        terminal.type(typed.prompt(), typed.text());
      }
      terminal.await("$ ");
      String screen = terminal.screen();
      assertThat(screen.substring(0, screen.lastIndexOf("$ "))).matches(session.pattern());
    }
  }
}
