package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may stand as the default of a field. Stateless. */
final class Literals {

  private static final String ATTRIBUTE = "Error parsing attribute \"@default\": ";

  /** The functions that make a value, and the types of the fields they may stand at. */
  private static final Map<String, List<String>> MAKERS =
      Map.of(
          "autoincrement", List.of("Int", "BigInt"),
          "now", List.of("DateTime"),
          "uuid", List.of("String"),
          "cuid", List.of("String"),
          "ulid", List.of("String"),
          "nanoid", List.of("String"));

  private static final int NANOID_LEAST = 2;
  private static final int NANOID_MOST = 255;

  private Literals() {}

  /** A value as it was written, as near as needed in a message. */
  static String shown(Value value) {
    return switch (value) {
      case Value.Text text -> '"' + text.text() + '"';
      case Value.Numeral number -> number.text();
      case Value.Word word -> word.text();
      case Value.Call call ->
          call.name()
              + call.arguments().stream()
                  .map(one -> shown(one.value()))
                  .collect(Collectors.joining(", ", "(", ")"));
      case Value.Items items ->
          items.values().stream().map(Literals::shown).collect(Collectors.joining(", ", "[", "]"));
      case Value.Entries entries ->
          entries.entries().stream()
              .map(one -> one.name().orElse("") + ": " + shown(one.value()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }

  /**
   * What is wrong with a default, in Prisma's words; empty when nothing is.
   *
   * @param enumeration the enum that is the field's type, if it is one
   */
  static Optional<String> wrong(Value value, Field field, @Nullable Block enumeration) {
    if (value instanceof Value.Call call) {
      return call(call, field);
    }
    if (field.unsupported().isPresent()) {
      return Optional.of(
          ATTRIBUTE + "Only @default(dbgenerated(\"...\")) can be used for Unsupported types.");
    }
    if (field.arity() != Arity.LIST) {
      return one(value, field, enumeration).map(ATTRIBUTE::concat);
    }
    return value instanceof Value.Items items
        ? items.values().stream()
            .flatMap(each -> one(each, field, enumeration).stream())
            .findFirst()
            .map(ATTRIBUTE::concat)
        : Optional.of(ATTRIBUTE + "The default value of a list field must be a list.");
  }

  private static Optional<String> call(Value.Call call, Field field) {
    if (call.name().equals("dbgenerated")) {
      return generated(call);
    }
    List<String> types = MAKERS.get(call.name());
    if (types == null) {
      return Optional.of(
          "Unknown function in @default(): `%s` is not known. You can read about the available functions here: https://pris.ly/d/attribute-functions"
              .formatted(call.name()));
    }
    if (!types.contains(field.type())) {
      return Optional.of(
          ATTRIBUTE
              + "The function `%s()` cannot be used on fields of type `%s`."
                  .formatted(call.name(), field.unsupported().orElse(field.type())));
    }
    String wanted =
        switch (call.name()) {
          case "uuid" -> "which is either 4 or 7";
          case "cuid" -> "which is either 1 or 2";
          case "nanoid" -> "between 2 and 255";
          default -> "";
        };
    boolean fits =
        call.arguments().isEmpty()
            || (call.arguments().size() == 1
                && call.arguments().getFirst().value() instanceof Value.Numeral number
                && fits(call.name(), number.text()));
    return fits
        ? Optional.empty()
        : Optional.of(
            ATTRIBUTE
                + (wanted.isEmpty()
                    ? "The function `%s` takes no argument.".formatted(call.name())
                    : "`%s()` takes either no argument, or a single integer argument %s."
                        .formatted(call.name(), wanted)));
  }

  private static boolean fits(String function, String number) {
    return switch (function) {
      case "uuid" -> List.of("4", "7").contains(number);
      case "cuid" -> List.of("1", "2").contains(number);
      case "nanoid" ->
          number.matches("\\d{1,3}")
              && Integer.parseInt(number) >= NANOID_LEAST
              && Integer.parseInt(number) <= NANOID_MOST;
      default -> false;
    };
  }

  private static Optional<String> generated(Value.Call call) {
    if (call.arguments().isEmpty()) {
      return Optional.empty();
    }
    if (!(call.arguments().getFirst().value() instanceof Value.Text text)) {
      return Optional.of(ATTRIBUTE + "`dbgenerated()` takes a single String argument");
    }
    return text.text().isEmpty()
        ? Optional.of(
            ATTRIBUTE
                + "dbgenerated() takes either no argument, or a single nonempty string argument.")
        : Optional.empty();
  }

  private static Optional<String> one(Value value, Field field, @Nullable Block enumeration) {
    if (enumeration != null) {
      if (!(value instanceof Value.Word word)) {
        return Optional.of("Expected an enum value, but found `" + shown(value) + "`.");
      }
      return enumeration.field(word.text()).isPresent()
          ? Optional.empty()
          : Optional.of(
              "The defined default value `%s` is not a valid value of the enum specified for the field."
                  .formatted(word.text()));
    }
    boolean right =
        switch (field.type()) {
          case "String", "DateTime", "Json", "Bytes" -> value instanceof Value.Text;
          case "Boolean" -> value instanceof Value.Word;
          default -> value instanceof Value.Numeral;
        };
    if (!right) {
      return Optional.of(
          "Expected a %s value, but found `%s`.".formatted(field.type(), shown(value)));
    }
    return switch (value) {
      case Value.Word word -> bool(word.text());
      case Value.Numeral number -> number(number.text(), field.type());
      case Value.Text text -> text(text.text(), field.type());
      default -> Optional.empty();
    };
  }

  private static Optional<String> bool(String word) {
    return List.of("true", "false").contains(word)
        ? Optional.empty()
        : Optional.of("A boolean literal must be `true` or `false`.");
  }

  private static Optional<String> number(String number, String type) {
    boolean whole = type.equals("Int") || type.equals("BigInt");
    if (whole && number.contains(".")) {
      return notValid(number, "integer", "invalid digit found in string");
    }
    return whole && new BigInteger(number).bitLength() >= Long.SIZE
        ? notValid(number, "integer", "number too large to fit in target type")
        : Optional.empty();
  }

  private static Optional<String> text(String text, String type) {
    try {
      if (type.equals("Bytes")) {
        Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
      } else if (type.equals("DateTime")) {
        OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      }
      return Optional.empty();
    } catch (DateTimeParseException e) {
      return notValid(text, "rfc3339 datetime string", "input contains invalid characters");
    } catch (IllegalArgumentException e) {
      return notValid(text, "base64 string", "it cannot be decoded");
    }
  }

  private static Optional<String> notValid(String text, String what, String why) {
    return Optional.of("Parse error: \"%s\" is not a valid %s. (%s)".formatted(text, what, why));
  }
}
