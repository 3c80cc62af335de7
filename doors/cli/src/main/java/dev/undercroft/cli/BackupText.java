package dev.undercroft.cli;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Problem;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupAnswer.Line;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How answers about backups look. Stateless, thread-safe. */
final class BackupText {

  private BackupText() {}

  static String made(BackupAnswer.Made made, Call call) {
    Style style = call.screen().style();
    Line line = made.backup();
    StringBuilder text = new StringBuilder();
    text.append(style.good("●")).append(' ').append(style.strong(line.id()));
    text.append(style.faint("  " + state(line) + " after " + Units.time(made.took()))).append('\n');
    text.append("  in      ").append(made.repository()).append('\n');
    text.append("  size    ").append(size(line.bytes()));
    text.append(", stored ").append(size(line.storedBytes())).append('\n');
    text.append("  kind    ").append(kind(line)).append('\n');
    if (line.corruptPages() > 0) {
      text.append(
          style.bad(
              "  damage  "
                  + line.corruptPages()
                  + " pages are damaged on the server; see `undercroft backup show "
                  + line.id()
                  + "`\n"));
    }
    return text.toString();
  }

  private static String kind(Line line) {
    if (!line.basedOn().isEmpty()) {
      return "increment on " + line.basedOn();
    }
    return line.reason().isEmpty() ? "full" : "full, because: " + line.reason();
  }

  static String listing(BackupAnswer.Listing listing, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(style.strong(listing.repository()));
    text.append(style.faint(listing.encrypted() ? "  encrypted" : "  not encrypted"));
    text.append("\n\n");
    if (!listing.damaged().isEmpty()) {
      text.append(ProblemText.of(listing.damaged(), style, call.screen().width())).append('\n');
    }
    if (listing.backups().isEmpty()) {
      return text + "No backups yet; `undercroft backup create` takes one.\n";
    }
    Table table = new Table(call.screen(), "BACKUP", "STATE", "ENDED", "KIND", "SIZE", "STORED");
    for (Line line : listing.backups()) {
      table.row(
          line.id(),
          new Table.Cell(state(line), paint(line, style)),
          Units.moment(line.stoppedAt()),
          line.basedOn().isEmpty() ? "full" : "increment",
          size(line.bytes()),
          size(line.storedBytes()));
    }
    text.append(table.text()).append('\n');
    for (BackupAnswer.Window window : listing.windows()) {
      text.append("Every moment from ").append(Units.moment(window.from())).append(" to ");
      text.append(Units.moment(window.until())).append(" can be restored");
      text.append(style.faint(" (timeline " + window.timeline() + ")")).append('\n');
    }
    listing
        .loss()
        .ifPresent(loss ->
            text.append("Lost if the server died now: the last ")
                .append(Units.time(loss))
                .append('\n'));
    return text.toString();
  }

  static String details(BackupAnswer.Details details, Call call) {
    Style style = call.screen().style();
    Line line = details.backup();
    StringBuilder text = new StringBuilder(style.strong(line.id())).append('\n');
    row(text, "state", state(line));
    row(text, "kind", kind(line));
    row(text, "began", Units.moment(line.startedAt()) + " at " + details.startPosition());
    row(text, "ended", Units.moment(line.stoppedAt()) + " at " + details.stopPosition());
    row(text, "server", "PostgreSQL " + line.serverVersion() + ", cluster " + line.system());
    row(text, "files", details.files() + ", " + size(line.bytes()));
    row(text, "stored", size(line.storedBytes()) + ", named in " + details.packs() + " packs");
    row(text, "sha-256", details.checksum());
    line.provenAt().ifPresent(at -> row(text, "proven", Units.moment(at)));
    details.tables().forEach(table -> row(text, "table", table));
    details.corrupt().forEach(page -> row(text, "damaged", page));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("  ").append(name).append(" ".repeat(9 - name.length())).append(value).append('\n');
  }

  static String checked(BackupAnswer.Checked checked, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    List<Problem> damage = checked.damage();
    for (String id : checked.checked()) {
      boolean isSound =
          damage.stream().noneMatch(one -> one.context().getOrDefault("backup", "").contains(id));
      text.append(isSound ? style.good("✓ ") : style.bad("✗ ")).append(id).append('\n');
    }
    if (!damage.isEmpty()) {
      text.append('\n').append(ProblemText.of(damage, style, call.screen().width()));
    }
    return checked.checked().isEmpty() ? "There is no backup to verify.\n" : text.toString();
  }

  static String removed(BackupAnswer.Removed removed, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (BackupAnswer.Verdict verdict : removed.verdicts()) {
      boolean goes = verdict.reasons().isEmpty();
      text.append(goes ? style.bad("- ") : style.good("  ")).append(verdict.id());
      text.append(style.faint(goes ? "" : "  stays: " + String.join(", ", verdict.reasons())));
      text.append('\n');
    }
    text.append(removed.dryRun() ? "Nothing was removed; " : "");
    text.append(removed.objects()).append(" objects that nothing needs, ");
    text.append(size(removed.bytes())).append(removed.dryRun() ? ", would go\n" : ", are gone\n");
    return text.toString();
  }

