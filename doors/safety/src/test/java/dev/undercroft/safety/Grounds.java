package dev.undercroft.safety;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import dev.undercroft.platform.SafetyAnswer;
import dev.undercroft.postgres.ContextKey;
import dev.undercroft.postgres.PlatformSchema;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.settings.ProjectFinder;
import dev.undercroft.settings.Selection;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Projects in test databases, as the verbs see them. */
final class Grounds {

  private Grounds() {}

  static Path application(String name) {
    return Path.of(System.getProperty("undercroft.root")).resolve("apps").resolve(name);
  }

  /** A project's wanted schema and grants, with the platform's schema and a key for contexts. */
  static Place install(PostgresDatabase database, Path folder) throws SQLException {
    Selection selection = ProjectFinder.find(folder, null);
    InstalledProject project =
        InstalledProject.wanted(database, selection.projects().getFirst().name(), folder);
    try (Connection connection = database.connect()) {
      for (String sql : PlatformSchema.statements()) {
        try (java.sql.Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
      ContextKey.of(Secret.of("a key of the live database")).install(connection);
    }
    PostgresAddress admin =
        (PostgresAddress) DatabaseUrl.parse(database.url(), folder.toAbsolutePath());
    return new Place(
        selection.projects().getFirst(),
        admin,
        Place.Server.EMBEDDED,
        folder.resolve(project.name() + ".state"),
        new Pocket("the secret of "));
  }

  /** The same place, reached as somebody else. */
  static Place as(Place place, String url) {
    PostgresAddress address =
        (PostgresAddress) DatabaseUrl.parse(url, place.project().folder().toAbsolutePath());
    return new Place(
        place.project(), address, Place.Server.EXTERNAL, place.state(), place.secrets());
  }

  /** Secrets for the length of a test. */
  static final class Pocket implements SecretStore {
    private final String beginning;
    private final Map<String, Secret> kept = new HashMap<>();

    Pocket(String beginning) {
      this.beginning = beginning;
    }

    @Override
    public Secret getOrCreate(String name) {
      return kept.computeIfAbsent(name, any -> Secret.of(beginning + name));
    }

    @Override
    public Optional<Secret> find(String name) {
      return Optional.ofNullable(kept.get(name));
    }
  }

  /** What is wrong, for a message of a failing test. */
  static String told(SafetyAnswer.Isolated answer) {
    StringBuilder text = new StringBuilder(answer.project());
    text.append(" relations=" + answer.relations() + " attacks=" + answer.attacks());
    text.append(" leaks=" + answer.leaks() + " took=" + answer.took());
    answer
        .findings()
        .forEach(one ->
            text.append("\n  ").append(one.rule() + " " + one.object() + ": " + one.detail()));
    answer.unchecked().forEach(one -> text.append("\n  unchecked ").append(one));
    return text.toString();
  }
}
