package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the verbs about safety answer. */
public sealed interface SafetyAnswer {

  /**
   * Something that stands open.
   *
   * @param project whose database it is in; empty text for the server
   * @param rule what found it
   * @param object what it is about
   * @param detail what was seen
   * @param remedy what to do
   * @param requirement the requirements of OWASP ASVS 5.0 that it breaks; empty text for none
   */
  record Finding(
      String project,
      String rule,
      String object,
      String detail,
      String remedy,
      String requirement) {}

  /**
   * What an intruder could do.
   *
   * @param databases one by one
   */
  record Isolation(List<Isolated> databases) implements SafetyAnswer {
    /** Copies the list. */
    public Isolation {
      databases = List.copyOf(databases);
    }

    /** Whether nothing stands open anywhere. */
    public boolean tight() {
      return databases.stream().allMatch(Isolated::tight);
    }
  }

  /**
   * What an intruder could do in one database.
   *
   * @param project the project
   * @param database its database
   * @param relations how many tables and views were attacked
   * @param rules how many rules the catalog was asked
   * @param attacks how many statements were tried
   * @param findings what stands open
   * @param unchecked tables without rows of two tenants, which proves nothing about them
   * @param accepted what the project declares as wanted
   * @param leaks what became of the leaks that were planted
   * @param took how long it took
   */
  record Isolated(
      String project,
      String database,
      int relations,
      int rules,
      int attacks,
      List<Finding> findings,
      List<Remark> unchecked,
      List<Remark> accepted,
      Leaks leaks,
      Duration took) {
    /** Copies the lists. */
    public Isolated {
      findings = List.copyOf(findings);
      unchecked = List.copyOf(unchecked);
      accepted = List.copyOf(accepted);
    }

    /** Whether nothing stands open, everything was checked, and every planted leak was found. */
    public boolean tight() {
      return findings.isEmpty() && unchecked.isEmpty() && leaks.missed().isEmpty();
    }
  }

  /** Something, and what is said about it. */
  record Remark(String object, String reason) {}

  /**
   * Leaks that the verifier planted in the copy to prove itself.
   *
   * @param planted how many
   * @param found how many were found
   * @param byRules how many the rules over the catalog found
   * @param byAttacks how many the statements found
   * @param missed those that were not found, in words
   */
  record Leaks(int planted, int found, int byRules, int byAttacks, List<String> missed) {
    /** Copies the list. */
    public Leaks {
      missed = List.copyOf(missed);
    }
  }

  /**
   * Where more is open than need be.
   *
   * @param checks how many things were looked at
   * @param findings what deviates
   */
  record Security(int checks, List<Finding> findings) implements SafetyAnswer {
    /** Copies the list. */
    public Security {
      findings = List.copyOf(findings);
    }
  }

  /**
   * What was sealed.
   *
   * @param logs log by log
   */
  record AuditSealed(List<SealedLog> logs) implements SafetyAnswer {
    /** Copies the list. */
    public AuditSealed {
      logs = List.copyOf(logs);
    }
  }

  /**
   * One log after sealing.
   *
   * @param project the project
   * @param table the log
   * @param sealedNow how many entries are sealed that were not before
   * @param sealed how many are sealed altogether
   * @param root the newest root, in hexadecimal; empty text while there is none
   */
  record SealedLog(String project, String table, long sealedNow, long sealed, String root) {}

  /**
   * Whether the logs are as they were written.
   *
   * @param logs log by log
   */
  record AuditChecked(List<CheckedLog> logs) implements SafetyAnswer {
    /** Copies the list. */
    public AuditChecked {
      logs = List.copyOf(logs);
    }

    /** Whether no log was tampered with. */
    public boolean sound() {
      return logs.stream().allMatch(log -> log.damage().isEmpty());
    }
  }

  /**
   * One log compared with its seals.
   *
   * @param project the project
   * @param table the log
   * @param entries how many sealed entries were compared
   * @param open how many entries are not sealed yet
   * @param damage every entry that is not as it was sealed, and every seal that does not fit
   */
  record CheckedLog(String project, String table, long entries, long open, List<Remark> damage) {
    /** Copies the list. */
    public CheckedLog {
      damage = List.copyOf(damage);
    }
  }

  /**
   * What was archived.
   *
   * @param logs log by log
   */
  record AuditArchived(List<ArchivedLog> logs) implements SafetyAnswer {
    /** Copies the list. */
    public AuditArchived {
      logs = List.copyOf(logs);
    }
  }

  /**
   * One log after archiving.
   *
   * @param project the project
   * @param table the log
   * @param entries how many entries are in the file
   * @param file the file; absent when there was nothing to archive
   */
  record ArchivedLog(String project, String table, long entries, Optional<Path> file) {}

  /**
   * Entries of the logs.
   *
   * @param entries the newest first
   */
  record AuditFound(List<Entry> entries) implements SafetyAnswer {
    /** Copies the list. */
    public AuditFound {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One entry.
   *
   * @param project the project
   * @param at when
   * @param entry all its columns, as JSON
   */
  record Entry(String project, Optional<Instant> at, String entry) {}
}
