package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.platform.SafetyCommand;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Proving what is private, and what was noted. */
final class SafetyVerbs {

  private static final Option QUICK =
      Option.flag("--quick", "Plants no leaks, so that nothing shows what would be found.");

  private static final int USUAL = 50;
  private static final Option MOST =
      Option.of("--most -n", "NUMBER", "How many entries; " + USUAL + " if not given.");
  private static final Option BEFORE =
      Option.of("--before", "TIME", "Entries that were written before this moment; needed.");
  private static final Option INTO =
      Option.of("--into", "FOLDER", "Where the files go; here if not given.");
  private static final Option ROOTS =
      Option.of(
          "--roots",
          "FILE",
          "A file outside of the database, best on another machine: seals are appended to it, and"
              + " compared with it.");

  private SafetyVerbs() {}

  static Verb isolation() {
    return Verb.named("isolation verify")
        .says(
            "Attacks the databases the way somebody with an ordinary tenant's rights would: rules"
                + " over the catalog, then statements of every kind against rows of two tenants, on"
                + " a copy of the definitions that is dropped afterwards. Then it plants leaks in"
                + " the copy, one by one, and counts how many it finds. The section [isolation] of"
                + " undercroft.toml says which tables are shared and which findings are wanted.")
        .option(QUICK)
        .example("undercroft isolation verify", "All projects; run it before each release.")
        .example("undercroft isolation verify --project shop --json", "One project, for programs.")
        .no("something stands open, was not checked, or a planted leak was not found")
        .answers(SafetyAnswer.Isolation.class)
        .does(call -> {
          SafetyAnswer.Isolation answer =
              call.run(new SafetyCommand.VerifyIsolation(call.scope(), !call.has(QUICK)));
          call.answer(answer, one -> SafetyText.isolation(one, call));
          return answer.tight() ? 0 : 3;
        });
  }

  static Verb security() {
    return Verb.named("security audit")
        .says(
            "Compares roles, memberships, grants, settings of the server, who it admits and how,"
                + " connections, keys and files with the least that is needed. Names for each"
                + " deviation the remedy and, where one fits, the requirement of OWASP ASVS 5.0.")
        .example("undercroft security audit", "Run it each quarter, and after changes by hand.")
        .example("undercroft security audit --json", "For a record of it.")
        .no("something is more open than need be")
        .answers(SafetyAnswer.Security.class)
        .does(call -> {
          SafetyAnswer.Security answer = call.run(new SafetyCommand.AuditSecurity(call.scope()));
          call.answer(answer, one -> SafetyText.security(one, call));
          return answer.findings().isEmpty() ? 0 : 3;
        });
  }

  static Verb seal() {
    return Verb.named("audit seal")
        .says(
            "Seals the entries of the audit logs that are under no seal yet, as `up` does from time"
                + " to time: a signed root over their hashes. Logs are the tables that [audit] logs"
                + " in undercroft.toml lists, else audit_log.")
        .option(ROOTS)
        .example("undercroft audit seal", "Seal what is open.")
        .answers(SafetyAnswer.AuditSealed.class)
        .does(call -> {
          call.answer(
              call.run(new SafetyCommand.SealAudit(call.scope(), roots(call))),
              one -> SafetyText.sealed(one, call));
          return 0;
        });
  }

  static Verb verify() {
    return Verb.named("audit verify")
        .says(
            "Compares the audit logs with their seals and names every entry that was changed,"
                + " removed, put elsewhere or inserted since.")
        .option(ROOTS)
        .example("undercroft audit verify", "Run it after a restore, and whenever in doubt.")
        .no("an entry or a seal is not as it was")
        .answers(SafetyAnswer.AuditChecked.class)
        .does(call -> {
          SafetyAnswer.AuditChecked answer =
              call.run(new SafetyCommand.VerifyAudit(call.scope(), roots(call)));
          call.answer(answer, one -> SafetyText.checked(one, call));
          return answer.sound() ? 0 : 3;
        });
  }

  static Verb archive() {
    return Verb.named("audit archive")
        .says(
            "Writes the oldest sealed entries of the audit logs into files, a line of JSON each, and"
                + " signs that they are there. From then on they may be removed from the log:"
                + " `audit verify` does not miss them.")
        .option(BEFORE)
        .option(INTO)
        .example(
            "undercroft audit archive --before 2026-01-02T03:04:05Z --into .",
            "Before retention removes what is older.")
        .answers(SafetyAnswer.AuditArchived.class)
        .does(call -> {
          Path into = call.terminal().directory().resolve(call.text(INTO).orElse("."));
          call.answer(
              call.run(new SafetyCommand.ArchiveAudit(call.scope(), before(call), into)),
              one -> SafetyText.archived(one, call));
          return 0;
        });
  }

  private static Instant before(Call call) {
    String text = call.text(BEFORE).orElse("");
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw Problem.of("CLI_NOT_A_MOMENT", ProblemKind.USAGE, "--before cannot be '" + text + "'")
          .withRemedy("Write a moment such as 2026-01-02T03:04:05Z.")
          .exception(wrong);
    }
  }

  static Verb search() {
    return Verb.named("audit search")
        .says("Shows the newest entries of the audit logs in which a text occurs.")
        .option(MOST)
        .operand("TEXT", 0, 1, "Anything in an entry; small and capital letters are the same.")
        .example("undercroft audit search", "The newest entries.")
        .answers(SafetyAnswer.AuditFound.class)
        .does(call -> {
          String text = call.operands().isEmpty() ? "" : call.operands().getFirst();
          int most = call.number(MOST, 1, USUAL);
          call.answer(
              call.run(new SafetyCommand.SearchAudit(call.scope(), text, most)),
              one -> SafetyText.found(one, call));
          return 0;
        });
  }

  private static Optional<Path> roots(Call call) {
    return call.text(ROOTS).map(file -> call.terminal().directory().resolve(file));
  }
}
