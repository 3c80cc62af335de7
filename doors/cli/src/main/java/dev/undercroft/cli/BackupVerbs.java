package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Action;
import dev.undercroft.platform.BackupCommand.Method;
import dev.undercroft.platform.BackupCommand.ReadBack;
import dev.undercroft.platform.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Taking, keeping and throwing away backups. */
final class BackupVerbs {

  static final Option PLACE =
      Option.of(
          "--repository --to",
          "PLACE",
          "Folder or s3://BUCKET/PREFIX; otherwise the settings say where.");
  private static final Option FULL = Option.flag("--full", "Reads everything.");
  private static final Option INCREMENTAL =
      Option.flag("--incremental", "Refuses when only a full backup is possible.");
  private static final Option NO_VERIFY =
      Option.flag("--no-verify", "Does not read it back; it counts once it was verified.");
  private static final Option CONFIRM =
      Option.of("--confirm", "ID", "The whole id once more, where nobody can be asked.");
  private static final Option FORCE =
      Option.flag("--force", "Removes it even if it is the last sound one.");
  private static final Option REASON = Option.of("--reason", "TEXT", "Why it is kept.");
  private static final Option UNTIL =
      Option.of("--until", "TIME", "Until when, with its offset: 2027-01-02T03:04:05Z.");
  private static final Option DRY_RUN = Option.flag("--dry-run", "Only says what would go.");

  private BackupVerbs() {}

  static Scope scope(Call call) {
    Scope scope = call.scope();
    Optional<String> place = call.text(PLACE);
    return place.isPresent()
        ? scope.withFlag("backup.repository", absolute(call, place.get()))
        : scope;
  }

  /** A folder is meant from where the person stands. */
  private static String absolute(Call call, String place) {
    return place.contains("://")
        ? place
        : call.terminal().directory().resolve(place).toAbsolutePath().normalize().toString();
  }

  static Verb create() {
    return Verb.named("backup create")
        .says(
            "Takes a backup of the whole server while it works: an increment when there is an"
                + " earlier backup, else everything. It is done when the log it needs is stored"
                + " and all of it was read back.")
        .option(FULL)
        .option(INCREMENTAL)
        .option(NO_VERIFY)
        .option(PLACE)
        .example("undercroft backup create", "Into the repository of the settings.")
        .example("undercroft backup create --full --to ./copies", "Everything, into a folder.")
        .answers(BackupAnswer.Made.class)
        .does(call -> {
          if (call.has(FULL) && call.has(INCREMENTAL)) {
            throw Problem.of(
                    "CLI_BOTH", ProblemKind.USAGE, "a backup is either full or incremental")
                .withRemedy("Leave out --full or --incremental.")
                .exception();
          }
          Method method =
              call.has(FULL)
                  ? Method.FULL
                  : call.has(INCREMENTAL) ? Method.INCREMENTAL : Method.AUTOMATIC;
          ReadBack readBack = call.has(NO_VERIFY) ? ReadBack.NO : ReadBack.YES;
          BackupAnswer.Made made =
              call.run(new BackupCommand.Create(scope(call), method, readBack));
          call.answer(made, one -> BackupText.made(one, call));
          return 0;
        });
  }

  static Verb list() {
    return Verb.named("backup list")
        .says(
            "Lists the backups, the moments to which one can go back, and how much would be lost"
                + " if the server died now.")
        .option(PLACE)
        .example("undercroft backup list", "For people.")
        .example("undercroft backup list --json", "For programs.")
        .answers(BackupAnswer.Listing.class)
        .does(call -> {
          BackupAnswer.Listing listing = call.run(new BackupCommand.Listing(scope(call)));
          call.answer(listing, one -> BackupText.listing(one, call));
          return 0;
        });
  }

