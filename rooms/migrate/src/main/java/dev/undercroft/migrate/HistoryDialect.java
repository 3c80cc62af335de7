package dev.undercroft.migrate;

import java.time.Instant;
import java.util.List;

/** How one database writes down the history: names, literals and times. Pure, thread-safe. */
public interface HistoryDialect {

  /** A table of ours by its plain name, with its schema where there are schemas. */
  String table(String name);

  /** The statements that make the tables of {@link HistorySql}, each safe to repeat. */
  List<String> create();

  /** Any text as a literal, whatever the settings of the session. */
  String literal(String text);

  /** An expression for when the transaction began. */
  String transactionStart(Instant asSeenHere);

  /** An expression for this very moment. */
  String clock();

  /** A column that holds a time as ISO 8601 text with its offset. */
  String iso(String column);

  /** An expression for the role of this session. */
  String currentRole();
}
