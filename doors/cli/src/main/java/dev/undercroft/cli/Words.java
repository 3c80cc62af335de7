package dev.undercroft.cli;

import static dev.undercroft.cli.Word.Group.BACKUP;
import static dev.undercroft.cli.Word.Group.LOOK;
import static dev.undercroft.cli.Word.Group.MAKE;
import static dev.undercroft.cli.Word.Group.MIGRATE;
import static dev.undercroft.cli.Word.Group.RUN;
import static dev.undercroft.cli.Word.Group.SAFETY;
import static dev.undercroft.cli.Word.Group.TOOL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary. The first page of help and the way to a command need no more than this, so the
 * command's own class, its parser and the product behind it are loaded only when it is called. On
 * this way there are loops where elsewhere streams and lambdas stand: linking the first lambda of a
 * process takes longer than everything else here.
 */
final class Words {

  static final List<Word> ALL =
      List.of(
          new Word("up", RUN, "Start the database, bring it up to date, serve the applications"),
          new Word("down", RUN, "Stop what runs"),
          new Word("status", RUN, "Say what runs"),
          new Word("logs", RUN, "Show the log"),
          new Word("schema inspect", MIGRATE, "Write a schema down as SQL, catalog or diagram"),
          new Word("schema diff", MIGRATE, "Compare two schemas"),
          new Word("schema plan", MIGRATE, "Say how to get from one schema to another"),
          new Word("schema apply", MIGRATE, "Make a database what a schema says"),
          new Word("schema push", MIGRATE, "Bring the wanted schema to a development database"),
          new Word("schema format", MIGRATE, "Bring schema files into one layout"),
          new Word("dump", MIGRATE, "Write a database down as SQL"),
          new Word("lint", MIGRATE, "Judge migrations: losses, locks, rights"),
          new Word("migrate dev", MIGRATE, "Make a migration from the wanted schema and apply it"),
          new Word("migrate generate", MIGRATE, "Make a migration from the wanted schema"),
          new Word("migrate deploy", MIGRATE, "Apply pending migrations"),
          new Word("migrate status", MIGRATE, "Say what is applied and what is pending"),
          new Word("migrate resolve", MIGRATE, "Correct the history after a repair by hand"),
          new Word("migrate baseline", MIGRATE, "Take an existing database into care"),
          new Word("migrate squash", MIGRATE, "Make one migration of several"),
          new Word("migrate down", MIGRATE, "Undo applied migrations"),
          new Word("migrate reset", MIGRATE, "Empty the database and set it up anew"),
          new Word("seed", MIGRATE, "Run the repeatable seeds"),
          new Word("setup", MIGRATE, "Deploy, then seed"),
          new Word("reset", MIGRATE, "The same as migrate reset"),
          new Word("shell", MIGRATE, "Open psql on the project's database"),
          new Word("url", MIGRATE, "Print how psql and programs reach a database"),
          new Word("backup create", BACKUP, "Take a backup"),
          new Word("backup list", BACKUP, "List backups and the moments that can be restored"),
          new Word("backup show", BACKUP, "Show one backup"),
          new Word("backup verify", BACKUP, "Read backups back and name what is damaged"),
          new Word("backup health", BACKUP, "Say how backups are"),
          new Word("backup drill", BACKUP, "Rehearse a restore and measure it"),
          new Word("backup dump", BACKUP, "Write databases down as SQL files"),
          new Word("backup pin", BACKUP, "Keep a backup from retention"),
          new Word("backup unpin", BACKUP, "Let retention have a backup again"),
          new Word("backup prune", BACKUP, "Remove what the settings no longer keep"),
          new Word("backup delete", BACKUP, "Remove one backup"),
          new Word("restore", BACKUP, "Go back to a moment, in a new folder"),
          new Word("isolation verify", SAFETY, "Attack the databases as a tenant would"),
          new Word("security audit", SAFETY, "Compare rights and settings with the least needed"),
          new Word("audit seal", SAFETY, "Seal the audit logs"),
          new Word("audit verify", SAFETY, "Compare the audit logs with their seals"),
          new Word("audit archive", SAFETY, "Write old entries into files, so that they may go"),
          new Word("audit search", SAFETY, "Look for entries of the audit logs"),
          new Word("health", LOOK, "Ask every database how it is"),
          new Word("doctor", LOOK, "Look for what would get in the way"),
          new Word("config", LOOK, "Show every setting and where it came from"),
          new Word("init", MAKE, "Make a new project"),
          new Word("generate", MAKE, "Write typed access classes"),
          new Word("secrets generate", MAKE, "Make strong secrets"),
          new Word("version", TOOL, "Show versions"),
          new Word("completion", TOOL, "Write a completion script for a shell"),
          new Word("help", TOOL, "Show help for a command"));

