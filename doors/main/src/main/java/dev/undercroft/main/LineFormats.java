package dev.undercroft.main;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a log line looks. */
final class LineFormats {

  private LineFormats() {}

  private static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "error";
    } else if (value >= Level.WARNING.intValue()) {
      return "warn";
    } else if (value >= Level.INFO.intValue()) {
      return "info";
    }
    return "debug";
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    try (PrintWriter writer = new PrintWriter(text)) {
      String before = "";
      for (Throwable one = thrown; one != null; one = one.getCause()) {
        writer.println(before + one);
        before = "caused by ";
        for (StackTraceElement place : one.getStackTrace()) {
          writer.println("    at " + place);
        }
      }
    }
    return text.toString();
  }

  /** A line for people: time of day, level, message. */
  static final class Text extends Formatter {
    /** Made with the first line: most commands log none, and time zones are a file to read. */
    private static final class Time {
      static final DateTimeFormatter OF_DAY =
          DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    }

    @Override
    public String format(LogRecord line) {
      String text =
          "%s %-5s %s%n"
              .formatted(
                  Time.OF_DAY.format(line.getInstant()),
                  word(line.getLevel()),
                  formatMessage(line));
      return line.getThrown() == null ? text : text + trace(line.getThrown());
    }
  }

  /** A JSON object on a line, for machines. */
  static final class Json extends Formatter {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    public String format(LogRecord line) {
      Instant at = line.getInstant();
      ObjectNode node =
          mapper
              .createObjectNode()
              .put("time", at.toString())
              .put("level", word(line.getLevel()))
              .put("logger", line.getLoggerName())
              .put("message", formatMessage(line));
      if (line.getThrown() != null) {
        node.put("trace", trace(line.getThrown()));
      }
      return node + "\n";
    }
  }
}
