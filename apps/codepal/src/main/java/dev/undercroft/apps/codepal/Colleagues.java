package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.noCondition;

import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected with the caller through projects. The way goes over a project of the caller to
 * its members and no further: what others do elsewhere is not the caller's to see. Thread-safe.
 */
final class Colleagues {

  private final Data data;

  Colleagues(Data data) {
    this.data = data;
  }

  /**
   * Somebody who works on projects of the caller.
   *
   * @param projects on which both work, by id
   */
  record View(String userId, Optional<String> name, List<String> projects) {}

  /**
   * Colleagues in the order of their ids.
   *
   * @param after continue after this id
   */
  List<View> list(Caller caller, int limit, Optional<String> after) {
    String id = Callers.id(caller);
    var mine = PROJECT_MEMBERS.as("mine");
    var theirs = PROJECT_MEMBERS.as("theirs");
    Condition page = after.map(theirs.USER_ID::gt).orElse(noCondition());
    var shared = arrayAgg(theirs.PROJECT_ID).orderBy(theirs.PROJECT_ID);
    return data.readTenant(
        caller.context(),
        db ->
            db.select(theirs.USER_ID, USERS.NAME, shared)
                .from(mine)
                .join(PROJECTS)
                .on(PROJECTS.ID.eq(mine.PROJECT_ID))
                .and(PROJECTS.STATUS.ne("DELETED"))
                .join(theirs)
                .on(theirs.PROJECT_ID.eq(mine.PROJECT_ID))
                .leftJoin(USERS)
                .on(USERS.ID.eq(theirs.USER_ID))
                .where(mine.USER_ID.eq(id).and(theirs.USER_ID.ne(id)).and(page))
                .groupBy(theirs.USER_ID, USERS.NAME)
                .orderBy(theirs.USER_ID)
                .limit(limit)
                .fetch(row -> {
                  @Nullable String name = row.value2();
                  return new View(row.value1(), Optional.ofNullable(name), List.of(row.value3()));
                }));
  }
}