  static Verb show() {
    return Verb.named("backup show")
        .says("Shows one backup: its size, its log, its checksum, the tables that were there.")
        .operand("ID", 1, 1, "The backup's id, its unique beginning, or latest.")
        .option(PLACE)
        .example("undercroft backup show latest", "The newest that can be restored.")
        .answers(BackupAnswer.Details.class)
        .does(call -> {
          BackupAnswer.Details details =
              call.run(new BackupCommand.Show(scope(call), call.operands().getFirst()));
          call.answer(details, one -> BackupText.details(one, call));
          return 0;
        });
  }

  static Verb verify() {
    return Verb.named("backup verify")
        .says(
            "Reads backups back, every object of them: authenticates, decompresses and checks the"
                + " checksum of every page. Names everything that is damaged.")
        .operand("ID", 0, 1, "The backup; all by default.")
        .option(PLACE)
        .example("undercroft backup verify", "All backups.")
        .example("undercroft backup verify latest", "The newest that can be restored.")
        .no("something is damaged")
        .answers(BackupAnswer.Checked.class)
        .does(call -> {
          BackupAnswer.Checked checked =
              call.run(new BackupCommand.Verify(scope(call), call.operands().stream().findFirst()));
          call.answer(checked, one -> BackupText.checked(one, call));
          return checked.damage().isEmpty() ? 0 : 3;
        });
  }

  static Verb delete() {
    return Verb.named("backup delete")
        .says(
            "Removes one backup. What other backups share with it stays. Asks for the whole id;"
                + " refuses the last one that is known to be sound without --force.")
        .operand("ID", 1, 1, "The backup's id or its unique beginning.")
        .option(CONFIRM)
        .option(FORCE)
        .option(PLACE)
        .example("undercroft backup delete backup-1 --confirm backup-1", "Removes without asking.")
        .answers(BackupAnswer.Removed.class)
        .does(call -> {
          Scope scope = scope(call);
          String id = call.operands().getFirst();
          String confirmed = confirmed(call, scope, id);
          BackupAnswer.Removed removed =
              call.run(new BackupCommand.Delete(scope, id, confirmed, call.has(FORCE)));
          call.answer(removed, one -> BackupText.removed(one, call));
          return 0;
        });
  }

  private static String confirmed(Call call, Scope scope, String id) throws IOException {
    Optional<String> given = call.text(CONFIRM);
    if (given.isPresent()) {
      return given.get();
    }
    String whole = call.run(new BackupCommand.Show(scope, id)).backup().id();
    if (!call.terminal().faces().in() || !call.terminal().faces().err() || call.isJson()) {
      throw notConfirmed("this removes " + whole + ", and nobody can be asked here", whole);
    }
    call.terminal()
        .err()
        .print(
            "This removes "
                + call.errorScreen().style().strong(whole)
                + ".\nType its id to go on: ");
    call.terminal().err().flush();
    String typed = call.terminal().in().readLine();
    if (typed == null || !typed.strip().equals(whole)) {
      throw notConfirmed("the id was not typed; nothing was done", whole);
    }
    return whole;
  }

  private static ProblemException notConfirmed(String message, String id) {
    return Problem.of("CLI_NOT_CONFIRMED", ProblemKind.USAGE, message)
        .withRemedy("Add --confirm=" + id + " if that is meant.")
        .exception();
  }

  static Verb prune() {
    return Verb.named("backup prune")
        .says(
            "Removes the backups that are older than BACKUP_RETENTION_DAYS, and the objects that"
                + " no backup needs. Never the newest that can be restored, nor the newest that is"
                + " known to be sound.")
        .option(DRY_RUN)
        .option(PLACE)
        .example("undercroft backup prune --dry-run", "Says what would go, and why the rest stays.")
        .answers(BackupAnswer.Removed.class)
        .does(call -> {
          Action action = call.has(DRY_RUN) ? Action.DRY_RUN : Action.RUN;
          BackupAnswer.Removed removed = call.run(new BackupCommand.Prune(scope(call), action));
          call.answer(removed, one -> BackupText.removed(one, call));
          return 0;
        });
  }

