package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** seda.fm: rooms to talk about music, with artists who proved who they are. */
public final class Seda implements Application {

  private static final Duration DAILY = Duration.ofDays(1);

  /** Found by the service loader. */
  public Seda() {}

  @Override
  public String name() {
    return "seda";
  }

  @Override
  public String title() {
    return "seda.fm";
  }

  @Override
  public List<Chore> chores(Services services) {
    Upkeep upkeep = new Upkeep(services.data(), InstantSource.system());
    return List.of(
        new Chore("expired-pages", DAILY, () -> Map.of("pages", upkeep.deleteExpiredPages())));
  }

  @Override
  public void declare(Routes routes, Services services) {
    Data data = services.data();
    Politeness politeness = new Politeness(InstantSource.system());
    new HealthRoutes(services.health()).declare(routes);
    new RoomRoutes(new Rooms(data), new Moderation(data), politeness).declare(routes);
    new MessageRoutes(
            new Messages(data),
            new MessagePages(data),
            new Reactions(data, InstantSource.system()),
            politeness)
        .declare(routes);
    new RoomNews(services, politeness).declare(routes);
    new ArtistRoutes(new Artists(data), politeness).declare(routes);
  }
}
