package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.settings.Project;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does the same for several projects at once, and reports the problems of all of them together. One
 * thread at a time.
 *
 * @param <R> what comes out for each
 */
final class Parallel<R> {

  private final Collection<Project> projects;

  Parallel(Collection<Project> projects) {
    this.projects = projects;
  }

  /**
   * Does the work for each project; waits for all.
   *
   * @return what came out, in the order of the projects
   * @throws ProblemException with the problems of every project that had some
   */
  Map<Project, R> each(Function<Project, R> work) {
    Map<Project, Future<R>> running = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Project project : projects) {
        running.put(project, threads.submit(() -> work.apply(project)));
      }
      return collect(running);
    }
  }

  /** As {@link #each}, one after the other: for work too short to hand to another thread. */
  Map<Project, R> inTurn(Function<Project, R> work) {
    Map<Project, R> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Project project : projects) {
      try {
        results.put(project, work.apply(project));
      } catch (ProblemException wrong) {
        wrong.problems().stream()
            .filter(problem -> !problems.contains(problem))
            .forEach(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return results;
  }

  private static <R> Map<Project, R> collect(Map<Project, Future<R>> running) {
    Map<Project, R> results = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    running.forEach((project, future) -> {
      try {
        results.put(project, future.get());
      } catch (ExecutionException failed) {
        problems.addAll(problemsOf(failed, project));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    });
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return results;
  }

  private static List<Problem> problemsOf(ExecutionException failed, Project project) {
    if (failed.getCause() instanceof ProblemException wrong) {
      return wrong.problems().stream()
          .map(problem -> problem.with("project", project.name()))
          .toList();
    }
    throw new IllegalStateException("working on " + project.name(), failed);
  }
}
