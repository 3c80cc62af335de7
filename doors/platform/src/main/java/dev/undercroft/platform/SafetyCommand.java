package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Proving that what is private stays private, and that what was noted stays noted.
 *
 * @param <R> what the verb answers
 */
public sealed interface SafetyCommand<R extends SafetyAnswer> extends Command<R> {

  /**
   * Attacks copies of the databases with the rights of an ordinary tenant.
   *
   * @param proven whether leaks are planted in the copies as well, to count how many are found
   */
  record VerifyIsolation(Scope scope, boolean proven)
      implements SafetyCommand<SafetyAnswer.Isolation> {
    @Override
    public String verb() {
      return "isolation verify";
    }

    @Override
    public Class<SafetyAnswer.Isolation> outcome() {
      return SafetyAnswer.Isolation.class;
    }
  }

  /** Compares roles, grants, settings, connections and files with the least that is needed. */
  record AuditSecurity(Scope scope) implements SafetyCommand<SafetyAnswer.Security> {
    @Override
    public String verb() {
      return "security audit";
    }

    @Override
    public Class<SafetyAnswer.Security> outcome() {
      return SafetyAnswer.Security.class;
    }
  }

  /**
   * Seals the entries of the audit logs that no transaction can add to any more.
   *
   * @param roots a file outside of the database to which the signed roots are appended
   */
  record SealAudit(Scope scope, Optional<Path> roots)
      implements SafetyCommand<SafetyAnswer.AuditSealed> {
    @Override
    public String verb() {
      return "audit seal";
    }

    @Override
    public Class<SafetyAnswer.AuditSealed> outcome() {
      return SafetyAnswer.AuditSealed.class;
    }
  }

  /**
   * Compares the audit logs with their seals.
   *
   * @param roots a file with roots that were kept outside of the database
   */
  record VerifyAudit(Scope scope, Optional<Path> roots)
      implements SafetyCommand<SafetyAnswer.AuditChecked> {
    @Override
    public String verb() {
      return "audit verify";
    }

    @Override
    public Class<SafetyAnswer.AuditChecked> outcome() {
      return SafetyAnswer.AuditChecked.class;
    }
  }

  /**
   * Writes the oldest sealed entries of the audit logs into files; from then on they may leave.
   *
   * @param before entries that were written before this moment
   * @param into a folder; a file for each log is made in it
   */
  record ArchiveAudit(Scope scope, Instant before, Path into)
      implements SafetyCommand<SafetyAnswer.AuditArchived> {
    @Override
    public String verb() {
      return "audit archive";
    }

    @Override
    public Class<SafetyAnswer.AuditArchived> outcome() {
      return SafetyAnswer.AuditArchived.class;
    }
  }

  /**
   * Looks for entries of the audit logs.
   *
   * @param text what must occur in an entry, in whatever column
   * @param most how many are wanted, the newest first
   */
  record SearchAudit(Scope scope, String text, int most)
      implements SafetyCommand<SafetyAnswer.AuditFound> {
    @Override
    public String verb() {
      return "audit search";
    }

    @Override
    public Class<SafetyAnswer.AuditFound> outcome() {
      return SafetyAnswer.AuditFound.class;
    }
  }
}
