package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists of {@code name=value}: storage parameters, and options of foreign things. Stateless. */
final class OptionList {

  private OptionList() {}

  private static Map<String, String> parse(List<String> lines, String prefix) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        options.put(prefix + line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return options;
  }

  /** {@code (fillfactor='70', toast.autovacuum_enabled='false')} without the brackets, or empty. */
  static String storage(CatalogObject object) {
    Map<String, String> options = parse(object.lines(Attribute.OPTIONS), "");
    options.putAll(parse(object.lines(Attribute.TOAST_OPTIONS), "toast."));
    return settings(options);
  }

  private static String settings(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + " = " + Names.literal(option.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** {@code SET (…)} and {@code RESET (…)} clauses that turn one list into the other. */
  static List<String> storageChanges(CatalogObject before, CatalogObject after) {
    Map<String, String> old = parse(before.lines(Attribute.OPTIONS), "");
    old.putAll(parse(before.lines(Attribute.TOAST_OPTIONS), "toast."));
    Map<String, String> now = parse(after.lines(Attribute.OPTIONS), "");
    now.putAll(parse(after.lines(Attribute.TOAST_OPTIONS), "toast."));
    List<String> gone = old.keySet().stream().filter(name -> !now.containsKey(name)).toList();
    Map<String, String> set = new LinkedHashMap<>(now);
    set.entrySet().removeIf(option -> option.getValue().equals(old.get(option.getKey())));
    List<String> clauses = new ArrayList<>();
    if (!gone.isEmpty()) {
      clauses.add("RESET (" + String.join(", ", gone) + ')');
    }
    if (!set.isEmpty()) {
      clauses.add("SET (" + settings(set) + ')');
    }
    return clauses;
  }

  /** {@code OPTIONS (a '1', b '2')} with a space before it, or empty. */
  static String foreign(CatalogObject object) {
    Map<String, String> options = parse(object.lines(Attribute.FOREIGN_OPTIONS), "");
    return options.isEmpty()
        ? ""
        : options.entrySet().stream()
            .map(option -> Names.quoted(option.getKey()) + ' ' + Names.literal(option.getValue()))
            .collect(Collectors.joining(", ", " OPTIONS (", ")"));
  }

  /** {@code OPTIONS (ADD …, SET …, DROP …)} that turns one list into the other. */
  static String foreignChange(CatalogObject before, CatalogObject after) {
    Map<String, String> old = parse(before.lines(Attribute.FOREIGN_OPTIONS), "");
    Map<String, String> now = parse(after.lines(Attribute.FOREIGN_OPTIONS), "");
    List<String> parts = new ArrayList<>();
    old.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> parts.add("DROP " + Names.quoted(name)));
    now.forEach((name, value) -> {
      if (!value.equals(old.get(name))) {
        String verb = old.containsKey(name) ? "SET " : "ADD ";
        parts.add(verb + Names.quoted(name) + ' ' + Names.literal(value));
      }
    });
    return "OPTIONS (" + String.join(", ", parts) + ')';
  }
}
