package dev.undercroft.prisma;

import dev.undercroft.prisma.Value.Argument;
import java.util.List;
import java.util.Optional;

/** What a schema file says, before anybody asks what it means. */
final class Ast {

  private Ast() {}

  /** Where something stands: which of the files, and the offset in it. */
  record Place(int file, int offset) {}

  /** How many values a field holds. */
  enum Arity {
    REQUIRED,
    OPTIONAL,
    LIST
  }

  /** {@code model}, {@code enum}, {@code datasource} and their like. */
  record Block(
      String word, String name, List<Field> fields, List<Attribute> attributes, Place place) {
    Block {
      fields = List.copyOf(fields);
      attributes = List.copyOf(attributes);
    }

    Optional<Field> field(String wanted) {
      return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }

    Optional<Attribute> attribute(String wanted) {
      return attributes.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** The name in the database. */
    String mapped() {
      return attribute("map").flatMap(one -> one.text("name")).orElse(name);
    }

    /** The database schema it lives in; empty when nothing is said. */
    String schema() {
      return attribute("schema").flatMap(one -> one.text("map")).orElse("");
    }
  }

  /**
   * A field of a model, a value of an enum, or a setting of a datasource.
   *
   * @param type the type; of a setting empty text
   * @param unsupported what stands in {@code Unsupported("…")}
   * @param setting the value of a setting
   */
  record Field(
      String name,
      String type,
      Arity arity,
      Optional<String> unsupported,
      Optional<Value> setting,
      List<Attribute> attributes,
      Place place) {
    Field {
      attributes = List.copyOf(attributes);
    }

    Optional<Attribute> attribute(String wanted) {
      return attributes.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    boolean has(String wanted) {
      return attribute(wanted).isPresent();
    }

    /** The name in the database. */
    String column() {
      return attribute("map").flatMap(one -> one.text("name")).orElse(name);
    }
  }

  /** {@code @name(…)} or {@code @@name(…)}. */
  record Attribute(String name, List<Argument> arguments, Place place) {
    Attribute {
      arguments = List.copyOf(arguments);
    }

    /** The argument of that name, or the first that has none. */
    Optional<Value> first(String wanted) {
      return named(wanted)
          .or(() ->
              arguments.stream()
                  .filter(one -> one.name().isEmpty())
                  .map(Argument::value)
                  .findFirst());
    }

    Optional<Value> named(String wanted) {
      return arguments.stream()
          .filter(one -> one.name().filter(wanted::equals).isPresent())
          .map(Argument::value)
          .findFirst();
    }

    Optional<String> text(String wanted) {
      return first(wanted)
          .filter(Value.Text.class::isInstance)
          .map(value -> ((Value.Text) value).text());
    }

    /** The text of an argument that is given by name alone. */
    Optional<String> namedText(String wanted) {
      return named(wanted)
          .filter(Value.Text.class::isInstance)
          .map(value -> ((Value.Text) value).text());
    }

    /** The word of an argument, such as a referential action. */
    Optional<String> word(String wanted) {
      return named(wanted)
          .filter(Value.Word.class::isInstance)
          .map(value -> ((Value.Word) value).text());
    }
  }
}
