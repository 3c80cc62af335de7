package dev.undercroft.apps.audiotricks;

import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** AudioTricks: what was said in recordings, transcribed, summed up and found again. */
public final class AudioTricks implements Application {

  private static final Duration HOURLY = Duration.ofHours(1);

  /** Found by the service loader. */
  public AudioTricks() {}

  @Override
  public String name() {
    return "audiotricks";
  }

  @Override
  public String title() {
    return "AudioTricks";
  }

  @Override
  public List<Chore> chores(Services services) {
    Upkeep upkeep = new Upkeep(services.data(), InstantSource.system());
    return List.of(
        new Chore(
            "expired-sessions", HOURLY, () -> Map.of("sessions", upkeep.deleteExpiredSessions())),
        new Chore("months-ahead", HOURLY, () -> Map.of("months", upkeep.makeMonthsAhead().size())));
  }

  @Override
  public void declare(Routes routes, Services services) {
    Data data = services.data();
    InstantSource clock = InstantSource.system();
    Secrets secrets = Secrets.of(services.vault(), clock);
    LiveSessions sessions = new LiveSessions(data, secrets.tokens(), clock);
    Pace pace = new Pace(clock);
    Routes known = route -> routes.add(route.identifiedBy(sessions));
    new HealthRoutes(services.health()).declare(routes);
    new AccountRoutes(
            new Registration(data, secrets.passwords()),
            new Entrance(data, secrets, clock),
            new Profiles(data),
            pace)
        .declare(known);
    new SettingsRoutes(new UserPreferences(data, secrets.cipher()), pace).declare(known);
    new HistoryRoutes(new History(data), pace).declare(known);
    new UpkeepRoutes(new Upkeep(data, clock)).declare(routes);
  }
}
