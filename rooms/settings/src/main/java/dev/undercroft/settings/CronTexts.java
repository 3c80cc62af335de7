package dev.undercroft.settings;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Texts that say when something runs, in the five fields of crontab(5). The library behind it is
 * loaded only when such a text is read. Stateless, thread-safe.
 */
final class CronTexts {

  private CronTexts() {}

  static SettingType<String> type() {
    return new SettingType<>(
        "schedule of five fields, as cron reads them", "0 2 * * *", CronTexts::check);
  }

  static SettingType<String> zone() {
    return new SettingType<>("time zone", "Europe/Berlin", CronTexts::zone);
  }

  private static String zone(String text) {
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("write the name of a time zone", unknown);
    }
  }

  private static String check(String text) {
    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
        .parse(text)
        .validate();
    return text;
  }
}
