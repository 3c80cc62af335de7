package dev.undercroft.evolve;

import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Compares a database with what its applied migrations give. Who owns a thing and who may use it is
 * the platform's affair and that of {@code grants.sql}, so it does not count. Thread-safe.
 */
public final class DriftCheck {

  private final Databases databases;
  private final SchemaEngine engine;
  private final Planning planner;

  /** Works with these databases of one kind. */
  public DriftCheck(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
    this.planner = engine.planning();
  }

  /**
   * What differs; empty when nothing does. What migrations give is kept in the cache, so that this
   * needs a scratch database only once for the same migrations.
   *
   * @param applied the migrations that are applied, in their order
   * @param live a connection to the database, in auto-commit mode
   * @throws ProblemException if no scratch database can be had, or a migration cannot be carried
   *     out in it
   */
  public Optional<Drift> check(List<SqlSource> applied, Connection live, Frame frame) {
    Catalog read = engine.introspector().read(live, frame.scope());
    try (Desk desk = new Desk(databases, engine, frame)) {
      desk.wish(read.server().major());
      Source source = new Source.Sql("the applied migrations", applied, false);
      Catalog given = Substance.of(desk.replayed(source, applied, read.server().major()).catalog());
      Catalog there = Substance.of(read, given);
      given = OtherTools.keptOfAll(there, Substance.withoutPartsBeside(given, read));
      List<Change> changes = Diff.between(given, there);
      return changes.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Drift(changes.stream().map(Described::of).toList(), back(there, given)));
    }
  }

  private String back(Catalog there, Catalog given) {
    try {
      return planner.plan(there, given, new PlanOptions(false, "")).sql();
    } catch (ProblemException noWay) {
      return "";
    }
  }
}
