package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two pieces of work at once; the problems of both are told together. */
record Both<A, B>(A first, B second) {

  /** The first runs on a thread of its own. */
  static <A, B> Both<A, B> of(Supplier<A> first, Supplier<B> second) {
    AtomicReference<@Nullable A> one = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .name("first side")
            .uncaughtExceptionHandler((t, e) -> failure.set(e))
            .start(() -> one.set(first.get()));
    B other = null;
    RuntimeException second1 = null;
    try {
      other = second.get();
    } catch (RuntimeException e) {
      second1 = e;
    }
    join(thread);
    A a = one.get();
    if (a == null || other == null) {
      throw together(failure.get(), second1);
    }
    return new Both<>(a, other);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException together(@Nullable Throwable first, @Nullable Throwable second) {
    if (first instanceof ProblemException one && second instanceof ProblemException other) {
      List<Problem> all = new ArrayList<>(one.problems());
      other.problems().stream().filter(problem -> !all.contains(problem)).forEach(all::add);
      return new ProblemException(all);
    }
    Throwable only = first == null ? second : first;
    if (only instanceof RuntimeException known) {
      return known;
    }
    if (only instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("neither side gave anything", only);
  }
}
