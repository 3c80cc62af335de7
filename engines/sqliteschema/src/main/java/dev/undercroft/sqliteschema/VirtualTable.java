package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Work;
import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Virtual tables, which cannot be altered. Stateless. */
final class VirtualTable {

  private static final Set<String> HOLD_ROWS = Set.of("fts5", "rtree", "rtree_i32");

  private VirtualTable() {}

  /** Whether it is an index over the rows of another table, from which it can be filled. */
  static boolean isMirror(Shape shape) {
    String content = option(shape, "content");
    return shape.table().is(Attribute.ACCESS_METHOD, "fts5") && !content.isEmpty();
  }

  /** Whether it keeps no rows that could be read back. */
  static boolean isContentless(Shape shape) {
    return Rules.names(shape.table().get(Attribute.DEFINITION)).contains("content")
        && option(shape, "content").isEmpty();
  }

  /** Fills an index over another table from there. */
  static Step refill(Shape shape) {
    return Step.of(
            shape.table().id(),
            "INSERT INTO %1$s (%1$s) VALUES ('rebuild')".formatted(shape.quoted()))
        .working(Work.INDEX);
  }

  /** Made anew; rows are carried over where the module can give them. */
  static List<Step> replaced(Shape from, Shape to) {
    ObjectId id = to.table().id();
    List<Step> steps = new ArrayList<>();
    List<String> common = new ArrayList<>(columns(from));
    common.retainAll(columns(to));
    boolean carried =
        from.table().get(Attribute.ACCESS_METHOD).equals(to.table().get(Attribute.ACCESS_METHOD))
            && HOLD_ROWS.contains(to.table().get(Attribute.ACCESS_METHOD))
            && !isMirror(from)
            && !isContentless(from)
            && !isMirror(to)
            && !common.isEmpty();
    String aside = "undercroft_old_" + Tokens.unquoted(from.quoted());
    String old = Meaning.isPlain(aside) ? aside : '"' + aside.replace("\"", "\"\"") + '"';
    if (carried) {
      steps.add(
          Step.of(id, "ALTER TABLE " + from.quoted() + " RENAME TO " + old)
              .locking(Lock.EXCLUSIVE));
    } else {
      Step drop = Step.of(id, "DROP TABLE " + from.quoted()).locking(Lock.EXCLUSIVE);
      steps.add(isMirror(from) ? drop : drop.warning(Risks.lostRows(from)));
    }
    steps.add(Step.of(id, to.table().get(Attribute.WRITTEN)));
    if (carried) {
      steps.addAll(carried(from, to, old, common));
    } else if (isMirror(to)) {
      steps.add(refill(to));
    }
    return steps;
  }

  private static List<Step> carried(Shape from, Shape to, String old, List<String> common) {
    ObjectId id = to.table().id();
    boolean text = to.table().is(Attribute.ACCESS_METHOD, "fts5");
    String names =
        (text ? "rowid, " : "") + String.join(", ", common.stream().map(Meaning::name).toList());
    Step copy =
        Step.of(
                id,
                "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(to.quoted(), names, names, old))
            .locking(Lock.EXCLUSIVE)
            .working(Work.REWRITE)
            .warning(Hazard.TABLE_REWRITE, "All rows of %s are written anew.".formatted(id));
    for (String gone : columns(from)) {
      if (!common.contains(gone)) {
        copy =
            copy.warning(Hazard.DATA_LOSS, "The values of %s in %s are lost.".formatted(gone, id));
      }
    }
    return List.of(copy, Step.of(id, "DROP TABLE " + old));
  }

  /** The columns that the arguments name. */
  static List<String> columns(Shape shape) {
    List<String> names = new ArrayList<>();
    Tokens in = Tokens.of(shape.table().get(Attribute.DEFINITION));
    if (in.atEnd()) {
      return names;
    }
    for (List<Token> argument : TableText.split(in.rest())) {
      Tokens one = in.part(argument);
      boolean option = argument.stream().anyMatch(token -> token.kind() == TokenKind.OPERATOR);
      if (!option && one.isName()) {
        names.add(Folded.of(one.takeName()));
      }
    }
    return names;
  }

  private static String option(Shape shape, String name) {
    Tokens in = Tokens.of(shape.table().get(Attribute.DEFINITION));
    if (in.atEnd()) {
      return "";
    }
    for (List<Token> argument : TableText.split(in.rest())) {
      Tokens one = in.part(argument);
      if (one.take(name) && one.take(TokenKind.OPERATOR) && one.isName()) {
        return one.takeName();
      }
    }
    return "";
  }
}
