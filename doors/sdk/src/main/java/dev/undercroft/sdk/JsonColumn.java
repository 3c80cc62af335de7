package dev.undercroft.sdk;

import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON in columns of type jsonb: objects as maps, lists of them as lists. Thread-safe. */
public final class JsonColumn {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};

  private JsonColumn() {}

  /** The value of a column for this object. */
  public static JSONB of(Map<String, ?> object) {
    return JSONB.valueOf(MAPPER.writeValueAsString(object));
  }

  /**
   * The object in a column.
   *
   * @return null where the column has none
   * @throws tools.jackson.core.JacksonException if it is JSON but no object
   */
  public static @Nullable Map<String, Object> object(@Nullable JSONB column) {
    return column == null ? null : MAPPER.readValue(column.data(), OBJECT);
  }

  /** The value of a column for this list of objects. */
  public static JSONB of(List<? extends Map<String, ?>> objects) {
    return JSONB.valueOf(MAPPER.writeValueAsString(objects));
  }

  /**
   * The list of objects in a column.
   *
   * @return null where the column has none
   * @throws tools.jackson.core.JacksonException if it is JSON but no such list
   */
  public static @Nullable List<Map<String, Object>> list(@Nullable JSONB column) {
    return column == null ? null : MAPPER.readValue(column.data(), LIST);
  }
}
