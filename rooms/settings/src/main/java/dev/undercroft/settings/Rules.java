package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What several settings say together. Looks at values that are right by themselves. */
final class Rules {

  private final Situation situation;
  private final Map<String, Candidate> values;
  private final List<Problem> problems = new ArrayList<>();

  Rules(Situation situation, Map<String, Candidate> values) {
    this.situation = situation;
    this.values = values;
  }

  List<Problem> problems() {
    backupKey();
    pool();
    pair(BackupSettings.S3_ACCESS_KEY, BackupSettings.S3_SECRET_KEY);
    pair(BackupSettings.S3_SECRET_KEY, BackupSettings.S3_ACCESS_KEY);
    if (situation.purpose() == Purpose.START) {
      required();
      if (situation.environment() == Environment.PRODUCTION) {
        problems.addAll(WeakSecrets.problems(situation.settings(), values));
      }
    }
    return problems;
  }

  /** What should be known, but stops nothing. */
  static List<Problem> warnings(Situation situation, Map<String, Candidate> values) {
    List<Problem> warnings = new ArrayList<>();
    for (Setting<?> setting : situation.settings()) {
      Candidate candidate = values.get(setting.name());
      if (candidate != null
          && candidate.origin().kind() == Origin.Kind.FILE
          && setting.sensitivity() == Sensitivity.ADDRESS
          && Shown.hasPassword(candidate.text())) {
        warnings.add(
            Problem.of(
                    "SETTINGS_PASSWORD_IN_FILE",
                    ProblemKind.INPUT,
                    setting.name() + " in " + candidate.origin() + " carries a password")
                .withRemedy(
                    "Move it to .env.local or to a secret file; undercroft.toml is committed."));
      }
    }
    return warnings;
  }

  private void backupKey() {
    if (isTrue(BackupSettings.ENCRYPTION) && !isSet(BackupSettings.ENCRYPTION_KEY)) {
      problems.add(
          Problem.of(
                  "SETTINGS_BACKUP_KEY_MISSING",
                  ProblemKind.INPUT,
                  "backups are to be encrypted, but BACKUP_ENCRYPTION_KEY is not set")
              .withRemedy(
                  "Run `undercroft secrets generate` to make one, or set BACKUP_ENCRYPTION=false."));
    }
  }

  private void pool() {
    Candidate least = values.get(DatabaseSettings.POOL_MIN.name());
    Candidate most = values.get(DatabaseSettings.POOL_MAX.name());
    if (least != null
        && most != null
        && Integer.parseInt(least.text()) > Integer.parseInt(most.text())) {
      problems.add(
          Problem.of(
                  "SETTINGS_POOL_BOUNDS",
                  ProblemKind.INPUT,
                  "pool.min is "
                      + least.text()
                      + " ("
                      + least.origin()
                      + "), more than pool.max "
                      + most.text()
                      + " ("
                      + most.origin()
                      + ")")
              .withRemedy("Set pool.min to at most pool.max."));
    }
  }

  private void pair(Setting<?> one, Setting<?> other) {
    if (isSet(one) && !isSet(other)) {
      problems.add(
          Problem.of(
                  "SETTINGS_HALF_A_PAIR",
                  ProblemKind.INPUT,
                  one.variable() + " is set, but " + other.variable() + " is not")
              .withRemedy("Set both, or neither."));
    }
  }

  private void required() {
    for (Declared declared : situation.selection().file().declared()) {
      if (declared.isRequiredIn(situation.environment()) && !isSet(declared)) {
        problems.add(
            Problem.of(
                    "SETTINGS_REQUIRED",
                    ProblemKind.INPUT,
                    declared.name()
                        + " is not set, and the environment "
                        + situation.environment().word()
                        + " needs it")
                .withRemedy(
                    "Set the variable "
                        + declared.name()
                        + ", or put its value into a file and name the file in "
                        + declared.name()
                        + "_FILE."));
      }
    }
  }

  private boolean isSet(Declared declared) {
    Setting<?> setting = declared.setting();
    if (setting == null) {
      return KnownSettings.ofVariable(declared.name()).filter(this::isSet).isPresent();
    }
    return isSet(setting);
  }

  private boolean isSet(Setting<?> setting) {
    return values.containsKey(setting.name());
  }

  private boolean isTrue(Setting<Boolean> setting) {
    @Nullable Candidate candidate = values.get(setting.name());
    return candidate != null && setting.type().parse(candidate.text());
  }
}
