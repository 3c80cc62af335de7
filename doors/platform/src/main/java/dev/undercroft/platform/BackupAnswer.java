package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the verbs about backups answer. */
public sealed interface BackupAnswer {

  /** How far a backup has come; each state includes the ones before. */
  enum State {
    /** Its files are stored; the log it needs is not, so it cannot be restored. */
    CREATED,
    /** It can be restored. */
    COMPLETE,
    /** Every object it needs was read back and found sound. */
    VERIFIED,
    /** It was restored, started and checked. */
    DRILLED
  }

  /**
   * One backup.
   *
   * @param id its id
   * @param state how far it has come
   * @param basedOn the backup whose unchanged pages it shares; empty text for a full one
   * @param reason why it is a full one although an increment was asked for; else empty text
   * @param startedAt when it began
   * @param stoppedAt when it ended: the earliest moment it can be restored to
   * @param bytes size of the files
   * @param storedBytes what it added to the repository
   * @param corruptPages pages that were damaged on the server already
   * @param provenAt when it was last verified or drilled
   * @param serverVersion the server, for example {@code 18.6}
   * @param system what tells one cluster from another
   * @param timeline the cluster's timeline
   */
  record Line(
      String id,
      State state,
      String basedOn,
      String reason,
      Instant startedAt,
      Instant stoppedAt,
      long bytes,
      long storedBytes,
      int corruptPages,
      Optional<Instant> provenAt,
      String serverVersion,
      String system,
      int timeline)
      implements BackupAnswer {}

  /**
   * A stretch of time to every moment of which one can go back.
   *
   * @param from the earliest moment
   * @param until the latest
   * @param backup the backup with which it begins
   * @param timeline the timeline it follows
   */
  record Window(Instant from, Instant until, String backup, int timeline) {}

  /**
   * All backups.
   *
   * @param repository where they are, without secrets
   * @param encrypted whether they are encrypted
   * @param backups the newest first
   * @param damaged what is wrong with backups that cannot be listed, and with notes beside others
   * @param windows the moments that can be reached
   * @param loss the age of the last moment up to which everything is stored, if that is known
   */
  record Listing(
      String repository,
      boolean encrypted,
      List<Line> backups,
      List<Problem> damaged,
      List<Window> windows,
      Optional<Duration> loss)
      implements BackupAnswer {

    /** Copies the lists. */
    public Listing {
      backups = List.copyOf(backups);
      damaged = List.copyOf(damaged);
      windows = List.copyOf(windows);
    }
  }

  /**
   * One backup with everything that is known of it.
   *
   * @param backup the backup
   * @param files how many files
   * @param packs how many objects hold their pages
   * @param startPosition where its log begins
   * @param stopPosition up to where its log is needed
   * @param checksum SHA-256 of its manifest, which authenticates all the rest
   * @param tables names of the tables that were there, each with its database and schema
   * @param corrupt the damaged pages, as file and block
   */
  record Details(
      Line backup,
      long files,
      int packs,
      String startPosition,
      String stopPosition,
      String checksum,
      List<String> tables,
      List<String> corrupt)
      implements BackupAnswer {

    /** Copies the lists. */
    public Details {
      tables = List.copyOf(tables);
      corrupt = List.copyOf(corrupt);
    }
  }

  /**
   * A backup that was taken.
   *
   * @param backup the backup
   * @param repository where it is
   * @param took how long it took
   */
  record Made(Line backup, String repository, Duration took) implements BackupAnswer {}

  /**
   * What reading backups back has shown.
   *
   * @param checked ids of the backups that were read
   * @param damage what is wrong; empty when all are sound
   */
  record Checked(List<String> checked, List<Problem> damage) implements BackupAnswer {

    /** Copies the lists. */
    public Checked {
      checked = List.copyOf(checked);
      damage = List.copyOf(damage);
    }
  }

  /**
   * What happens to one backup.
   *
   * @param id the backup
   * @param reasons why it stays; empty when it goes
   */
  record Verdict(String id, List<String> reasons) {

