package dev.undercroft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.undercroft.base.Problem;
import dev.undercroft.base.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Answers for programs: the fields of the answer's record in their order, names as they stand in
 * Java, times as ISO 8601 texts, what is absent left out. Loaded only for {@code --json}.
 */
final class JsonAnswer {

  private JsonAnswer() {}

  static String of(Object outcome) {
    return mapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome);
  }

  /** An object with one list, {@code problems}. */
  static String of(List<Problem> problems) {
    return mapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(Map.of("problems", problems));
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .changeDefaultPropertyInclusion(
            value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .addModule(
            new SimpleModule()
                .addSerializer(Secret.class, ToStringSerializer.instance)
                .addSerializer(Path.class, ToStringSerializer.instance))
        .build();
  }
}
