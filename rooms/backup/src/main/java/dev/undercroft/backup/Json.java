package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The room's records as JSON and back. Stateless, thread-safe. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Reads a record; {@code source} names the blob in the problem when it is not one. */
  static <T> T read(byte[] bytes, Class<T> type, String source) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (JacksonException e) {
      throw Problem.of(
              "BACKUP_DAMAGED",
              ProblemKind.EXTERNAL,
              source + " is damaged: it is not the JSON it should be")
          .withRemedy("Use another copy of the repository; run `undercroft backup verify`.")
          .exception(e);
    }
  }
}
