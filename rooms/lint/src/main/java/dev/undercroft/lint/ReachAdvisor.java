package dev.undercroft.lint;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** Ways around what guards the rows: views, functions, extensions, columns of secrets. */
final class ReachAdvisor implements Advisor {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(^|_)(password|passwd|ssn|social_security\\w*|credit_card\\w*|card_number|cvv|iban"
              + "|tax_id|passport\\w*|private_key|secret_key)$");

  @Override
  public void judge(Advice advice) {
    views(advice);
    functions(advice);
    for (CatalogObject extension : advice.catalog().ofKind(Kind.EXTENSION)) {
      if (extension.is(Attribute.EXTENSION_SCHEMA, "public")) {
        advice.report(Rule.EXTENSION_IN_PUBLIC, extension.id(), "it stands in the schema public");
      }
    }
    for (CatalogObject table : advice.catalog().ofKind(Kind.TABLE)) {
      if (!advice.isGuarded(table.id())) {
        secrets(advice, advice.catalog().children(table.id(), Kind.COLUMN));
      }
    }
  }

  private static void views(Advice advice) {
    for (CatalogObject view : advice.catalog().ofKind(Kind.VIEW)) {
      boolean asReader =
          view.lines(Attribute.OPTIONS).stream()
              .anyMatch(option -> option.matches("security_invoker=(true|on|yes|1)"));
      if (!asReader && advice.readsGuarded(view)) {
        advice.report(
            Rule.VIEW_RUNS_AS_OWNER, view.id(), "it reads a guarded table with its owner's rights");
      }
    }
    for (CatalogObject view : advice.catalog().ofKind(Kind.MATERIALIZED_VIEW)) {
      if (advice.readsGuarded(view)) {
        advice.report(Rule.UNGUARDED_COPY, view.id(), "it keeps rows of a guarded table");
      }
    }
    for (CatalogObject table : advice.catalog().ofKind(Kind.FOREIGN_TABLE)) {
      boolean others =
          advice.catalog().ofKind(Kind.TABLE).stream()
              .anyMatch(one ->
                  one.id().schema().equals(table.id().schema()) && advice.isGuarded(one.id()));
      if (others) {
        advice.report(Rule.UNGUARDED_FOREIGN_TABLE, table.id(), "no policy can guard it");
      }
    }
  }

  private static void functions(Advice advice) {
    for (CatalogObject function : advice.catalog().ofKind(Kind.FUNCTION)) {
      Phrase definition = Advice.read(function.get(Attribute.DEFINITION));
      boolean isOpen =
          !definition.has("set", "search_path") && !function.has(Attribute.PARSED_BODY);
      if (isOpen && definition.has("security", "definer")) {
        advice.report(
            Rule.DEFINER_SEARCH_PATH, function.id(), "it runs as its owner, without a search_path");
      }
      if (isOpen) {
        advice.report(Rule.FUNCTION_SEARCH_PATH, function.id(), "it sets no search_path");
      }
    }
  }

  private static void secrets(Advice advice, List<CatalogObject> columns) {
    for (CatalogObject column : columns) {
      if (SECRET.matcher(column.id().name()).find()) {
        advice.report(Rule.SENSITIVE_COLUMN, column.id(), "its table has no row policies");
      }
    }
  }
}
