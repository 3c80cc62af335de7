package dev.undercroft.cli;

import dev.undercroft.base.ByteSize;
import dev.undercroft.platform.DumpWritten;
import dev.undercroft.platform.SchemaCommand;
import dev.undercroft.platform.SchemaCommand.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A database as SQL. */
final class DumpVerbs {

  private static final Option URL = Option.of("--url", "URL", "The database to dump.");
  private static final Option TABLE =
      Option.of("--table -t", "NAME", "Only this table; * stands for letters. May be repeated.");
  private static final Option SCHEMAS = Option.of("--schemas", "NAME,…", "Only these schemas.");
  private static final Option SCHEMA_ONLY =
      Option.flag("--schema-only -s", "No rows, and no places of sequences.");
  private static final Option ROLES = Option.flag("--include-roles", "Roles and memberships too.");
  private static final Option OUT =
      Option.of(
          "--out -o",
          "FILE|FOLDER",
          "A file, or a folder if the name ends in / or is one: with a file for each table,"
              + " several written at once.");

  private DumpVerbs() {}

  static Verb dump() {
    return Verb.named("dump")
        .says(
            "Writes a database down as SQL, as of one moment: schema, rows, the places of"
                + " sequences, comments, privileges. psql restores it: psql -v ON_ERROR_STOP=1 -f"
                + " FILE, or FOLDER/restore.sql; that of SQLite, the shell sqlite3.")
        .option(URL)
        .option(TABLE)
        .option(SCHEMAS)
        .option(SCHEMA_ONLY)
        .option(ROLES)
        .option(OUT)
        .example("undercroft dump --url postgres://me@localhost/shop --out shop.sql", "All of it.")
        .example(
            "undercroft dump --url postgres://me@localhost/shop --table item --table order_* -s",
            "The definitions of some tables.")
        .answers(DumpWritten.class)
        .does(DumpVerbs::run);
  }

  private static int run(Call call) throws IOException {
    String url = SchemaOptions.needed(call, URL);
    Optional<String> out = call.text(OUT);
    if (out.isEmpty()) {
      Path file = Files.createTempFile("undercroft-dump", ".sql");
      try {
        DumpWritten _ = call.run(command(call, url, new Dump.Out(file, false)));
        Files.copy(file, call.terminal().out());
        call.terminal().out().flush();
      } finally {
        Files.deleteIfExists(file);
      }
      return 0;
    }
    Path path = call.terminal().directory().resolve(out.get());
    boolean isFolder = out.get().endsWith("/") || Files.isDirectory(path);
    DumpWritten written = call.run(command(call, url, new Dump.Out(path, isFolder)));
    call.answer(
        written,
        one ->
            "%s: %d tables, %d rows, %s in %s\n"
                .formatted(
                    out.get(),
                    one.tables(),
                    one.rows(),
                    new ByteSize(one.bytes()),
                    Units.time(one.took())));
    return 0;
  }

  private static SchemaCommand.Dump command(Call call, String url, Dump.Out out) {
    return new SchemaCommand.Dump(
        call.scope(),
        url,
        new Dump.Content(
            call.texts(TABLE),
            SchemaOptions.list(call, SCHEMAS),
            call.has(SCHEMA_ONLY),
            call.has(ROLES)),
        out);
  }
}
