package dev.undercroft.sdk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest news, so that whoever was away for a moment gets what was missed. Positions are known
 * to one listening connection only: after a gap nobody can say what was missed. Not thread-safe.
 */
final class NewsLog {

  private static final Pattern POSITION = Pattern.compile("([0-9a-f]{8})-([0-9]{1,15})");

  private final int most;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private String listening = "";
  private long last;

  /**
   * A piece of news.
   *
   * @param position names it, for callers who come back
   * @param number counts from 1 without a gap
   * @param topic the digest of what it is about
   * @param key which row
   */
  record Entry(String position, long number, String topic, String key) {}

  /** Keeps so many. */
  NewsLog(int most) {
    this.most = most;
  }

  /** Begins anew: there may be a gap behind us. */
  void begin(int token) {
    listening = HexFormat.of().toHexDigits(token);
    last = 0;
    entries.clear();
  }

  Entry add(String topic, String key) {
    last++;
    Entry entry = new Entry(position(), last, topic, key);
    entries.addLast(entry);
    if (entries.size() > most) {
      entries.removeFirst();
    }
    return entry;
  }

  /** Names the end, where the next piece of news will come. */
  String position() {
    return listening + "-" + last;
  }

  /** What came after a position about a topic; empty when that cannot be said any more. */
  Optional<List<Entry>> after(String position, String topic) {
    Matcher matcher = POSITION.matcher(position);
    if (!matcher.matches() || !matcher.group(1).equals(listening)) {
      return Optional.empty();
    }
    long seen = Long.parseLong(matcher.group(2));
    if (seen > last || seen < last - entries.size()) {
      return Optional.empty();
    }
    return Optional.of(
        entries.stream()
            .filter(entry -> entry.number() > seen && entry.topic().equals(topic))
            .toList());
  }
}
