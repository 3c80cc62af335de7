package dev.undercroft.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which faults a test has really made, how often, and what came of them. A fault counts when the
 * test has seen its effect (a process that ended by a signal, a refused write), not when it was
 * asked for. {@link #complete} fails when a fault that was announced never happened or is not in
 * {@code docs/reliability.md}; with system property {@code undercroft.reliability} set it writes
 * that table. One thread at a time.
 */
public final class FaultTable {

  private static final String HEAD = "| fault | times fired | outcome |\n|---|---|---|\n";

  private final String section;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private record Row(String outcome, int fired) {}

  /**
   * A table without rows.
   *
   * @param section heading of the table in {@code docs/reliability.md}
   */
  public FaultTable(String section) {
    this.section = section;
  }

  /**
   * Announces a fault.
   *
   * @param outcome what must come of it; the test asserts it
   */
  public FaultTable expect(String fault, String outcome) {
    rows.put(fault, new Row(outcome, 0));
    return this;
  }

  /** Notes that an announced fault has happened and its outcome was as announced. */
  public void fired(String fault) {
    Row row = rows.get(fault);
    if (row == null) {
      throw new IllegalArgumentException("not announced: " + fault);
    }
    rows.put(fault, new Row(row.outcome(), row.fired() + 1));
  }

  /** The announced faults, in order. */
  public List<String> faults() {
    return List.copyOf(rows.keySet());
  }

  /** How often a fault has happened. */
  public int times(String fault) {
    Row row = rows.get(fault);
    return row == null ? 0 : row.fired();
  }

  /**
   * Checks, and writes if that was asked for.
   *
   * @throws AssertionError if a fault never happened, or the document does not have it
   */
  public void complete() {
    rows.forEach((fault, row) -> {
      if (row.fired() == 0) {
        throw new AssertionError("this fault never happened: " + fault);
      }
    });
    Path document = Path.of(System.getProperty("undercroft.root"), "docs/reliability.md");
    try {
      String text = Files.exists(document) ? Files.readString(document) : "";
      if (System.getProperty("undercroft.reliability") != null) {
        Files.writeString(document, written(text));
        return;
      }
      for (var each : rows.entrySet()) {
        if (!text.contains("| " + each.getKey() + " |")) {
          throw new AssertionError(
              "docs/reliability.md lacks '"
                  + each.getKey()
                  + "'; run this test with -Dundercroft.reliability=write");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document with this section's table made anew; sections are in order of their headings. */
  private String written(String text) {
    TreeMap<String, String> sections = new TreeMap<>();
    String[] parts = text.split("(?m)^## ", -1);
    for (int i = 1; i < parts.length; i++) {
      sections.put(parts[i].lines().findFirst().orElseThrow(), parts[i].strip());
    }
    StringBuilder table = new StringBuilder(section).append("\n\n").append(HEAD);
    rows.forEach((fault, row) ->
        table.append("| " + fault + " | " + row.fired() + " | " + row.outcome() + " |\n"));
    sections.put(section, table.toString().strip());
    StringBuilder all = new StringBuilder(parts[0].strip()).append('\n');
    sections.values().forEach(each -> all.append("\n## ").append(each).append('\n'));
    return all.toString();
  }
}
