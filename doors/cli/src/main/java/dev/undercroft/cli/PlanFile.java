package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.SchemaPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A plan as {@code schema plan --json} writes it. */
final class PlanFile {

  private PlanFile() {}

  static SchemaPlan read(Path file) {
    try {
      return JsonMapper.builder().build().readValue(Files.readString(file), SchemaPlan.class);
    } catch (IOException | JacksonException | NullPointerException unreadable) {
      throw Problem.of("CLI_NO_PLAN", ProblemKind.INPUT, file + " is no plan that can be read")
          .withDetail(String.valueOf(unreadable.getMessage()).lines().findFirst().orElse(""))
          .withRemedy("Give the file that `undercroft schema plan --json FILE` has written.")
          .exception(unreadable);
    }
  }
}