  /** What users of other tools type. */
  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("serve", "up"),
          Map.entry("start", "up"),
          Map.entry("run", "up"),
          Map.entry("dev", "up"),
          Map.entry("stop", "down"),
          Map.entry("ps", "status"),
          Map.entry("env", "config"),
          Map.entry("settings", "config"),
          Map.entry("new", "init"),
          Map.entry("psql", "shell"),
          Map.entry("connect", "url"),
          Map.entry("check", "doctor"),
          Map.entry("info", "status"),
          Map.entry("export", "dump"),
          Map.entry("pg_dump", "dump"),
          Map.entry("migrate lint", "lint"),
          Map.entry("inspect", "schema inspect"),
          Map.entry("diff", "schema diff"),
          Map.entry("schema show", "schema inspect"),
          Map.entry("schema dump", "schema inspect"),
          Map.entry("migrate diff", "schema diff"),
          Map.entry("migrate up", "migrate deploy"),
          Map.entry("migrate apply", "migrate deploy"),
          Map.entry("migrate run", "migrate deploy"),
          Map.entry("migrate info", "migrate status"),
          Map.entry("migrate list", "migrate status"),
          Map.entry("migrate rollback", "migrate down"),
          Map.entry("migrate undo", "migrate down"),
          Map.entry("migrate repair", "migrate resolve"),
          Map.entry("db seed", "seed"),
          Map.entry("db setup", "setup"),
          Map.entry("db reset", "reset"),
          Map.entry("db migrate", "migrate deploy"),
          Map.entry("db generate", "generate"),
          Map.entry("docker up", "up"),
          Map.entry("docker down", "down"),
          Map.entry("docker logs", "logs"),
          Map.entry("prisma generate", "generate"),
          Map.entry("prisma seed", "seed"),
          Map.entry("prisma migrate deploy", "migrate deploy"),
          Map.entry("prisma migrate reset", "migrate reset"));

  private Words() {}

  static Optional<Word> exactly(String path) {
    for (Word word : ALL) {
      if (word.path().equals(path)) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  static List<Word> below(String first) {
    List<Word> words = new ArrayList<>();
    for (Word word : ALL) {
      if (word.isBelow(first)) {
        words.add(word);
      }
    }
    return words;
  }

  /** Our word for one of another tool, also in the form {@code db:seed}. */
  static Optional<String> ours(String typed) {
    return Optional.ofNullable(FOREIGN.get(typed.replace(':', ' ')));
  }

  /** The command behind a word. */
  static Verb verb(String path) {
    return switch (path) {
      case "up" -> LifeVerbs.up();
      case "down" -> LifeVerbs.down();
      case "status" -> LifeVerbs.status();
      case "logs" -> LifeVerbs.logs();
      case "schema inspect" -> SchemaVerbs.inspect();
      case "schema diff" -> SchemaVerbs.diff();
      case "schema plan" -> SchemaVerbs.plan();
      case "schema apply" -> SchemaVerbs.apply();
      case "schema push" -> PushVerbs.push();
      case "schema format" -> FormatVerbs.format();
      case "dump" -> DumpVerbs.dump();
      case "lint" -> LintVerbs.lint();
      case "migrate dev" -> DraftVerbs.dev();
      case "migrate generate" -> DraftVerbs.generate();
      case "migrate deploy" -> MigrateVerbs.deploy();
      case "migrate status" -> MigrateVerbs.status();
      case "migrate resolve" -> ResolveVerb.resolve();
      case "migrate baseline" -> MigrateVerbs.baseline();
      case "migrate squash" -> SquashVerbs.squash();
      case "migrate down" -> DestructiveVerbs.down();
      case "migrate reset" -> DestructiveVerbs.reset("migrate reset");
      case "reset" -> DestructiveVerbs.reset("reset");
      case "seed" -> MigrateVerbs.seed();
      case "setup" -> MigrateVerbs.setup();
      case "shell" -> ShellVerb.shell();
      case "url" -> UrlVerb.url();
      case "health" -> LookVerbs.health();
      case "doctor" -> LookVerbs.doctor();
      case "config" -> LookVerbs.config();
      case "init" -> MakeVerbs.init();
      case "generate" -> MakeVerbs.generate();
      case "secrets generate" -> MakeVerbs.secrets();
      case "version" -> ToolVerbs.version();
      case "completion" -> ToolVerbs.completion();
      case "help" -> ToolVerbs.help();
      default -> backupVerb(path);
    };
  }

  private static Verb backupVerb(String path) {
    return switch (path) {
      case "backup create" -> BackupVerbs.create();
      case "backup list" -> BackupVerbs.list();
      case "backup show" -> BackupVerbs.show();
      case "backup verify" -> BackupVerbs.verify();
      case "backup health" -> BackupVerbs.health();
      case "backup drill" -> BackupVerbs.drill();
      case "backup dump" -> BackupVerbs.dump();
      case "backup pin" -> BackupVerbs.pin();
      case "backup unpin" -> BackupVerbs.unpin();
      case "backup prune" -> BackupVerbs.prune();
      case "backup delete" -> BackupVerbs.delete();
      case "restore" -> RestoreVerb.restore();
      default -> safetyVerb(path);
    };
  }

  private static Verb safetyVerb(String path) {
    return switch (path) {
      case "isolation verify" -> SafetyVerbs.isolation();
      case "security audit" -> SafetyVerbs.security();
      case "audit seal" -> SafetyVerbs.seal();
      case "audit verify" -> SafetyVerbs.verify();
      case "audit archive" -> SafetyVerbs.archive();
      case "audit search" -> SafetyVerbs.search();
      default -> throw new IllegalArgumentException("no such word: " + path);
    };
  }
}