  static String health(BackupAnswer.Health health, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(
        switch (health.status()) {
          case HEALTHY -> style.good("● healthy");
          case STALE -> style.bad("● stale");
          case NO_BACKUPS -> style.bad("● no backups that were read back");
        });
    text.append("  ").append(health.total()).append(" sound\n");
    health
        .last()
        .ifPresent(line -> row(text, "last", Units.moment(line.stoppedAt()) + "  " + line.id()));
    health.loss().ifPresent(loss -> row(text, "loss", "the last " + Units.time(loss)));
    health.lastDrill().ifPresent(at -> row(text, "drill", Units.moment(at)));
    return text + warnings(health.damaged(), call);
  }

  static String drilled(BackupAnswer.Drilled drilled, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(drilled.passed() ? style.good("● passed") : style.bad("● failed"));
    text.append(style.faint("  " + drilled.backup() + " at " + drilled.target())).append("\n\n");
    for (BackupAnswer.Check check : drilled.checks()) {
      text.append(check.passed() ? style.good("✓ ") : style.bad("✗ ")).append(check.name());
      text.append(style.faint("  " + check.found())).append('\n');
    }
    text.append('\n');
    row(
        text,
        "RTO",
        Units.time(drilled.duration())
            + " of "
            + Units.time(drilled.durationObjective())
            + ": fetch "
            + Units.time(drilled.fetch())
            + ", replay "
            + Units.time(drilled.replay())
            + ", first query "
            + Units.time(drilled.firstQuery()));
    row(
        text,
        "RPO",
        drilled.loss().map(Units::time).orElse("not known")
            + " of "
            + Units.time(drilled.lossObjective()));
    return text.toString();
  }

  static String tableRestored(BackupAnswer.TableRestored restored, Call call) {
    Style style = call.screen().style();
    return style.good("●")
        + " "
        + style.strong(restored.table())
        + " in "
        + restored.database()
        + ": "
        + restored.rows()
        + " rows"
        + style.faint("  from " + restored.backup())
        + "\n"
        + restored.reaches().map(at -> "  as it was after the commit of " + at + "\n").orElse("")
        + warnings(restored.warnings(), call);
  }

  /** What else to know; empty when there is nothing. */
  private static String warnings(List<Problem> problems, Call call) {
    Style style = call.screen().style();
    return problems.stream()
        .map(each -> "\n" + ProblemText.warning(each, style, call.screen().width()))
        .collect(Collectors.joining());
  }

  static String restored(BackupAnswer.Restored restored, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    text.append(style.good("●")).append(' ').append(style.strong(restored.into().toString()));
    text.append(style.faint("  from " + restored.backup())).append('\n');
    restored.reaches().ifPresent(at -> row(text, "reaches", "the commit of " + at));
    row(text, "fetched", "in " + Units.time(restored.fetch()));
    if (restored.recovered()) {
      row(text, "replay", Units.time(restored.replay()));
      row(text, "has", String.join(", ", restored.databases()));
    }
    restored.before().ifPresent(folder -> row(text, "before", "the data before are in " + folder));
    row(text, "next", restored.next());
    return text + warnings(restored.warnings(), call);
  }

  private static String state(Line line) {
    return line.state().name().toLowerCase(Locale.ROOT);
  }

  private static UnaryOperator<String> paint(Line line, Style style) {
    return switch (line.state()) {
      case CREATED -> style::bad;
      case COMPLETE -> style::warning;
      case VERIFIED, DRILLED -> style::good;
    };
  }

  static String size(long bytes) {
    return new ByteSize(bytes).toString();
  }

  static String dumped(BackupAnswer.Dumped dumped, Call call) {
    StringBuilder text = new StringBuilder();
    for (BackupAnswer.DumpLine each : dumped.dumps()) {
      text.append(call.screen().style().strong(each.id())).append('\n');
      row(text, "project", each.project());
      row(text, "file", each.file() + ", " + size(each.bytes()));
      each.copy().ifPresent(copy -> row(text, "copy", copy));
      row(text, "sha-256", each.checksum());
      row(text, "holds", each.rows() + " rows in " + each.tables() + " tables");
    }
    dumped.removed().forEach(old -> text.append("Removed ").append(old).append('\n'));
    return text.toString();
  }

  static String dumpRestored(BackupAnswer.DumpRestored restored, Call call) {
    String rows = restored.rows() + " rows in " + restored.tables() + " tables";
    if (!restored.copied().isEmpty()) {
      return "Copied "
          + String.join(", ", restored.copied())
          + " into "
          + restored.database()
          + ": "
          + rows
          + ".\n";
    }
    String style = call.screen().style().strong(restored.database());
    return "Restored "
        + restored.dump()
        + " into "
        + style
        + ": "
        + rows
        + ".\n"
        + restored
            .before()
            .map(before ->
                "What was there before is database "
                    + before
                    + "; drop it when it is not needed.\n")
            .orElse("")
        + warnings(restored.warnings(), call);
  }

  static String pinned(BackupAnswer.Pinned pinned, Call call) {
    String id = call.screen().style().strong(pinned.backup());
    String until =
        pinned.until().map(time -> " until " + Units.moment(time)).orElse(" until it is unpinned");
    return pinned
        .reason()
        .map(reason -> id + " is kept" + until + ": " + reason + "\n")
        .orElse(id + " goes when its time comes.\n");
  }
}
