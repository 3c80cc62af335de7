package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.evolve.Source;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.platform.DumpVerb;
import dev.undercroft.platform.DumpWritten;
import dev.undercroft.platform.SchemaCommand.Dump;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sqliteschema.SqliteDatabases;
import dev.undercroft.sqliteschema.SqliteDump;
import java.time.Duration;
import java.util.Optional;

/** Dumps of SQLite databases by their URLs; others are left to another verb. Thread-safe. */
final class SqliteDumps implements DumpVerb {

  private final DumpVerb others;

  SqliteDumps(DumpVerb others) {
    this.others = others;
  }

  @Override
  public DumpWritten dump(Dump command, Progress progress) {
    boolean ours =
        SourceFinder.find(command.url(), command.scope().directory()) instanceof Source.Live live
            && live.dialect() == Dialect.SQLITE;
    return ours ? write(command, progress) : others.dump(command, progress);
  }

  private static DumpWritten write(Dump command, Progress progress) {
    long begun = System.nanoTime();
    if (command.out().folder()) {
      throw Problem.of(
              "MAIN_ONE_FILE", ProblemKind.USAGE, "a dump of SQLite is one file, not a folder")
          .withRemedy("Name a file: --out shop.sql.")
          .exception();
    }
    Source.Live live = (Source.Live) SourceFinder.find(command.url(), command.scope().directory());
    SqliteDump.Written written =
        new SqliteDump(
                () -> new SqliteDatabases(Optional.empty()).open(live.url()),
                new SqliteDump.Choice(command.content().tables(), command.content().schemaOnly()),
                progress)
            .toFile(command.out().path());
    return new DumpWritten(
        command.out().path(),
        written.tables(),
        written.rows(),
        written.bytes(),
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
