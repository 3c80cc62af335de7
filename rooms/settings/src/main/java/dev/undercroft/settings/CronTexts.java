package dev.undercroft.settings;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;

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

  private static String check(String text) {
    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
        .parse(text)
        .validate();
    return text;
  }
}
