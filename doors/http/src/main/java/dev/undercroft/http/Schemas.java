package dev.undercroft.http;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes Java types as JSON Schema 2020-12. What is described is what {@link Json} reads and
 * writes: a record is an object without further properties, an {@link Optional} may be left out, a
 * {@link Nullable} may be null. One thread at a time.
 */
final class Schemas {

  private static final Map<Class<?>, String[]> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, new String[] {"string", ""}),
          Map.entry(int.class, new String[] {"integer", "int32"}),
          Map.entry(Integer.class, new String[] {"integer", "int32"}),
          Map.entry(long.class, new String[] {"integer", "int64"}),
          Map.entry(Long.class, new String[] {"integer", "int64"}),
          Map.entry(BigInteger.class, new String[] {"integer", ""}),
          Map.entry(double.class, new String[] {"number", "double"}),
          Map.entry(Double.class, new String[] {"number", "double"}),
          Map.entry(BigDecimal.class, new String[] {"number", ""}),
          Map.entry(boolean.class, new String[] {"boolean", ""}),
          Map.entry(Boolean.class, new String[] {"boolean", ""}),
          Map.entry(UUID.class, new String[] {"string", "uuid"}),
          Map.entry(Instant.class, new String[] {"string", "date-time"}),
          Map.entry(OffsetDateTime.class, new String[] {"string", "date-time"}),
          Map.entry(LocalDateTime.class, new String[] {"string", ""}),
          Map.entry(LocalDate.class, new String[] {"string", "date"}),
          Map.entry(Duration.class, new String[] {"string", "duration"}),
          Map.entry(URI.class, new String[] {"string", "uri"}),
          Map.entry(Path.class, new String[] {"string", ""}));

  private final String prefix;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Map<String, String> names = new LinkedHashMap<>();

  /** What stands for the type parameter of the record that is described at the moment. */
  private Map<Type, Type> given = Map.of();

  private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

  /**
   * Starts without definitions.
   *
   * @param prefix where definitions will stand, for example {@code #/components/schemas/}
   */
  Schemas(String prefix) {
    this.prefix = prefix;
  }

  /** The schema of a type; records are defined by name and referred to. */
  ObjectNode of(Type type) {
    if (type instanceof Class<?> single) {
      return ofClass(single);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Class<?> raw = (Class<?>) generic.getRawType();
      return raw.isRecord()
          ? reference(raw, arguments)
          : ofGeneric(raw, of(arguments[arguments.length - 1]));
    }
    Type stands = given.get(type);
    return stands == null ? nodes.objectNode() : of(stands);
  }

  /** The definitions of every record described so far, by name. */
  ObjectNode definitions() {
    ObjectNode all = nodes.objectNode();
    definitions.forEach(all::set);
    return all;
  }

  private ObjectNode ofClass(Class<?> type) {
    String[] plain = PLAIN.get(type);
    if (plain != null) {
      ObjectNode node = nodes.objectNode().put("type", plain[0]);
      return plain[1].isEmpty() ? node : node.put("format", plain[1]);
    }
    if (type.isEnum()) {
      ObjectNode node = nodes.objectNode().put("type", "string");
      ArrayNode values = node.putArray("enum");
      Arrays.stream(type.getEnumConstants()).forEach(value -> values.add(value.toString()));
      return node;
    }
    if (type.isArray()) {
      return array(of(type.getComponentType()));
    }
    if (type.isRecord()) {
      return reference(type, new Type[0]);
    }
    if (type.isSealed()) {
      ObjectNode node = nodes.objectNode();
      ArrayNode choices = node.putArray("anyOf");
      Stream.of(type.getPermittedSubclasses()).forEach(choice -> choices.add(ofClass(choice)));
      return node;
    }
    return nodes.objectNode();
  }

  private ObjectNode ofGeneric(Class<?> raw, ObjectNode last) {
    if (Optional.class == raw) {
      return last;
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return array(last);
    }
    if (Map.class.isAssignableFrom(raw)) {
      ObjectNode node = nodes.objectNode().put("type", "object");
      node.set("additionalProperties", last);
      return node;
    }
    return ofClass(raw);
  }

  private ObjectNode array(ObjectNode items) {
    ObjectNode node = nodes.objectNode().put("type", "array");
    node.set("items", items);
    return node;
  }

  /**
   * A record with parameters is named by them, too: {@code One<Job>} as OneJob.
   *
   * @param arguments what stands for the parameters; none for a record without
   */
  private ObjectNode reference(Class<?> type, Type[] arguments) {
    Type[] known =
        Stream.of(arguments).map(one -> given.getOrDefault(one, one)).toArray(Type[]::new);
    String key = type.getName() + Arrays.toString(known);
    String name = names.get(key);
    if (name == null) {
      name = freeName(type, known);
      names.put(key, name);
      ObjectNode definition = nodes.objectNode();
      definitions.put(name, definition);
      Map<Type, Type> outside = given;
      given = parameters(type, known);
      define(type, definition);
      given = outside;
    }
    return nodes.objectNode().put("$ref", prefix + name);
  }

  private static Map<Type, Type> parameters(Class<?> type, Type[] arguments) {
    Map<Type, Type> standing = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      standing.put(type.getTypeParameters()[i], arguments[i]);
    }
    return standing;
  }

  private String freeName(Class<?> type, Type[] arguments) {
    StringBuilder simple = new StringBuilder(type.getSimpleName());
    for (Type argument : arguments) {
      simple.append(argument instanceof Class<?> one ? one.getSimpleName() : "Any");
    }
    if (!definitions.containsKey(simple.toString())) {
      return simple.toString();
    }
    String home = type.getPackageName();
    return home.substring(home.lastIndexOf('.') + 1) + "." + simple;
  }

  private void define(Class<?> type, ObjectNode definition) {
    definition.put("type", "object");
    ObjectNode properties = definition.putObject("properties");
    ArrayNode required = nodes.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      ObjectNode property = ofAnnotated(component.getAnnotatedType());
      properties.set(component.getName(), mayBeNull ? orNull(property) : property);
      if (!mayBeNull && component.getType() != Optional.class) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      definition.set("required", required);
    }
    definition.put("additionalProperties", false);
  }

  /** As {@link #of}, and sees {@code @Nullable} on the elements of a list, map or array. */
  private ObjectNode ofAnnotated(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic
        && generic.getType() instanceof ParameterizedType plain) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      AnnotatedType last = arguments[arguments.length - 1];
      Class<?> raw = (Class<?>) plain.getRawType();
      return raw.isRecord() ? of(plain) : ofGeneric(raw, nullable(last));
    }
    if (type instanceof AnnotatedArrayType array) {
      return array(nullable(array.getAnnotatedGenericComponentType()));
    }
    return of(type.getType());
  }

  private ObjectNode nullable(AnnotatedType type) {
    ObjectNode schema = ofAnnotated(type);
    return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private ObjectNode orNull(ObjectNode schema) {
    if (schema.has("type") && !schema.has("enum")) {
      ArrayNode both = nodes.arrayNode().add(schema.get("type").asString()).add("null");
      schema.set("type", both);
      return schema;
    }
    ObjectNode either = nodes.objectNode();
    either.putArray("anyOf").add(schema).add(nodes.objectNode().put("type", "null"));
    return either;
  }
}
