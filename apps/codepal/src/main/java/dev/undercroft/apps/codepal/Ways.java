package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * How two people are connected: people and projects as a graph whose edges are memberships, for
 * administrators. Thread-safe.
 */
final class Ways {

  /** Over so many projects a way leads at most. */
  static final int FARTHEST = 6;

  /** So many people are met at each distance at most. */
  private static final int MOST_MET = 5000;

  private final Data data;

  Ways(Data data) {
    this.data = data;
  }

  /**
   * The next person on a way.
   *
   * @param project on which the person works with the one before
   */
  record Step(String project, String userId) {}

  /** Somebody met, and from whom the way came over which project. */
  private record Met(String userId, String project, String from) {}

  /**
   * A shortest way.
   *
   * @return the steps from one person to the other; none when they are the same
   * @throws dev.undercroft.base.ProblemException forbidden; not found if no way is short enough
   */
  List<Step> shortest(Caller caller, String from, String to) {
    Callers.demandAdmin(caller);
    return data.readTenant(caller.context(), db -> search(db, from, to));
  }

  private static List<Step> search(DSLContext db, String from, String to) {
    Map<String, Met> met = new HashMap<>();
    Set<String> seen = new HashSet<>(Set.of(from));
    Collection<String> front = Set.of(from);
    for (int far = 0; far < FARTHEST && !seen.contains(to) && !front.isEmpty(); far++) {
      List<Met> next = neighbours(db, front, seen);
      next.forEach(one -> met.put(one.userId(), one));
      front = next.stream().map(Met::userId).toList();
      seen.addAll(front);
    }
    if (!seen.contains(to)) {
      throw Problem.of("CODEPAL_NO_WAY", ProblemKind.NOT_FOUND, "no way connects these people")
          .withDetail("It would lead over more than " + FARTHEST + " projects, or there is none.")
          .withRemedy("Check the ids, or choose people who are closer to each other.")
          .exception();
    }
    Deque<Step> way = new ArrayDeque<>();
    for (Met one = met.get(to); one != null; one = met.get(one.from())) {
      way.addFirst(new Step(one.project(), one.userId()));
    }
    return List.copyOf(way);
  }

  private static List<Met> neighbours(DSLContext db, Collection<String> front, Set<String> seen) {
    var near = PROJECT_MEMBERS.as("near");
    var theirs = PROJECT_MEMBERS.as("theirs");
    return db.select(theirs.USER_ID, near.PROJECT_ID, near.USER_ID)
        .distinctOn(theirs.USER_ID)
        .from(near)
        .join(PROJECTS)
        .on(PROJECTS.ID.eq(near.PROJECT_ID))
        .and(PROJECTS.STATUS.ne("DELETED"))
        .join(theirs)
        .on(theirs.PROJECT_ID.eq(near.PROJECT_ID))
        .where(near.USER_ID.in(front).and(theirs.USER_ID.notIn(seen)))
        .orderBy(theirs.USER_ID, near.PROJECT_ID, near.USER_ID)
        .limit(MOST_MET)
        .fetch(row -> new Met(row.value1(), row.value2(), row.value3()));
  }
}
