package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.ARTIST_PROFILES;
import static dev.undercroft.apps.seda.db.Tables.USERS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.row;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SelectField;

/** Finds artists. Thread-safe. */
final class Artists {

  private static final int MOST = 20;
  private static final int LONGEST_QUERY = 100;

  private final Data data;

  Artists(Data data) {
    this.data = data;
  }

  /** A verified artist and whose profile it is. Immutable. */
  record Found(ArtistView artist, Person user) {}

  /**
   * Verified artists whose name contains the text, whatever its case, by name; when there is none,
   * those whose name is spelled alike.
   *
   * @param text taken literally: no character is a pattern
   * @throws ProblemException if the text is blank or too long
   */
  List<Found> searchArtists(Caller caller, String text) {
    String wanted = text.strip();
    if (wanted.isEmpty() || wanted.length() > LONGEST_QUERY || wanted.indexOf('\0') >= 0) {
      throw Problem.of(
              "SEDA_SEARCH_TEXT",
              ProblemKind.INPUT,
              "the text to search for has " + wanted.length() + " characters")
          .withRemedy("Give 1 to " + LONGEST_QUERY + " characters.")
          .with("parameter", "query")
          .exception();
    }
    return data.readTenant(
        caller.context(),
        db -> {
          List<Found> exact = found(db, ARTIST_PROFILES.ARTIST_NAME.containsIgnoreCase(wanted));
          return exact.isEmpty() ? found(db, spelledAlike(wanted)) : exact;
        });
  }

  /** The extension pg_trgm decides, by its index; its threshold of likeness is 0.6 for words. */
  private static Condition spelledAlike(String wanted) {
    return condition("{0} <% {1}", org.jooq.impl.DSL.val(wanted), ARTIST_PROFILES.ARTIST_NAME);
  }

  /** The profile that a left join found, or none. */
  static SelectField<Optional<ArtistView>> profileOrNone() {
    return row(
            ARTIST_PROFILES.ID,
            ARTIST_PROFILES.USER_ID,
            ARTIST_PROFILES.ARTIST_NAME,
            ARTIST_PROFILES.BIO,
            ARTIST_PROFILES.VERIFIED,
            ARTIST_PROFILES.VERIFIED_AT,
            ARTIST_PROFILES.WEBSITE_URL,
            ARTIST_PROFILES.SPOTIFY_URL,
            ARTIST_PROFILES.SOUNDCLOUD_URL,
            ARTIST_PROFILES.BANDCAMP_URL,
            ARTIST_PROFILES.CREATED_AT,
            ARTIST_PROFILES.UPDATED_AT)
        .mapping((id, user, name, bio, known, since, web, spot, cloud, camp, made, changed) ->
            id == null
                ? Optional.empty()
                : Optional.of(
                    new ArtistView(
                        id,
                        user,
                        name,
                        Optional.ofNullable(bio),
                        known,
                        Optional.ofNullable(since),
                        Optional.ofNullable(web),
                        Optional.ofNullable(spot),
                        Optional.ofNullable(cloud),
                        Optional.ofNullable(camp),
                        made,
                        changed)));
  }

  private static List<Found> found(DSLContext db, Condition matching) {
    return db.select(profileOrNone(), row(USERS.ID, USERS.EMAIL).mapping(Person::new))
        .from(ARTIST_PROFILES)
        .join(USERS)
        .on(USERS.ID.eq(ARTIST_PROFILES.USER_ID))
        .where(ARTIST_PROFILES.VERIFIED.isTrue().and(matching))
        .orderBy(ARTIST_PROFILES.ARTIST_NAME, ARTIST_PROFILES.ID)
        .limit(MOST)
        .fetch(found -> new Found(found.value1().orElseThrow(), found.value2()));
  }
}