    /** Copies the list. */
    public Verdict {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * What was removed, or would be.
   *
   * @param dryRun whether nothing was removed
   * @param verdicts every backup and what happens to it, the newest first
   * @param objects how many objects that nothing needs go
   * @param bytes their size
   */
  record Removed(boolean dryRun, List<Verdict> verdicts, int objects, long bytes)
      implements BackupAnswer {

    /** Copies the list. */
    public Removed {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * A cluster that was restored.
   *
   * @param backup the backup it began with
   * @param into the folder
   * @param before the folder with the data that were there; absent when the folder was new
   * @param timeline the timeline that was followed
   * @param reaches the last commit that is there; absent when nothing was replayed
   * @param recovered whether it was started, recovered and stopped; else that is still to be done
   * @param fetch how long fetching and writing files and log took
   * @param replay how long recovery took
   * @param databases the databases that are there
   * @param warnings what is wrong with other backups; files of the projects with nothing to do
   * @param next what to do now
   */
  record Restored(
      String backup,
      Path into,
      Optional<Path> before,
      int timeline,
      Optional<Instant> reaches,
      boolean recovered,
      Duration fetch,
      Duration replay,
      List<String> databases,
      List<Problem> warnings,
      String next)
      implements BackupAnswer {

    /** Copies the lists. */
    public Restored {
      databases = List.copyOf(databases);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One table that was brought back.
   *
   * @param table its name now, with schema
   * @param database the database it is in
   * @param rows how many rows
   * @param backup the backup it came from
   * @param reaches the last commit before the moment
   * @param warnings what is wrong with other backups
   */
  record TableRestored(
      String table,
      String database,
      long rows,
      String backup,
      Optional<Instant> reaches,
      List<Problem> warnings)
      implements BackupAnswer {

    /** Copies the list. */
    public TableRestored {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * One look of a drill at the restored cluster.
   *
   * @param name what was looked at
   * @param passed whether it is as it should be
   * @param found what was found
   */
  record Check(String name, boolean passed, String found) {}

  /**
   * A rehearsed restore.
   *
   * @param backup the backup that was restored
   * @param target the moment that was drawn
   * @param reaches the last commit that was there
   * @param passed whether all checks passed and the objectives were met
   * @param checks what was looked at
   * @param fetch how long fetching and writing took
   * @param replay how long recovery took
   * @param firstQuery how long it took from then to the first answer
   * @param duration all three: how long a real restore would take
   * @param loss how much would have been lost if the server had died at the start of the drill
   * @param durationObjective how long it may take
   * @param lossObjective how much may be lost
   * @param at when it was done
   */
  record Drilled(
      String backup,
      Instant target,
      Optional<Instant> reaches,
      boolean passed,
      List<Check> checks,
      Duration fetch,
      Duration replay,
      Duration firstQuery,
      Duration duration,
      Optional<Duration> loss,
      Duration durationObjective,
      Duration lossObjective,
      Instant at)
      implements BackupAnswer {

    /** Copies the list. */
    public Drilled {
      checks = List.copyOf(checks);
    }
  }

  /** How backups are. */
  enum Condition {
    /** A backup of the last day was read back and found sound. */
    HEALTHY,
    /** The last one is too old. */
    STALE,
    /** There is none that was read back. */
    NO_BACKUPS
  }

  /**
   * How backups are. Only those count that were read back and found sound.
   *
   * @param status how they are
   * @param last the newest that counts
   * @param total how many count
   * @param loss how much would be lost if the server died now, if known
   * @param lastDrill when a restore was last rehearsed
   * @param damaged what is wrong with backups that cannot be read, and with the notes beside others
   */
  record Health(
      Condition status,
      Optional<Line> last,
      int total,
      Optional<Duration> loss,
      Optional<Instant> lastDrill,
      List<Problem> damaged)
      implements BackupAnswer {

    /** Copies the list. */
    public Health {
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * A database written down.
   *
   * @param id the file's name without its suffix
   * @param project whose database
   * @param file the file
   * @param copy where it was copied to; absent when nowhere
   * @param bytes size of the file
   * @param checksum its SHA-256
   * @param tables how many tables
   * @param rows how many rows
   * @param took how long it took
   */
  record DumpLine(
      String id,
      String project,
      Path file,
      Optional<String> copy,
      long bytes,
      String checksum,
      int tables,
      long rows,
      Duration took) {}

  /**
   * Databases written down.
   *
   * @param dumps one for each project
   * @param removed names of older files that were removed
   */
  record Dumped(List<DumpLine> dumps, List<String> removed) implements BackupAnswer {

    /** Copies the lists. */
    public Dumped {
      dumps = List.copyOf(dumps);
      removed = List.copyOf(removed);
    }
  }

  /**
   * A database that was written down is there again.
   *
   * @param dump the dump
   * @param database where it is
   * @param before how the database is called now whose place it took; absent when it took none
   * @param copied the tables that were copied; empty when all of the database was restored
   * @param tables how many tables
   * @param rows how many rows
   * @param warnings files of the project that had nothing to do
   */
  record DumpRestored(
      String dump,
      String database,
      Optional<String> before,
      List<String> copied,
      int tables,
      long rows,
      List<Problem> warnings)
      implements BackupAnswer {

    /** Copies the lists. */
    public DumpRestored {
      copied = List.copyOf(copied);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A backup is kept, or no longer.
   *
   * @param backup the backup's whole id
   * @param reason why it is kept; absent when it was let go
   * @param until until when it is kept; absent for ever
   */
  record Pinned(String backup, Optional<String> reason, Optional<Instant> until)
      implements BackupAnswer {}
}
