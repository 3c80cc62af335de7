package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.USERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.FieldCipher;
import dev.undercroft.identity.FieldPlace;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** Keys that PREMIUM users and administrators bring along, kept encrypted. Thread-safe. */
final class OwnKeys {

  private static final Pattern KEY = Pattern.compile("[!-~]{16,512}");
  private static final int SHOWN = 4;

  private final Data data;
  private final FieldCipher cipher;
  private final InstantSource clock;

  OwnKeys(Data data, FieldCipher cipher, InstantSource clock) {
    this.data = data;
    this.cipher = cipher;
    this.clock = clock;
  }

  /** Whose key it is; the names stand in paths. */
  enum Maker {
    /** Google. */
    gemini,
    /** OpenAI. */
    openai,
    /** Anthropic. */
    anthropic;

    String field() {
      return name() + "_api_key";
    }
  }

  /**
   * The caller's keys, the last four characters of each behind dots.
   *
   * @throws ProblemException forbidden for an ordinary user
   */
  Map<String, String> list(Caller caller) {
    Callers.demandPremium(caller);
    String user = Callers.id(caller);
    return new Scope(data, user).read(db -> masked(kept(db, user), user));
  }

  /**
   * Keeps a key.
   *
   * @throws ProblemException forbidden for an ordinary user
   */
  Map<String, String> set(Caller caller, Maker maker, Secret key) {
    if (!KEY.matcher(key.reveal()).matches()) {
      throw Problem.of("EPIC_API_KEY", ProblemKind.INPUT, "this cannot be a key of " + maker)
          .withRemedy("Copy it again, without spaces.")
          .with("pointer", "/key")
          .exception();
    }
    String user = Callers.id(caller);
    return change(
        caller,
        keys -> {
          keys.put(maker.field(), cipher.seal(key.reveal(), place(maker, user)));
          keys.put("created_at", clock.instant().toString());
        });
  }

  /**
   * Forgets a key; nothing changes where there is none.
   *
   * @throws ProblemException forbidden for an ordinary user
   */
  Map<String, String> remove(Caller caller, Maker maker) {
    return change(caller, keys -> keys.remove(maker.field()));
  }

  /**
   * The key itself, for a call to its maker; empty where there is none.
   *
   * @throws ProblemException forbidden for an ordinary user
   */
  Optional<Secret> use(Caller caller, Maker maker) {
    Callers.demandPremium(caller);
    String user = Callers.id(caller);
    return new Scope(data, user)
        .write(db -> {
          Users.lock(db, user);
          Map<String, Object> keys = kept(db, user);
          if (!(keys.get(maker.field()) instanceof String sealed)) {
            return Optional.empty();
          }
          keys.put("last_used_at", clock.instant().toString());
          keep(db, user, keys);
          return Optional.of(Secret.of(cipher.open(sealed, place(maker, user))));
        });
  }

  private Map<String, String> change(Caller caller, Consumer<Map<String, Object>> change) {
    Callers.demandPremium(caller);
    String user = Callers.id(caller);
    return new Scope(data, user)
        .write(db -> {
          Users.lock(db, user);
          Map<String, Object> keys = kept(db, user);
          change.accept(keys);
          keep(db, user, keys);
          return masked(keys, user);
        });
  }

  private static Map<String, Object> kept(DSLContext db, String user) {
    return db.select(USERS.API_KEYS)
        .from(USERS)
        .where(USERS.ID.eq(user))
        .fetchOptional()
        .flatMap(row -> Views.maybe(row.value1()))
        .<Map<String, Object>>map(LinkedHashMap::new)
        .orElseGet(LinkedHashMap::new);
  }

  private static void keep(DSLContext db, String user, Map<String, Object> keys) {
    db.update(USERS).set(USERS.API_KEYS, JsonColumn.of(keys)).where(USERS.ID.eq(user)).execute();
  }

  private Map<String, String> masked(Map<String, Object> keys, String user) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (Maker maker : Maker.values()) {
      if (keys.get(maker.field()) instanceof String sealed) {
        String key = cipher.open(sealed, place(maker, user));
        shown.put(maker.name(), "••••" + key.substring(key.length() - SHOWN));
      }
    }
    return shown;
  }

  private static FieldPlace place(Maker maker, String user) {
    return new FieldPlace("users", "api_keys." + maker.field(), user, user);
  }
}
