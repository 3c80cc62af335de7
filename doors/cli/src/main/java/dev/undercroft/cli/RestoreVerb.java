package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Destination;
import dev.undercroft.platform.BackupCommand.Moment;
import dev.undercroft.platform.BackupCommand.Recovery;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Going back to a moment. */
final class RestoreVerb {

  private static final Option FROM =
      Option.of("--from", "ID", "The backup to begin with; latest chooses the newest that fits.");
  private static final Option TIME =
      Option.of(
          "--time", "TIME", "With its offset: 2026-01-02T03:04:05Z or 2026-01-02 03:04+01:00.");
  private static final Option LSN =
      Option.of("--lsn", "POSITION", "All of the log before it, for example 16/B374D848.");
  private static final Option NAME =
      Option.of("--name", "POINT", "A point that pg_create_restore_point named.");
  private static final Option XID =
      Option.of("--xid", "NUMBER", "Up to the commit of this transaction, which is included.");
  private static final Option TIMELINE =
      Option.of("--timeline", "NUMBER", "The timeline to follow; the newest by default.");
  private static final Option INTO =
      Option.of("--into", "FOLDER", "Where to: a folder that is empty or not there.");
  private static final Option IN_PLACE =
      Option.flag(
          "--in-place",
          "Takes the place of the present data, which are kept beside; the instance must be down.");
  private static final Option TABLE =
      Option.of(
          "--table",
          "TABLE",
          "Only this table, into the living database of one project; with --dump several with"
              + " commas.");
  private static final Option DUMP =
      Option.of(
          "--dump",
          "FILE|ID",
          "A database that was written down takes the living one's place, which stays beside it.");
  private static final Option DATABASE =
      Option.of("--database", "NAME", "With --dump: a new database instead.");
  private static final Option SCHEMA =
      Option.of("--schema", "NAME", "The schema the table goes to; its own by default.");
  private static final Option TABLESPACE =
      Option.of("--tablespace", "OLD=NEW", "A new folder for a tablespace; several with commas.");
  private static final Option PREPARE =
      Option.flag("--prepare", "Does not start a server; the one that starts it replays the log.");

  private RestoreVerb() {}

  static Verb restore() {
    return Verb.named("restore")
        .says(
            "Restores the whole server into a new folder, as it was at a moment. Looks first"
                + " whether the stored log reaches that moment, and says which it reaches. The"
                + " present data is not touched; `up --data FOLDER` serves from the new folder. With"
                + " --in-place the restored server takes the place of the present data once it was"
                + " started and checked, and `up` serves it; the data before stay in a folder"
                + " beside. With --table one table comes back into the living database, without a"
                + " moment as it was before it was dropped; when its name is taken, into the schema"
                + " restored.")
        .option(FROM)
        .option(TIME)
        .option(LSN)
        .option(NAME)
        .option(XID)
        .option(TIMELINE)
        .option(INTO)
        .option(IN_PLACE)
        .option(TABLE)
        .option(SCHEMA)
        .option(TABLESPACE)
        .option(PREPARE)
        .option(DUMP)
        .option(DATABASE)
        .option(BackupVerbs.PLACE)
        .example("undercroft restore --from latest --into ./restored", "The last stored moment.")
        .example(
            "undercroft restore --time 2026-01-02T03:04:05Z --into ./restored",
            "The last commit at or before that second.")
        .example(
            "undercroft restore --table item --project shop",
            "One table, dropped by mistake, as it was the moment before.")
        .example(
            "undercroft restore --table item --time 2026-01-02T03:04:05Z --project shop",
            "One table as it was then.")
        .answers(BackupAnswer.Restored.class)
        .does(RestoreVerb::run);
  }

  private static int run(Call call) {
    if (call.text(DUMP).isPresent()) {
      return dump(call, call.text(DUMP).get());
    }
    if (call.text(TABLE).isPresent()) {
      return table(call, call.text(TABLE).get());
    }
    Optional<Path> into = call.text(INTO).map(name -> folder(call, name));
    if (into.isPresent() == call.has(IN_PLACE) || (call.has(IN_PLACE) && call.has(PREPARE))) {
      throw nowhere();
    }
    Destination destination =
        new Destination(
            into, tablespaces(call), call.has(PREPARE) ? Recovery.PREPARE : Recovery.RUN);
    BackupAnswer.Restored restored =
        call.run(new BackupCommand.Restore(BackupVerbs.scope(call), moment(call), destination));
    call.answer(restored, one -> BackupText.restored(one, call));
    return 0;
  }

  private static int table(Call call, String table) {
    BackupAnswer.TableRestored restored =
        call.run(
            new BackupCommand.RestoreTable(
                BackupVerbs.scope(call), table, moment(call), call.text(SCHEMA)));
    call.answer(restored, one -> BackupText.tableRestored(one, call));
    return 0;
  }

  private static int dump(Call call, String dump) {
    List<String> tables =
        call.text(TABLE).map(all -> List.of(all.split(",", -1))).orElse(List.of());
    BackupAnswer.DumpRestored restored =
        call.run(new BackupCommand.RestoreDump(call.scope(), dump, tables, call.text(DATABASE)));
    call.answer(restored, one -> BackupText.dumpRestored(one, call));
    return 0;
  }

  private static ProblemException nowhere() {
    return Problem.of(
            "CLI_NO_TARGET", ProblemKind.USAGE, "restore needs either --into FOLDER or --in-place")
        .withRemedy(
            "Name a folder that is empty or not there yet; or add --in-place, without --prepare, to"
                + " let the present data make room.")
        .exception();
  }

  static Moment moment(Call call) {
    return new Moment(
        call.text(FROM),
        call.text(TIME).map(RestoreVerb::time),
        call.text(LSN),
        call.text(NAME),
        call.text(XID).isPresent() ? Optional.of((long) call.number(XID, 1, 0)) : Optional.empty(),
        call.text(TIMELINE).isPresent()
            ? Optional.of(call.number(TIMELINE, 1, 1))
            : Optional.empty());
  }

  /** A time without offset could be any of two dozen. */
  static Instant time(String text) {
    String written = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T").replace(" ", "");
    String whole = written.replaceFirst("([+-]\\d{2})$", "$1:00");
    try {
      return OffsetDateTime.parse(whole).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException notATime) {
      throw Problem.of("CLI_NOT_A_TIME", ProblemKind.USAGE, "--time cannot be '" + text + "'")
          .withRemedy("Write date, time and offset: 2026-01-02T03:04:05Z")
          .exception(notATime);
    }
  }

  private static Path folder(Call call, String name) {
    return call.terminal().directory().resolve(name);
  }

  private static Map<String, Path> tablespaces(Call call) {
    Map<String, Path> moved = new LinkedHashMap<>();
    for (String each : call.text(TABLESPACE).map(all -> all.split(",", -1)).orElse(new String[0])) {
      int equals = each.indexOf('=');
      if (equals < 1 || equals == each.length() - 1) {
        throw Problem.of(
                "CLI_NOT_A_PAIR", ProblemKind.USAGE, "--tablespace cannot be '" + each + "'")
            .withRemedy("Write --tablespace OLD=NEW with the two folders.")
            .exception();
      }
      moved.put(each.substring(0, equals), folder(call, each.substring(equals + 1)));
    }
    return moved;
  }
}
