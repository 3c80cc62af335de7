package dev.undercroft.cli;

import dev.undercroft.platform.SafetyAnswer;
import java.util.List;
import java.util.Locale;

/** How answers about safety look. Stateless, thread-safe. */
final class SafetyText {

  private static final int INDENT = 4;

  private SafetyText() {}

  static String isolation(SafetyAnswer.Isolation isolation, Call call) {
    StringBuilder text = new StringBuilder();
    for (SafetyAnswer.Isolated one : isolation.databases()) {
      text.append(text.isEmpty() ? "" : "\n");
      isolated(text, one, call);
    }
    return text.toString();
  }

  private static void isolated(StringBuilder text, SafetyAnswer.Isolated one, Call call) {
    Style style = call.screen().style();
    SafetyAnswer.Leaks leaks = one.leaks();
    text.append(one.tight() ? style.good("● tight") : style.bad("● open"))
        .append("  ")
        .append(style.strong(one.project()))
        .append(style.faint("  " + one.database() + ", " + Units.time(one.took())))
        .append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "  %d tables and views, %d rules, %d statements tried%n",
            one.relations(),
            one.rules(),
            one.attacks()));
    text.append(
        leaks.planted() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "  %d of %d planted leaks found (%d by rules, %d by statements)%n",
                leaks.found(),
                leaks.planted(),
                leaks.byRules(),
                leaks.byAttacks()));
    findings(text, one.findings(), call);
    one.unchecked().forEach(remark -> line(text, style.bad("? not checked  "), remark, call));
    leaks
        .missed()
        .forEach(missed -> text.append(style.bad("✗ not noticed  ")).append(missed).append('\n'));
    one.accepted().forEach(remark -> line(text, style.faint("  accepted  "), remark, call));
  }

  private static void line(StringBuilder text, String sign, SafetyAnswer.Remark remark, Call call) {
    text.append(sign)
        .append(remark.object())
        .append('\n')
        .append(" ".repeat(INDENT))
        .append(Lines.hanging(remark.reason(), INDENT, call.screen().width()))
        .append('\n');
  }

  static void findings(StringBuilder text, List<SafetyAnswer.Finding> findings, Call call) {
    Style style = call.screen().style();
    for (SafetyAnswer.Finding finding : findings) {
      text.append(style.bad("✗ "))
          .append(style.strong(finding.rule()))
          .append("  ")
          .append(finding.object())
          .append(
              finding.requirement().isEmpty() ? "" : style.faint("  ASVS " + finding.requirement()))
          .append('\n');
      paragraph(text, finding.detail(), call);
      paragraph(text, "→ " + finding.remedy(), call);
    }
  }

  private static void paragraph(StringBuilder text, String words, Call call) {
    text.append(" ".repeat(INDENT))
        .append(Lines.hanging(words, INDENT, call.screen().width()))
        .append('\n');
  }

  static String security(SafetyAnswer.Security security, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(security.findings().isEmpty() ? style.good("● sound") : style.bad("● open"))
        .append(style.faint("  " + security.checks() + " checks for each project"))
        .append('\n');
    findings(text, security.findings(), call);
    return text.toString();
  }

  static String sealed(SafetyAnswer.AuditSealed sealed, Call call) {
    Table table = new Table(call.screen(), "PROJECT", "LOG", "SEALED NOW", "SEALED", "ROOT");
    sealed
        .logs()
        .forEach(log ->
            table.row(log.project(), log.table(), log.sealedNow(), log.sealed(), log.root()));
    return table.isEmpty() ? "There is no audit log.\n" : table.text();
  }

  static String checked(SafetyAnswer.AuditChecked checked, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (SafetyAnswer.CheckedLog log : checked.logs()) {
      text.append(log.damage().isEmpty() ? style.good("● sound") : style.bad("● tampered with"))
          .append("  ")
          .append(style.strong(log.project() + " " + log.table()))
          .append(style.faint("  " + log.entries() + " entries sealed, " + log.open() + " open"))
          .append('\n');
      log.damage().forEach(remark -> line(text, style.bad("✗ "), remark, call));
    }
    return checked.logs().isEmpty() ? "There is no audit log.\n" : text.toString();
  }

  static String archived(SafetyAnswer.AuditArchived archived, Call call) {
    Table table = new Table(call.screen(), "PROJECT", "LOG", "ENTRIES", "FILE");
    archived
        .logs()
        .forEach(log ->
            table.row(
                log.project(),
                log.table(),
                log.entries(),
                log.file().map(String::valueOf).orElse("nothing so old")));
    return table.isEmpty() ? "There is no audit log.\n" : table.text();
  }

  static String found(SafetyAnswer.AuditFound found, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (SafetyAnswer.Entry entry : found.entries()) {
      text.append(style.strong(entry.at().map(Units::moment).orElse("–")))
          .append("  ")
          .append(style.faint(entry.project()))
          .append('\n');
      paragraph(text, entry.entry(), call);
    }
    return found.entries().isEmpty() ? "No entry.\n" : text.toString();
  }
}
