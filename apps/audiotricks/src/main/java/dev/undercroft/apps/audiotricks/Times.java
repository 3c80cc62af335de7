package dev.undercroft.apps.audiotricks;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The database keeps times in UTC without saying so. Pure. */
final class Times {

  private Times() {}

  static Instant read(LocalDateTime stored) {
    return stored.toInstant(ZoneOffset.UTC);
  }

  static LocalDateTime stored(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
