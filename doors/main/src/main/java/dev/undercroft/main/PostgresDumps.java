package dev.undercroft.main;

import dev.undercroft.base.Progress;
import dev.undercroft.pgdump.DatabaseDump;
import dev.undercroft.pgdump.DumpOptions;
import dev.undercroft.pgdump.Dumped;
import dev.undercroft.platform.DumpVerb;
import dev.undercroft.platform.DumpWritten;
import dev.undercroft.platform.SchemaCommand.Dump;
import java.time.Duration;

/** Dumps of PostgreSQL databases by their URLs. Stateless, thread-safe. */
final class PostgresDumps implements DumpVerb {

  @Override
  public DumpWritten dump(Dump command, Progress progress) {
    long begun = System.nanoTime();
    SchemaDatabases databases = new SchemaDatabases();
    Dump.Content content = command.content();
    DatabaseDump dump =
        new DatabaseDump(
            () -> databases.open(command.url()),
            new DumpOptions(
                content.tables(), content.schemas(), content.schemaOnly(), content.roles()),
            progress);
    Dumped dumped =
        command.out().folder()
            ? dump.toFolder(command.out().path())
            : dump.toFile(command.out().path());
    return new DumpWritten(
        command.out().path(),
        dumped.tables(),
        dumped.rows(),
        dumped.bytes(),
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
