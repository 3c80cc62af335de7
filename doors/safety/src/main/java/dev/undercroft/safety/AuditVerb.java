package dev.undercroft.safety;

import dev.undercroft.audit.Archiving;
import dev.undercroft.audit.LogEntry;
import dev.undercroft.audit.Seal;
import dev.undercroft.audit.SealFile;
import dev.undercroft.audit.SealKey;
import dev.undercroft.audit.Sealing;
import dev.undercroft.audit.Verification;
import dev.undercroft.pgaudit.PostgresLog;
import dev.undercroft.pgaudit.SealTables;
import dev.undercroft.platform.SafetyAnswer.ArchivedLog;
import dev.undercroft.platform.SafetyAnswer.CheckedLog;
import dev.undercroft.platform.SafetyAnswer.Entry;
import dev.undercroft.platform.SafetyAnswer.Remark;
import dev.undercroft.platform.SafetyAnswer.SealedLog;
import dev.undercroft.platform.SafetyCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.ProjectRoles;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.settings.AuditLogs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Seals, checks and searches the audit logs of one project. */
record AuditVerb(Place place, InstantSource clock) {

  /** What is done with one log. */
  private interface Work<T> {
    T on(PostgresLog log);
  }

  List<SealedLog> seal(Optional<Path> roots) {
    Sealing sealing = new Sealing(key(), roots.map(SealFile::new), clock);
    return each(log -> {
      long now = sealing.seal(log);
      Optional<Seal> last = log.last();
      return new SealedLog(
          place.project().name(),
          table(log),
          now,
          last.map(seal -> seal.next() - 1).orElse(0L),
          last.map(Seal::root).orElse(""));
    });
  }

  List<CheckedLog> verify(Optional<Path> roots) {
    Verification verification = new Verification(key(), roots.map(SealFile::new));
    return each(log -> {
      Verification.Result result = verification.verify(log);
      return new CheckedLog(
          place.project().name(),
          table(log),
          result.entries(),
          result.open(),
          result.damage().stream().map(one -> new Remark(one.entry(), one.reason())).toList());
    });
  }

  List<ArchivedLog> archive(SafetyCommand.ArchiveAudit command) {
    JsonMapper mapper = JsonMapper.builder().build();
    Archiving archiving =
        new Archiving(
            key(),
            clock,
            (leaf, entry) -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("place", leaf.place());
              line.put("key", leaf.key());
              line.put("hash", leaf.hash());
              line.put("entry", entry.columns());
              return mapper.writeValueAsString(line);
            });
    String project = place.project().name();
    return each(log -> {
      Path file =
          command
              .into()
              .resolve(
                  "%s-%s-%s.jsonl"
                      .formatted(
                          project, table(log), command.before().toString().replace(":", "")));
      long entries = archiving.archive(log, command.before(), file);
      return new ArchivedLog(
          project, table(log), entries, Optional.of(file).filter(made -> entries > 0));
    });
  }

  List<Entry> search(String text, int most) {
    List<Entry> found = new ArrayList<>();
    each(log -> log.search(text, most))
        .forEach(entries -> entries.forEach(entry -> found.add(entry(entry))));
    return found;
  }

  private Entry entry(LogEntry entry) {
    Map<String, String> columns = new TreeMap<>(entry.columns());
    return new Entry(place.project().name(), entry.at(), columns.toString());
  }

  /** The name of a log without the project's, which stands beside it. */
  private String table(PostgresLog log) {
    return log.name().substring(place.project().name().length() + 1);
  }

  private SealKey key() {
    return SealKey.of(place.secrets().getOrCreate(place.project().name() + ".audit-key"));
  }

  private <T> List<T> each(Work<T> work) {
    PostgresConnections source = new PostgresConnections(place.admin(), "undercroft audit");
    try (Connection connection = source.open()) {
      SealTables.prepare(connection, ProjectRoles.of(place.project().name()).owner());
      List<T> results = new ArrayList<>();
      for (String table : AuditLogs.of(place.project())) {
        PostgresLog.open(connection, place.project().name(), table)
            .ifPresent(log -> results.add(work.on(log)));
      }
      return results;
    } catch (SQLException failed) {
      throw source.explain(failed).exception(failed);
    }
  }
}
