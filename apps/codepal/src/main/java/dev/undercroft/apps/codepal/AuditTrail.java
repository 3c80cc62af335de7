package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.AUDIT_LOG;

import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Who changed what; the database writes it. Thread-safe. */
final class AuditTrail {

  private final Data data;

  AuditTrail(Data data) {
    this.data = data;
  }

  /**
   * A change.
   *
   * @param userId who acted; absent for the application itself
   * @param action INSERT, UPDATE or DELETE
   * @param oldValues the row before; of an update the changed columns
   * @param newValues the row after; of an update the changed columns
   */
  record Entry(
      long id,
      Optional<String> userId,
      String action,
      String tableName,
      String recordId,
      Optional<Map<String, Object>> oldValues,
      Optional<Map<String, Object>> newValues,
      Instant timestamp) {}

  /**
   * What was asked for.
   *
   * @param before only entries before the one with this id
   */
  record Asked(int limit, Optional<Long> before) {}

  /** Changes, newest first: the caller's own; for administrators everybody's. */
  List<Entry> entries(Caller caller, Asked asked) {
    Condition where = asked.before().map(AUDIT_LOG.ID::lt).orElse(DSL.noCondition());
    return data.readTenant(
        caller.context(),
        db ->
            db.selectFrom(AUDIT_LOG)
                .where(where)
                .orderBy(AUDIT_LOG.ID.desc())
                .limit(asked.limit())
                .fetch(AuditTrail::entry));
  }

  private static Entry entry(org.jooq.Record row) {
    @Nullable String user = row.get(AUDIT_LOG.USER_ID);
    return new Entry(
        row.get(AUDIT_LOG.ID),
        Optional.ofNullable(user),
        row.get(AUDIT_LOG.ACTION),
        row.get(AUDIT_LOG.TABLE_NAME),
        row.get(AUDIT_LOG.RECORD_ID),
        Optional.ofNullable(JsonColumn.object(row.get(AUDIT_LOG.OLD_VALUES))),
        Optional.ofNullable(JsonColumn.object(row.get(AUDIT_LOG.NEW_VALUES))),
        row.get(AUDIT_LOG.TIMESTAMP).toInstant(ZoneOffset.UTC));
  }
}
