package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a table anew beside the old one, carries the rows over and gives it the name: steps 4 to 7
 * of section 7 of SQLite's page "ALTER TABLE". Rowids stay, and what AUTOINCREMENT has reached.
 *
 * @param from the table there is
 * @param to the table wanted
 */
record Rebuild(Shape from, Shape to) {

  private static final String PREFIX = "undercroft_new_";

  List<Step> steps() {
    ObjectId id = to.table().id();
    String fresh = quoted(PREFIX + spelled(to.table()));
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(id, created(fresh)));
    Step copy = Step.of(id, copied(fresh));
    steps.add(
        Risks.rebuilt(
            copy.locking(Lock.EXCLUSIVE).working(dev.undercroft.plan.Work.REWRITE), from, to));
    if (from.isAutoincrement() && to.isAutoincrement()) {
      steps.addAll(sequence(id));
    }
    steps.add(Step.of(id, "DROP TABLE " + from.quoted()).locking(Lock.EXCLUSIVE));
    steps.add(Step.of(id, "ALTER TABLE " + fresh + " RENAME TO " + from.quoted()));
    return steps;
  }

  private static String spelled(CatalogObject object) {
    return object.find(Attribute.SPELLING).orElse(object.id().name());
  }

  private static String quoted(String name) {
    return Meaning.isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The wanted statement under another name; where a check speaks of the table, it goes along. */
  private String created(String fresh) {
    String text = to.table().get(Attribute.WRITTEN);
    Tokens in = Tokens.of(text);
    StringBuilder changed = new StringBuilder();
    int copied = 0;
    boolean named = false;
    while (!in.atEnd()) {
      Token token = in.peek(0);
      if (token == null) {
        throw in.unexpected();
      }
      boolean own = in.isName() && Tokens.folded(token.in(text)).equals(to.name());
      Token next = in.peek(1);
      boolean qualifies = named && next != null && next.kind() == TokenKind.DOT;
      boolean isName = !named && own && (next == null || next.kind() != TokenKind.DOT);
      if (own && (isName || qualifies)) {
        changed.append(text, copied, token.start()).append(fresh);
        copied = token.end();
        named = true;
      }
      in.skip();
    }
    return changed.append(text.substring(copied)).toString();
  }

  private String copied(String fresh) {
    Map<String, String> columns = columns();
    boolean careful =
        to.rules().stream()
                .anyMatch(rule -> rule.get(Attribute.DEFINITION).contains(" ON CONFLICT "))
            || to.columns().stream()
                .anyMatch(column -> column.get(Attribute.NOT_NULL).startsWith("ON CONFLICT"));
    return "INSERT %sINTO %s (%s) SELECT %s FROM %s"
        .formatted(
            careful ? "OR ABORT " : "",
            fresh,
            String.join(", ", columns.keySet()),
            String.join(", ", columns.values()),
            from.quoted());
  }

  /**
   * What is written from what: the columns both have, and the rowid where nothing else keeps it.
   */
  private Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    for (CatalogObject column : to.columns()) {
      if (!column.has(Attribute.GENERATED)) {
        from.column(column.id().name())
            .ifPresent(old -> columns.put(Shape.quoted(column), Shape.quoted(old)));
      }
    }
    boolean kept =
        from.alias().isPresent()
            && to.alias().isPresent()
            && from.alias().get().id().equals(to.alias().get().id());
    boolean overruled =
        to.alias().filter(column -> columns.containsKey(Shape.quoted(column))).isPresent();
    if (!kept && !overruled && from.rowid().isPresent() && to.rowid().isPresent()) {
      columns.put(to.rowid().get(), from.rowid().get());
    }
    if (columns.isEmpty()) {
      columns.put(Shape.quoted(to.columns().getFirst()), "NULL");
    }
    return columns;
  }

  private List<Step> sequence(ObjectId id) {
    String fresh = Meaning.literal(PREFIX + spelled(to.table()));
    String old = Meaning.literal(spelled(from.table()));
    return List.of(
        Step.of(id, "DELETE FROM sqlite_sequence WHERE name = " + fresh),
        Step.of(
            id,
            "INSERT INTO sqlite_sequence (name, seq) SELECT %s, seq FROM sqlite_sequence WHERE name = %s"
                .formatted(fresh, old)));
  }
}
