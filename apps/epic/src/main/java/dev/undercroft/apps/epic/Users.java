package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.ACCOUNTS;
import static dev.undercroft.apps.epic.db.Tables.USERS;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.base.ProblemException;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/** What users do with their accounts. Thread-safe. */
final class Users {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_IMAGE = 2_000;

  private final Data data;

  Users(Data data) {
    this.data = data;
  }

  /** An account, without keys. */
  record Profile(
      String id,
      String email,
      Optional<String> name,
      Optional<String> image,
      UserRole role,
      Map<String, Object> settings,
      Limits limits,
      Instant createdAt) {}

  /** What is to change; what is absent stays, settings are merged by section. */
  record Change(
      Optional<String> name, Optional<String> image, Optional<Map<String, Object>> settings) {}

  /** Everything that belongs to a user, without keys and tokens. */
  record Export(
      Profile profile,
      List<String> signIns,
      List<Views.ProjectDetail> projects,
      List<Views.Asset> assets,
      List<Views.Preset> presets) {}

  /**
   * The caller's account.
   *
   * @throws ProblemException not found, if it has been deleted meanwhile
   */
  Profile profile(Caller caller) {
    return scope(caller).read(db -> profile(db, Callers.id(caller)));
  }

  static Profile profile(DSLContext db, String user) {
    return db.select(
            USERS.ID,
            USERS.EMAIL,
            USERS.NAME,
            USERS.IMAGE,
            USERS.ROLE,
            USERS.SETTINGS,
            USERS.CREATED_AT)
        .from(USERS)
        .where(USERS.ID.eq(user))
        .fetchOptional(row ->
            new Profile(
                row.value1(),
                row.value2(),
                Optional.ofNullable(row.value3()),
                Optional.ofNullable(row.value4()),
                row.value5(),
                ProjectConfig.merged(Starters.SETTINGS, Views.maybe(row.value6()).orElse(Map.of())),
                Limits.of(row.value5()),
                row.value7()))
        .orElseThrow(() -> Unknown.row("user", user));
  }

  /**
   * Changes what is given.
   *
   * @throws ProblemException if something is wrong with it
   */
  Profile change(Caller caller, Change change) {
    String user = Callers.id(caller);
    change.name().ifPresent(name -> Texts.demand(name, 1, LONGEST_NAME, "/name"));
    change.image().ifPresent(image -> Texts.demandAddress(image, LONGEST_IMAGE, "/image"));
    change.settings().ifPresent(UserSettings::demand);
    return scope(caller)
        .write(db -> {
          lock(db, user);
          Profile old = profile(db, user);
          Map<String, Object> settings =
              ProjectConfig.merged(old.settings(), change.settings().orElse(Map.of()));
          UserSettings.demand(settings);
          db.update(USERS)
              .set(USERS.NAME, change.name().map(String::strip).or(old::name).orElse(null))
              .set(USERS.IMAGE, change.image().or(old::image).orElse(null))
              .set(USERS.SETTINGS, JsonColumn.of(settings))
              .where(USERS.ID.eq(user))
              .execute();
          return profile(db, user);
        });
  }

  /** Two changes of one account go one after another; what refers to it is not held up. */
  static void lock(DSLContext db, String user) {
    db.select(USERS.ID).from(USERS).where(USERS.ID.eq(user)).forNoKeyUpdate().fetch();
  }

  /** Everything of the caller, as it is at one moment. */
  Export export(Caller caller) {
    UserScopedClient own = new UserScopedClient(scope(caller));
    String user = Callers.id(caller);
    return own.scope()
        .snapshot(db ->
            new Export(
                profile(db, user),
                db.select(ACCOUNTS.PROVIDER)
                    .from(ACCOUNTS)
                    .where(ACCOUNTS.USER_ID.eq(user))
                    .orderBy(ACCOUNTS.PROVIDER)
                    .fetch(ACCOUNTS.PROVIDER),
                all(asked -> own.projects().details(db, asked)),
                all(asked -> own.assets().page(db, asked)),
                all(asked -> own.presets().page(db, asked))));
  }

  private static <V> List<V> all(Function<Page.Asked, List<V>> pages) {
    List<V> all = new ArrayList<>();
    List<V> page = pages.apply(new Page.Asked(1, Page.MOST));
    for (int next = 2; !page.isEmpty(); next++) {
      all.addAll(page);
      page = page.size() < Page.MOST ? List.of() : pages.apply(new Page.Asked(next, Page.MOST));
    }
    return all;
  }

  /** Deletes the caller's account with everything that belongs to it, for good. */
  void erase(Caller caller) {
    scope(caller)
        .write(db -> db.deleteFrom(USERS).where(USERS.ID.eq(Callers.id(caller))).execute());
  }

  private Scope scope(Caller caller) {
    return new Scope(data, Callers.id(caller));
  }
}
