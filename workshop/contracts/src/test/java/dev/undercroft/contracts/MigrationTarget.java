package dev.undercroft.contracts;

import dev.undercroft.migrate.MigrationDialect;
import java.util.List;

/** A database that a contract suite runs on. */
interface MigrationTarget {

  /** The port under test. */
  MigrationDialect dialect();

  /** Runs statements beside the deployer. */
  void execute(String... statements);

  /** The first column of a query's rows, as text. */
  List<String> column(String query);

  /** A table of the history by plain name. */
  String history(String table);

  /** The names of the project's tables, in order. */
  List<String> tables();
}
