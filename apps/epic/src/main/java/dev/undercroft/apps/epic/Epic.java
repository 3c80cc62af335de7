package dev.undercroft.apps.epic;

import dev.undercroft.identity.FieldCipher;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Epic Auto Video Machine: stories become scenes, scenes become videos. */
public final class Epic implements Application {

  private static final Duration MAINTENANCE = Duration.ofHours(1);

  /** The routes tell what the chore did. */
  private final AtomicReference<Optional<Maintenance.Run>> lastRun =
      new AtomicReference<>(Optional.empty());

  /** Found by the service loader. */
  public Epic() {}

  @Override
  public String name() {
    return "epic";
  }

  @Override
  public String title() {
    return "Epic Auto Video Machine";
  }

  @Override
  public void declare(Routes routes, Services services) {
    Data data = services.data();
    InstantSource clock = InstantSource.system();
    Entrance entrance = new Entrance(data, services.outbox(), clock);
    Routes known = route -> routes.add(route.identifiedBy(entrance));
    DatabaseService database = new DatabaseService(data, clock);
    JobQueue queue = new JobQueue(data, clock);
    Projects projects = new Projects(data, new Quotas(clock));
    FieldCipher cipher =
        FieldCipher.of(services.vault().key("NEXTAUTH_SECRET").derive("epic.api_keys"));
    Maintenance maintenance = new Maintenance(database, queue, clock, lastRun);
    new HealthRoutes(services.health(), new SchemaCheck(data), maintenance)
        .declare(route -> routes.add(route.identifiedBy(entrance::identifyIfPossible)));
    new SignInRoutes(entrance, clock).declare(routes);
    new ProjectRoutes(projects).declare(known);
    new JobRoutes(projects, queue).declare(known);
    new JobNews(projects, services).declare(known);
    new LibraryRoutes(projects, clock).declare(known);
    new UserRoutes(new Users(data), new OwnKeys(data, cipher, clock)).declare(known);
    new AdminRoutes(new Administration(data, database), database).declare(known);
  }

  @Override
  public List<Chore> chores(Services services) {
    InstantSource clock = InstantSource.system();
    Data data = services.data();
    Maintenance maintenance =
        new Maintenance(
            new DatabaseService(data, clock), new JobQueue(data, clock), clock, lastRun);
    return List.of(new Chore("maintenance", MAINTENANCE, () -> maintenance.run().numbers()));
  }
}
