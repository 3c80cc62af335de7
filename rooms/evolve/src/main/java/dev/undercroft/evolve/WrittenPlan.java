package dev.undercroft.evolve;

import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A plan that somebody has written down and read. Immutable.
 *
 * @param mark what {@link Evolution#mark} said of it
 * @param stages what the database is before, between and behind its batches, as {@link
 *     Comparison#stages}; empty if it was not tried on a copy
 * @param steps its statements in order
 */
public record WrittenPlan(String mark, List<String> stages, List<Step> steps) {

  /** Copies the lists. */
  public WrittenPlan {
    stages = List.copyOf(stages);
    steps = List.copyOf(steps);
  }

  /**
   * A statement of it.
   *
   * @param object what it is about, as {@link ObjectId} tells it
   * @param sql the statement
   * @param transaction how it stands to transactions, in words: {@code commit-after}
   * @throws IllegalArgumentException if there is no such word
   */
  public static Step step(String object, String sql, String transaction) {
    Kind kind =
        Stream.of(Kind.values())
            .filter(one -> object.startsWith(one.words() + " "))
            .max(Comparator.comparingInt(one -> one.words().length()))
            .orElse(Kind.TABLE);
    String name =
        object.startsWith(kind.words() + " ")
            ? object.substring(kind.words().length() + 1)
            : object;
    return Step.of(ObjectId.of(kind, "", name), sql)
        .in(Transaction.valueOf(transaction.toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}
