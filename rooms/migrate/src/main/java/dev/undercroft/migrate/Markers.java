package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DatabaseMarker.Environment;
import dev.undercroft.migrate.DatabaseMarker.Guard;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a database says of itself, and obeys it. */
final class Markers {

  private Markers() {}

  /** What it says; one that cannot be understood counts as production, guarded. */
  static DatabaseMarker read(MigrationSession session, MigrationDialect dialect) {
    if (session.columns(HistorySql.MARKER).isEmpty()) {
      return DatabaseMarker.NONE;
    }
    List<Map<String, @Nullable String>> rows =
        session.query(new HistorySql(dialect.history()).selectMarker());
    return rows.isEmpty() ? DatabaseMarker.NONE : marker(rows.getFirst());
  }

  private static DatabaseMarker marker(Map<String, @Nullable String> row) {
    try {
      return new DatabaseMarker(
          Environment.valueOf(String.valueOf(row.get("environment")).toUpperCase(Locale.ROOT)),
          Guard.valueOf(String.valueOf(row.get("guard")).toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException notOurs) {
      return DatabaseMarker.PRODUCTION;
    }
  }

  /**
   * Lets a destructive verb pass.
   *
   * @param verb what is to be done, for people
   * @throws ProblemException when the database is guarded and the consent is not whole
   */
  static void allow(String verb, DatabaseMarker marker, MigrationDialect dialect, Consent consent) {
    boolean named = consent.name().filter(dialect.database()::equals).isPresent();
    if (consent.name().isPresent() && !named) {
      throw Problem.of(
              "MIGRATE_CONSENT_MISMATCH",
              ProblemKind.INPUT,
              "the consent names '%s', but this is the database '%s'"
                  .formatted(consent.name().get(), dialect.database()))
          .withRemedy("Make sure that it is the right database, and give its name.")
          .exception();
    }
    if (marker.guard() == Guard.CLOSED && !(named && consent.force())) {
      throw Problem.of(
              "MIGRATE_GUARDED",
              ProblemKind.FORBIDDEN,
              "%s refuses '%s': it is marked as %s"
                  .formatted(dialect.target(), verb, HistorySql.word(marker.environment())))
          .withRemedy("If you are sure, give --confirm=" + dialect.database() + " and --force.")
          .exception();
    }
  }
}
