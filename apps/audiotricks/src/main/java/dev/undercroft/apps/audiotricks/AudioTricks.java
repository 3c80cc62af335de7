package dev.undercroft.apps.audiotricks;

import dev.undercroft.identity.FieldCipher;
import dev.undercroft.sdk.AccountSecurity;
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
    AccountSecurity security =
        AccountSecurity.of(name(), services.vault(), Entrance.SESSION, clock);
    FieldCipher cipher = FieldCipher.of(services.vault().key("ENCRYPTION_KEY"));
    LiveSessions sessions = new LiveSessions(data, security.tokens(), clock);
    Pace pace = new Pace(clock);
    Routes known = route -> routes.add(route.identifiedBy(sessions));
    new HealthRoutes(services.health()).declare(routes);
    new AccountRoutes(
            new Registration(data, security.passwords()),
            new Entrance(data, security, clock),
            new Profiles(data),
            pace)
        .declare(known);
    new SettingsRoutes(new UserPreferences(data, cipher), pace).declare(known);
    new HistoryRoutes(new History(data), pace).declare(known);
    new UpkeepRoutes(new Upkeep(data, clock)).declare(routes);
  }
}
