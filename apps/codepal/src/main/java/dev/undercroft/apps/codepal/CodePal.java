package dev.undercroft.apps.codepal;

import dev.undercroft.identity.ApiKeys;
import dev.undercroft.sdk.AccountSecurity;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** CodePal: projects whose files several people write together. */
public final class CodePal implements Application {

  private static final Duration HOURLY = Duration.ofHours(1);

  /** Found by the service loader. */
  public CodePal() {}

  @Override
  public String name() {
    return "codepal";
  }

  @Override
  public String title() {
    return "CodePal";
  }

  @Override
  public List<Chore> chores(Services services) {
    Upkeep upkeep = new Upkeep(services.data(), InstantSource.system());
    return List.of(new Chore("clean-up", HOURLY, () -> upkeep.clean().counts()));
  }

  @Override
  public void declare(Routes routes, Services services) {
    Data data = services.data();
    InstantSource clock = InstantSource.system();
    AccountSecurity security = AccountSecurity.of(name(), services.vault(), Entrance.ACCESS, clock);
    ApiKeys making =
        new ApiKeys(
            name(), true, services.vault().key("PASSWORD_PEPPER").derive("keys of programs"));
    Pace pace = new Pace(clock);
    LiveSessions sessions = new LiveSessions(data, security.tokens(), clock);
    ApiKeyRing keys = new ApiKeyRing(data, making, clock);
    // A key of a program works on projects; what concerns the account takes a session.
    Routes people = route -> routes.add(pace.bounding(route).identifiedBy(sessions));
    Routes programs =
        route -> routes.add(pace.bounding(route).identifiedBy(new EitherWay(sessions, keys)));
    new HealthRoutes(services.health()).declare(routes);
    Entrance entrance = new Entrance(data, security, clock);
    Proofs proofs = new Proofs(data, services.outbox(), security.passwords(), clock);
    new EntryRoutes(new Registration(data, security.passwords()), entrance, clock).declare(people);
    new ProofRoutes(proofs, clock).declare(people);
    new AccountRoutes(new Profiles(data), entrance, sessions).declare(people);
    new KeyRoutes(keys).declare(people);
    new AdminRoutes(new Administration(data), new AuditTrail(data), new Ways(data)).declare(people);
    new ProjectRoutes(new Projects(data)).declare(programs);
    new MemberRoutes(new Members(data), clock).declare(programs);
    new FileRoutes(new Files(data)).declare(programs);
    new ColleagueRoutes(new Colleagues(data)).declare(programs);
    new UpkeepRoutes(new Upkeep(data, clock)).declare(routes);
  }
}
