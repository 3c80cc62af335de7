package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code run.json}. A reader never sees half of it. Thread-safe. */
final class RunFile {

  private final Path file;
  private final JsonMapper mapper = JsonMapper.builder().build();

  RunFile(Path file) {
    this.file = file;
  }

  /** What was written last, or nothing. A file that cannot be read counts as none. */
  Optional<RunState> read() {
    try {
      return Optional.of(mapper.readValue(Files.readString(file), RunState.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | JacksonException unreadable) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, "{0} cannot be read and counts as missing", file);
      return Optional.empty();
    }
  }

  /** Writes, replacing what was there. */
  void write(RunState state) {
    try {
      Path draft = Files.createTempFile(file.getParent(), "run", ".new");
      Files.writeString(draft, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(state));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException cause) {
      throw Problem.of("MAIN_RUN_FILE", ProblemKind.EXTERNAL, "could not write " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make room on the disk, or the folder writable for this account.")
          .exception(cause);
    }
  }

  /** Removes the file. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException cause) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, "could not remove " + file, cause);
    }
  }
}
