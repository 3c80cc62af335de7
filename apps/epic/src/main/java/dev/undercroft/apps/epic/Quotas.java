package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.ASSETS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.SCENES;
import static dev.undercroft.apps.epic.db.Tables.USERS;
import static org.jooq.impl.DSL.charLength;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbGetAttribute;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.undercroft.apps.epic.db.enums.AssetType;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.identity.DailyQuota;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Keeps users within their limits. Every question locks the user's row first, so that two requests
 * at once do not both take the last place. The day is the user's own. Thread-safe.
 */
final class Quotas {

  static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Taipei");

  private static final int SECONDS = 60;
  private static final int LONGEST_SPEECH = 86_400;

  private final InstantSource clock;

  Quotas(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  private record Person(String id, Limits limits, ZoneId zone) {
    DailyQuota of(String what, long limit) {
      return new DailyQuota(what, limit, zone);
    }
  }

  private static Person lock(DSLContext db, String user) {
    return db.select(USERS.ROLE, USERS.SETTINGS)
        .from(USERS)
        .where(USERS.ID.eq(user).and(USERS.DELETED_AT.isNull()))
        .forNoKeyUpdate()
        .fetchOptional(row ->
            new Person(
                user, Limits.of(row.value1()), zone(Views.maybe(row.value2()).orElse(Map.of()))))
        .orElseThrow(() -> Unknown.row("user", user));
  }

  static ZoneId zone(Map<String, Object> settings) {
    try {
      return settings.get("timezone") instanceof String name ? ZoneId.of(name) : USUAL_ZONE;
    } catch (DateTimeException unknown) {
      return USUAL_ZONE;
    }
  }

  /**
   * Demands room for one more project today.
   *
   * @throws ProblemException of kind forbidden
   */
  void demandProject(DSLContext db, String user) {
    Person person = lock(db, user);
    Instant now = clock.instant();
    DailyQuota quota = person.of("projects", person.limits().projects());
    long used =
        db.fetchCount(
            PROJECTS, PROJECTS.USER_ID.eq(user).and(PROJECTS.CREATED_AT.ge(quota.start(now))));
    quota.demand(used, 1, now);
  }

  /**
   * Demands room for these scenes in a project instead of those it has.
   *
   * @param characters of all their texts
   * @throws ProblemException of kind forbidden
   */
  void demandScenes(DSLContext db, String user, String project, int scenes, int characters) {
    Person person = lock(db, user);
    if (scenes > person.limits().scenesPerProject()) {
      throw Problem.of(
              "EPIC_TOO_MANY_SCENES",
              ProblemKind.FORBIDDEN,
              "%d scenes; a project has at most %d"
                  .formatted(scenes, person.limits().scenesPerProject()))
          .withRemedy("Leave some out, or ask for a higher limit.")
          .with("limit", person.limits().scenesPerProject())
          .exception();
    }
    demandCharacters(db, person, SCENES.PROJECT_ID.ne(project), characters);
  }

  /**
   * Demands room for another text of a scene.
   *
   * @throws ProblemException of kind forbidden
   */
  void demandText(DSLContext db, String user, String scene, int characters) {
    demandCharacters(db, lock(db, user), SCENES.ID.ne(scene), characters);
  }

  /** What was written or changed today counts, deleted projects included. */
  private void demandCharacters(DSLContext db, Person person, Condition others, int characters) {
    Instant now = clock.instant();
    DailyQuota quota = person.of("characters", person.limits().characters());
    BigDecimal used =
        db.select(coalesce(sum(charLength(SCENES.TEXT)), inline(BigDecimal.ZERO)))
            .from(SCENES)
            .join(PROJECTS)
            .on(PROJECTS.ID.eq(SCENES.PROJECT_ID))
            .where(PROJECTS.USER_ID.eq(person.id()))
            .and(others)
            .and(SCENES.UPDATED_AT.ge(quota.start(now)))
            .fetchSingle()
            .value1();
    quota.demand(used.longValue(), characters, now);
  }

  /**
   * Demands room for one more asset today, if its kind is limited.
   *
   * @throws ProblemException of kind forbidden
   */
  void demandAsset(DSLContext db, String user, ScopedAssets.Draft draft) {
    Person person = lock(db, user);
    Instant now = clock.instant();
    if (draft.type() == AssetType.IMAGE) {
      DailyQuota quota = person.of("images", person.limits().images());
      long used =
          db.fetchCount(
              ASSETS,
              ASSETS
                  .USER_ID
                  .eq(user)
                  .and(ASSETS.TYPE.eq(AssetType.IMAGE))
                  .and(ASSETS.CREATED_AT.ge(quota.start(now))));
      quota.demand(used, 1, now);
    }
    if (draft.type() == AssetType.AUDIO) {
      DailyQuota quota =
          person.of("seconds of speech", (long) person.limits().speechMinutes() * SECONDS);
      quota.demand(speech(db, user, quota.start(now)), seconds(draft), now);
    }
  }

  private static long speech(DSLContext db, String user, Instant since) {
    // What is no number was never counted, and must not stop the counting now.
    Field<BigDecimal> duration =
        when(
                function(
                        "jsonb_typeof",
                        SQLDataType.VARCHAR,
                        jsonbGetAttribute(ASSETS.METADATA, "duration_seconds"))
                    .eq("number"),
                jsonbGetAttributeAsText(ASSETS.METADATA, "duration_seconds")
                    .cast(SQLDataType.NUMERIC))
            .else_(BigDecimal.ZERO);
    return db.select(coalesce(sum(duration), inline(BigDecimal.ZERO)))
        .from(ASSETS)
        .where(ASSETS.USER_ID.eq(user).and(ASSETS.TYPE.eq(AssetType.AUDIO)))
        .and(ASSETS.CREATED_AT.ge(since))
        .fetchSingle()
        .value1()
        .longValue();
  }

  private static long seconds(ScopedAssets.Draft draft) {
    Object seconds = draft.metadata().orElse(Map.of()).get("duration_seconds");
    if (seconds instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= LONGEST_SPEECH) {
      return (long) Math.ceil(number.doubleValue());
    }
    throw Problem.of(
            "EPIC_AUDIO_DURATION", ProblemKind.INPUT, "the duration of the speech is not given")
        .withRemedy("Give metadata.duration_seconds, from 0 to " + LONGEST_SPEECH + ".")
        .with("pointer", "/metadata/duration_seconds")
        .exception();
  }
}
