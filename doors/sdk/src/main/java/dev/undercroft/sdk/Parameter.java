package dev.undercroft.sdk;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A value in the path, the query or a header of a request, checked before the handler runs.
 * Immutable.
 *
 * @param place where it stands
 * @param name its name; in the path the name between braces
 * @param type String, Integer, Long, Boolean, UUID, Instant, LocalDate or an enum
 * @param description what it means, for the published description
 * @param required whether a request without it is refused
 * @param byDefault what counts when it is absent, as text
 * @param least the smallest allowed value of a number, or the shortest length of a text
 * @param most the largest allowed value of a number, or the longest length of a text
 */
public record Parameter(
    Place place,
    String name,
    Class<?> type,
    String description,
    boolean required,
    Optional<String> byDefault,
    Optional<Long> least,
    Optional<Long> most) {

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          UUID.class,
          java.time.Instant.class,
          java.time.LocalDate.class);

  /** Where a parameter stands. */
  public enum Place {
    /** Between slashes. */
    PATH,
    /** After the question mark. */
    QUERY,
    /** Among the headers. */
    HEADER
  }

  /** Refuses a type that no door can read. */
  public Parameter {
    if (!TYPES.contains(type) && !type.isEnum()) {
      throw new IllegalArgumentException("a parameter cannot be of type " + type.getName());
    }
  }

  /** A part of the path; always required. */
  public static Parameter path(String name, Class<?> type, String description) {
    return plain(Place.PATH, name, type, description).mandatory();
  }

  /** An optional part of the query. */
  public static Parameter query(String name, Class<?> type, String description) {
    return plain(Place.QUERY, name, type, description);
  }

  /** An optional header. */
  public static Parameter header(String name, Class<?> type, String description) {
    return plain(Place.HEADER, name, type, description);
  }

  private static Parameter plain(Place place, String name, Class<?> type, String description) {
    return new Parameter(
        place,
        name,
        type,
        description,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, refused when absent. */
  public Parameter mandatory() {
    return new Parameter(place, name, type, description, true, byDefault, least, most);
  }

  /** The same, with this value when absent. */
  public Parameter byDefault(String value) {
    return new Parameter(place, name, type, description, false, Optional.of(value), least, most);
  }

  /** The same, within these bounds, both allowed. */
  public Parameter between(long smallest, long largest) {
    return new Parameter(
        place,
        name,
        type,
        description,
        required,
        byDefault,
        Optional.of(smallest),
        Optional.of(largest));
  }
}