  static Verb health() {
    return Verb.named("backup health")
        .says(
            "Says how backups are: healthy, stale when the last is older than a day, or none. Only"
                + " those count that were read back and found sound.")
        .option(PLACE)
        .example("undercroft backup health", "For people and for monitoring.")
        .no("the last backup is too old, or there is none")
        .answers(BackupAnswer.Health.class)
        .does(call -> {
          BackupAnswer.Health health = call.run(new BackupCommand.Health(scope(call)));
          call.answer(health, one -> BackupText.health(one, call));
          return health.status() == BackupAnswer.Condition.HEALTHY ? 0 : 3;
        });
  }

  static Verb drill() {
    return Verb.named("backup drill")
        .says(
            "Rehearses a restore: draws a moment that can be reached, restores it into a scratch"
                + " server, checks indexes, rows and what the queries in the project's folder"
                + " checks/ must not find, and measures how long it took and how much would have"
                + " been lost. The scratch server is removed.")
        .option(PLACE)
        .example("undercroft backup drill", "Shows whether the objectives are met.")
        .no("a check failed or an objective was missed")
        .answers(BackupAnswer.Drilled.class)
        .does(call -> {
          BackupAnswer.Drilled drilled = call.run(new BackupCommand.Drill(scope(call)));
          call.answer(drilled, one -> BackupText.drilled(one, call));
          return drilled.passed() ? 0 : 3;
        });
  }

  static Verb dump() {
    return Verb.named("backup dump")
        .says(
            "Writes the projects' databases down as SQL, each into a file of BACKUP_DUMP_DIR that is"
                + " called as BACKUP_DUMP_NAME says, compressed and encrypted as the settings of"
                + " backups say, with its checksum beside it; copies it to BACKUP_DUMP_UPLOAD, and"
                + " removes files older than BACKUP_DUMP_DAYS, but never the last one.")
        .example("undercroft backup dump", "Into the folder backups of the project.")
        .example(
            "undercroft backup dump --set backup.dump-name=shop_backup_{stamp}",
            "Called shop_backup_20260102_030405.sql.gz.")
        .answers(BackupAnswer.Dumped.class)
        .does(call -> {
          BackupAnswer.Dumped dumped = call.run(new BackupCommand.Dump(call.scope()));
          call.answer(dumped, one -> BackupText.dumped(one, call));
          return 0;
        });
  }

  static Verb pin() {
    return Verb.named("backup pin")
        .says(
            "Keeps a backup: retention passes it over and `backup delete` refuses it, also with"
                + " --force, until it is unpinned or its time is over.")
        .operand("ID", 1, 1, "The backup's id, its unique beginning, or latest.")
        .option(REASON)
        .option(UNTIL)
        .option(PLACE)
        .example("undercroft backup pin latest --reason 'before the move'", "For ever.")
        .answers(BackupAnswer.Pinned.class)
        .does(call -> {
          Optional<Instant> until = call.text(UNTIL).map(RestoreVerb::time);
          String reason = call.text(REASON).orElse("pinned");
          return pinned(call, Optional.of(reason), until);
        });
  }

  static Verb unpin() {
    return Verb.named("backup unpin")
        .says("Lets retention have a backup again.")
        .operand("ID", 1, 1, "The backup's id, its unique beginning, or latest.")
        .option(PLACE)
        .example("undercroft backup unpin latest", "It goes when its time comes.")
        .answers(BackupAnswer.Pinned.class)
        .does(call -> pinned(call, Optional.empty(), Optional.empty()));
  }

  private static int pinned(Call call, Optional<String> reason, Optional<Instant> until) {
    BackupAnswer.Pinned pinned =
        call.run(new BackupCommand.Pin(scope(call), call.operands().getFirst(), reason, until));
    call.answer(pinned, one -> BackupText.pinned(one, call));
    return 0;
  }
}
