package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.USERS;
import static dev.undercroft.apps.audiotricks.db.Tables.USER_SETTINGS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people are told about themselves. Thread-safe. */
final class Profiles {

  private final Data data;

  Profiles(Data data) {
    this.data = data;
  }

  /** Preferences, without the keys. */
  record Preferences(
      String preferredLanguage, String summaryQuality, Map<String, Object> settings) {}

  /** An account, without its password. */
  record Profile(
      UUID id,
      String email,
      String username,
      boolean isActive,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> lastLoginAt,
      Optional<Preferences> settings) {}

  /**
   * The caller's account.
   *
   * @throws ProblemException not found, if it has been deleted meanwhile
   */
  Profile me(Caller caller) {
    UUID id = Callers.id(caller);
    return data.readTenant(
            caller.context(),
            db ->
                db.select(
                        USERS.ID,
                        USERS.EMAIL,
                        USERS.USERNAME,
                        USERS.IS_ACTIVE,
                        USERS.CREATED_AT,
                        USERS.UPDATED_AT,
                        USERS.LAST_LOGIN_AT,
                        USER_SETTINGS.PREFERRED_LANGUAGE,
                        USER_SETTINGS.SUMMARY_QUALITY,
                        USER_SETTINGS.SETTINGS_JSON)
                    .from(USERS)
                    .leftJoin(USER_SETTINGS)
                    .on(USER_SETTINGS.USER_ID.eq(USERS.ID))
                    .where(USERS.ID.eq(id))
                    .fetchOptional(row -> {
                      @Nullable LocalDateTime lastLogin = row.value7();
                      @Nullable Map<String, Object> settings = JsonColumn.object(row.value10());
                      return new Profile(
                          row.value1(),
                          row.value2(),
                          row.value3(),
                          row.value4(),
                          Times.read(row.value5()),
                          Times.read(row.value6()),
                          Optional.ofNullable(lastLogin).map(Times::read),
                          Optional.ofNullable(settings)
                              .map(kept -> new Preferences(row.value8(), row.value9(), kept)));
                    }))
        .orElseThrow(() ->
            Problem.of("AUDIOTRICKS_NO_USER", ProblemKind.NOT_FOUND, "there is no such account")
                .withRemedy("Sign in again, or register.")
                .exception());
  }
}
