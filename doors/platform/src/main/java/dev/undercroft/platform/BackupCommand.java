package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Backups of the server behind a project or workspace, and what can be made of them. The repository
 * is the one that the settings name.
 *
 * @param <R> what the verb answers
 */
public sealed interface BackupCommand<R> extends Command<R> {

  /** Which pages a backup reads. */
  enum Method {
    /** An increment when there is something to base it on, else everything. */
    AUTOMATIC,
    /** Everything. */
    FULL,
    /** Only what may have changed; refused when that is not known. */
    INCREMENTAL
  }

  /** Whether a backup is read back at once. */
  enum ReadBack {
    /** It is, and counts from then on. */
    YES,
    /** It is not, and does not count before it was verified. */
    NO
  }

  /** Whether something is done or only told. */
  enum Action {
    /** Done. */
    RUN,
    /** Told. */
    DRY_RUN
  }

  /**
   * A moment of the past. At most one of time, position, name and transaction is there; with none
   * it is the last moment that is stored.
   *
   * @param backup id of the backup to begin with, or its unique beginning; empty chooses
   * @param time the last transaction that committed at or before it
   * @param position everything in the log before it
   * @param name a point that {@code pg_create_restore_point} named
   * @param transaction the commit of a transaction, which is included
   * @param timeline the timeline to follow; empty for the newest
   */
  record Moment(
      Optional<String> backup,
      Optional<Instant> time,
      Optional<String> position,
      Optional<String> name,
      Optional<Long> transaction,
      Optional<Integer> timeline) {

    /** The last moment that is stored. */
    public static Moment latest() {
      return new Moment(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** The last moment that is stored after one backup. */
    public static Moment of(String backup) {
      return new Moment(
          Optional.of(backup),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Whether a restored cluster is started once. */
  enum Recovery {
    /** It is started, replays the log, is looked at and stopped. */
    RUN,
    /** The log lies ready; the server that starts it replays it. */
    PREPARE
  }

  /**
   * Where a cluster is restored to.
   *
   * @param into a folder that is empty or not there; empty for the place of the present data, which
   *     are kept beside
   * @param tablespaces new folders of tablespaces by their old ones
   * @param recovery whether it is started once
   */
  record Destination(Optional<Path> into, Map<String, Path> tablespaces, Recovery recovery) {

    /** Makes the folder absolute and copies the map. */
    public Destination {
      into = into.map(folder -> folder.toAbsolutePath().normalize());
      tablespaces = Map.copyOf(new TreeMap<>(tablespaces));
    }
  }

  /**
   * Takes a backup.
   *
   * @param method which pages it reads
   * @param readBack whether it is read back at once
   */
  record Create(Scope scope, Method method, ReadBack readBack)
      implements BackupCommand<BackupAnswer.Made> {
    @Override
    public String verb() {
      return "backup create";
    }

    @Override
    public Class<BackupAnswer.Made> outcome() {
      return BackupAnswer.Made.class;
    }
  }

  /** Lists the backups and the moments that can be reached. */
  record Listing(Scope scope) implements BackupCommand<BackupAnswer.Listing> {
    @Override
    public String verb() {
      return "backup list";
    }

    @Override
    public Class<BackupAnswer.Listing> outcome() {
      return BackupAnswer.Listing.class;
    }
  }

  /**
   * Shows one backup.
   *
   * @param id its id or its unique beginning, or {@code latest}
   */
  record Show(Scope scope, String id) implements BackupCommand<BackupAnswer.Details> {
    @Override
    public String verb() {
      return "backup show";
    }

    @Override
    public Class<BackupAnswer.Details> outcome() {
      return BackupAnswer.Details.class;
    }
  }

  /**
   * Reads backups back.
   *
   * @param id which one; empty for all
   */
  record Verify(Scope scope, Optional<String> id) implements BackupCommand<BackupAnswer.Checked> {
    @Override
    public String verb() {
      return "backup verify";
    }

    @Override
    public Class<BackupAnswer.Checked> outcome() {
      return BackupAnswer.Checked.class;
    }
  }

  /**
   * Removes one backup; what others share with it stays.
   *
   * @param id its whole id or unique beginning
   * @param confirmed the id again, as a person typed it
   * @param forced whether it may be the last sound one
   */
  record Delete(Scope scope, String id, String confirmed, boolean forced)
      implements BackupCommand<BackupAnswer.Removed> {
    @Override
    public String verb() {
      return "backup delete";
    }

    @Override
    public Class<BackupAnswer.Removed> outcome() {
      return BackupAnswer.Removed.class;
    }
  }

  /**
   * Removes the backups that the settings no longer keep, and what nothing needs.
   *
   * @param action whether it is done
   */
  record Prune(Scope scope, Action action) implements BackupCommand<BackupAnswer.Removed> {
    @Override
    public String verb() {
      return "backup prune";
    }

    @Override
    public Class<BackupAnswer.Removed> outcome() {
      return BackupAnswer.Removed.class;
    }
  }

  /** Says how backups are. */
  record Health(Scope scope) implements BackupCommand<BackupAnswer.Health> {
    @Override
    public String verb() {
      return "backup health";
    }

    @Override
    public Class<BackupAnswer.Health> outcome() {
      return BackupAnswer.Health.class;
    }
  }

  /**
   * Restores the whole cluster into a new folder. Existing data is never written to; in place they
   * make room once the restored cluster was started and checked.
   *
   * @param moment which moment
   * @param destination where to
   */
  record Restore(Scope scope, Moment moment, Destination destination)
      implements BackupCommand<BackupAnswer.Restored> {
    @Override
    public String verb() {
      return "restore";
    }

    @Override
    public Class<BackupAnswer.Restored> outcome() {
      return BackupAnswer.Restored.class;
    }
  }

  /**
   * Brings one table back as it was at a moment, into the living database.
   *
   * @param table its name, with its schema when that is not {@code public}
   * @param moment which moment
   * @param schema the schema it goes to; empty for its own, or {@code restored} when its name is
   *     taken
   */
  record RestoreTable(Scope scope, String table, Moment moment, Optional<String> schema)
      implements BackupCommand<BackupAnswer.TableRestored> {
    @Override
    public String verb() {
      return "restore table";
    }

    @Override
    public Class<BackupAnswer.TableRestored> outcome() {
      return BackupAnswer.TableRestored.class;
    }
  }

  /** Rehearses a restore of the newest backup to a moment drawn at random, in a scratch server. */
  record Drill(Scope scope) implements BackupCommand<BackupAnswer.Drilled> {
    @Override
    public String verb() {
      return "backup drill";
    }

    @Override
    public Class<BackupAnswer.Drilled> outcome() {
      return BackupAnswer.Drilled.class;
    }
  }

  /** Writes the projects' databases down as SQL, each into a file of its folder for dumps. */
  record Dump(Scope scope) implements BackupCommand<BackupAnswer.Dumped> {
    @Override
    public String verb() {
      return "backup dump";
    }

    @Override
    public Class<BackupAnswer.Dumped> outcome() {
      return BackupAnswer.Dumped.class;
    }
  }

  /**
   * Restores a database that was written down.
   *
   * @param dump a file, or the name of a dump, or its unique beginning
   * @param tables only these tables, copied into the living database; empty for everything
   * @param database a new database to restore into; empty lets it take the living one's place
   */
  record RestoreDump(Scope scope, String dump, List<String> tables, Optional<String> database)
      implements BackupCommand<BackupAnswer.DumpRestored> {

    /** Copies the list. */
    public RestoreDump {
      tables = List.copyOf(tables);
    }

    @Override
    public String verb() {
      return "restore dump";
    }

    @Override
    public Class<BackupAnswer.DumpRestored> outcome() {
      return BackupAnswer.DumpRestored.class;
    }
  }

  /**
   * Keeps a backup from retention and removal, or lets it go again.
   *
   * @param id the backup's id, its unique beginning, or latest
   * @param reason why it is kept; empty lets it go
   * @param until until when it is kept; empty for ever
   */
  record Pin(Scope scope, String id, Optional<String> reason, Optional<Instant> until)
      implements BackupCommand<BackupAnswer.Pinned> {
    @Override
    public String verb() {
      return reason.isPresent() ? "backup pin" : "backup unpin";
    }

    @Override
    public Class<BackupAnswer.Pinned> outcome() {
      return BackupAnswer.Pinned.class;
    }
  }
}
