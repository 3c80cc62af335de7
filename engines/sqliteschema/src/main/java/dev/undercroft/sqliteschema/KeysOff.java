package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps around others that must not set off foreign keys: dropping a table would delete rows that
 * refer to it. Everything is checked before it is committed. Stateless.
 */
final class KeysOff {

  static final String OFF = "PRAGMA foreign_keys = OFF";
  static final String ON = "PRAGMA foreign_keys = ON";
  static final String CHECK = "PRAGMA foreign_key_check";

  private static final ObjectId WHOLE = ObjectId.of(Kind.SCHEMA, "", "main");

  private KeysOff() {}

  static List<Step> around(List<Step> steps) {
    List<Step> all = new ArrayList<>();
    all.add(Step.of(WHOLE, OFF).in(Transaction.OUTSIDE));
    all.addAll(steps);
    all.add(Step.of(WHOLE, CHECK));
    all.add(Step.of(WHOLE, ON).in(Transaction.OUTSIDE));
    return all;
  }

  static boolean isOne(Step step) {
    return step.subject().equals(WHOLE);
  }
}
