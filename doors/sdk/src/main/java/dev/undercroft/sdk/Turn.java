package dev.undercroft.sdk;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Lets transactions that would decide about the same thing do so one after another, on all nodes:
 * an advisory lock that ends with the transaction (PostgreSQL manual, section 13.3.5).
 */
public final class Turn {

  private Turn() {}

  /**
   * Waits until no other transaction has the turn of this name, and has it until this one ends.
   *
   * @param db the transaction
   * @param name what is decided, then about which rows; the same order everywhere, or two
   *     transactions wait for each other
   */
  public static void take(DSLContext db, Object... name) {
    String text = Arrays.stream(name).map(String::valueOf).collect(Collectors.joining("/"));
    Field<Long> key =
        DSL.function("hashtextextended", SQLDataType.BIGINT, DSL.val(text), DSL.val(0L));
    db.select(DSL.function("pg_advisory_xact_lock", SQLDataType.OTHER, key)).fetch();
  }
}
