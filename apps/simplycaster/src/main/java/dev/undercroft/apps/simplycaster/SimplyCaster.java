package dev.undercroft.apps.simplycaster;

import dev.undercroft.identity.AccessTokens;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * SimplyCaster: rooms in which hosts record podcasts with their guests, and the feed of episodes.
 */
public final class SimplyCaster implements Application {

  private static final Duration SESSION = Duration.ofHours(24);

  /** Found by the service loader. */
  public SimplyCaster() {}

  @Override
  public String name() {
    return "simplycaster";
  }

  @Override
  public String title() {
    return "SimplyCaster";
  }

  @Override
  public List<Chore> chores(Services services) {
    CleanUp cleanUp = new CleanUp(services.data());
    return List.of(new Chore("expired-tokens", CleanUp.EVERY, () -> cleanUp.run().counts()));
  }

  @Override
  public void declare(Routes routes, Services services) {
    Data data = services.data();
    InstantSource clock = InstantSource.system();
    String baseUrl =
        services.variable("BASE_URL").orElse("http://localhost:8000").replaceAll("/+$", "");
    Secrets secrets = new Secrets(services.vault());
    Invitations.Letters letters = new Invitations.Letters(services.outbox(), baseUrl);
    Guests guests = new Guests(data, baseUrl, clock);
    AccessTokens tokens =
        new AccessTokens(
            services.variable("JWT_ISSUER").orElse("simplycast.local"),
            name(),
            List.of(services.vault().key("JWT_SECRET").derive("simplycaster tokens")),
            SESSION,
            clock);
    Logins logins = new Logins(data, secrets, tokens, guests);
    Routes known = route -> routes.add(route.identifiedBy(logins));
    new AccessRoutes(
            logins,
            new Invitations(data, secrets, letters, clock),
            new PasswordResets(data, secrets, letters, clock),
            clock)
        .declare(known);
    new PeopleRoutes(new Users(data), new AuditLogs(data), services.health()).declare(known);
    new ArchiveRoutes(new AuditArchive(data)).declare(known);
    Rooms rooms = new Rooms(data, clock);
    new RoomRoutes(rooms, guests).declare(known);
    new RoomNews(rooms, services).declare(known);
    new RecordingRoutes(new Recordings(data, clock), new RecordingFiles(data)).declare(known);
    new EpisodeRoutes(new Episodes(data), new Feed(baseUrl, Feed.Channel.USUAL)).declare(known);
  }
}
