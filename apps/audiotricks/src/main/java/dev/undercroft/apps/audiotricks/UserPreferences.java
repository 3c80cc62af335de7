package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.USER_SETTINGS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.FieldCipher;
import dev.undercroft.identity.FieldPlace;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Preferences and brought keys. Thread-safe. */
final class UserPreferences {

  private static final Set<String> QUALITIES = Set.of("fast", "balanced", "detailed");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,6})?");
  private static final Pattern KEY = Pattern.compile("[!-~]{16,512}");
  private static final int SHOWN = 4;

  private final Data data;
  private final FieldCipher cipher;

  UserPreferences(Data data, FieldCipher cipher) {
    this.data = data;
    this.cipher = cipher;
  }

  /**
   * Preferences.
   *
   * @param apiKeys by provider the last four characters behind dots; absent where there is none
   */
  record View(
      String preferredLanguage,
      String summaryQuality,
      Map<String, Object> settings,
      Map<String, String> apiKeys,
      Instant updatedAt) {}

  /** What is to change; what is absent stays. */
  record Change(
      Optional<String> preferredLanguage,
      Optional<String> summaryQuality,
      Optional<Map<String, Object>> settings) {}

  /** The caller's preferences; the defaults where nothing was ever kept. */
  View read(Caller caller) {
    return data.withTenant(caller.context(), db -> view(db, Callers.id(caller)));
  }

  /**
   * Changes what is given.
   *
   * @throws ProblemException with everything that is wrong
   */
  View change(Caller caller, Change change) {
    check(change);
    UUID user = Callers.id(caller);
    Map<Field<?>, Object> columns = new LinkedHashMap<>();
    change
        .preferredLanguage()
        .ifPresent(language -> columns.put(USER_SETTINGS.PREFERRED_LANGUAGE, language));
    change.summaryQuality().ifPresent(one -> columns.put(USER_SETTINGS.SUMMARY_QUALITY, one));
    change
        .settings()
        .ifPresent(settings -> columns.put(USER_SETTINGS.SETTINGS_JSON, JsonColumn.of(settings)));
    return data.withTenant(
        caller.context(),
        db -> {
          if (!columns.isEmpty()) {
            keep(db, user, columns);
          }
          return view(db, user);
        });
  }

  /**
   * Keeps a key encrypted, or forgets it.
   *
   * @param key empty to forget it
   * @throws ProblemException if this cannot be a key
   */
  View setKey(Caller caller, KeyProvider provider, Optional<Secret> key) {
    UUID user = Callers.id(caller);
    key.filter(one -> !KEY.matcher(one.reveal()).matches())
        .ifPresent(one -> {
          throw Problem.of(
                  "AUDIOTRICKS_API_KEY", ProblemKind.INPUT, "this cannot be a key of " + provider)
              .withRemedy("Copy it again, without spaces.")
              .with("pointer", "/key")
              .exception();
        });
    Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put(
        provider.column(),
        key.map(one -> cipher.seal(one.reveal(), place(provider, user))).orElse(null));
    return data.withTenant(
        caller.context(),
        db -> {
          keep(db, user, columns);
          return view(db, user);
        });
  }

  /** The key itself, for a call to its provider; empty where there is none. */
  Optional<Secret> key(Caller caller, KeyProvider provider) {
    UUID user = Callers.id(caller);
    return data.readTenant(
            caller.context(),
            db ->
                db.select(provider.column())
                    .from(USER_SETTINGS)
                    .where(USER_SETTINGS.USER_ID.eq(user))
                    .fetchOptional(provider.column()))
        .map(sealed -> Secret.of(cipher.open(sealed, place(provider, user))));
  }

  private static void keep(DSLContext db, UUID user, Map<? extends Field<?>, ?> columns) {
    db.insertInto(USER_SETTINGS)
        .set(USER_SETTINGS.USER_ID, user)
        .set(columns)
        .onConflict(USER_SETTINGS.USER_ID)
        .doUpdate()
        .set(columns)
        .execute();
  }

  private View view(DSLContext db, UUID user) {
    db.insertInto(USER_SETTINGS).set(USER_SETTINGS.USER_ID, user).onConflictDoNothing().execute();
    return db.select(
            USER_SETTINGS.PREFERRED_LANGUAGE,
            USER_SETTINGS.SUMMARY_QUALITY,
            USER_SETTINGS.SETTINGS_JSON,
            USER_SETTINGS.UPDATED_AT,
            USER_SETTINGS.OPENAI_API_KEY_ENCRYPTED,
            USER_SETTINGS.ELEVENLABS_API_KEY_ENCRYPTED)
        .from(USER_SETTINGS)
        .where(USER_SETTINGS.USER_ID.eq(user))
        .fetchSingle(row -> {
          Map<String, String> keys = new LinkedHashMap<>();
          for (KeyProvider provider : KeyProvider.values()) {
            @Nullable String sealed = row.get(provider.column());
            if (sealed != null) {
              keys.put(provider.name(), masked(cipher.open(sealed, place(provider, user))));
            }
          }
          return new View(
              row.value1(),
              row.value2(),
              Objects.requireNonNull(JsonColumn.object(row.value3())),
              keys,
              Times.read(row.value4()));
        });
  }

  private static String masked(String key) {
    return "••••" + key.substring(key.length() - SHOWN);
  }

  private static FieldPlace place(KeyProvider provider, UUID user) {
    return new FieldPlace(
        "user_settings", provider.column().getName(), user.toString(), user.toString());
  }

  private static void check(Change change) {
    List<Problem> problems = new ArrayList<>();
    change
        .preferredLanguage()
        .filter(language -> !LANGUAGE.matcher(language).matches())
        .ifPresent(language ->
            problems.add(
                Problem.of("AUDIOTRICKS_LANGUAGE", ProblemKind.INPUT, "this is no language tag")
                    .withRemedy("Write it like en or pt-BR.")
                    .with("pointer", "/preferredLanguage")));
    change
        .summaryQuality()
        .filter(quality -> !QUALITIES.contains(quality))
        .ifPresent(quality ->
            problems.add(
                Problem.of("AUDIOTRICKS_QUALITY", ProblemKind.INPUT, "there is no such quality")
                    .withRemedy("It is fast, balanced or detailed.")
                    .with("pointer", "/summaryQuality")));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    change.settings().ifPresent(JsonShapes::demandSettings);
  }
}
