package dev.undercroft.apps.epic;

import dev.undercroft.identity.FieldCipher;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.time.InstantSource;

/** Epic Auto Video Machine: stories become scenes, scenes become videos. */
public final class Epic implements Application {

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
    new HealthRoutes(services.health(), database, new SchemaCheck(data), queue)
        .declare(route -> routes.add(route.identifiedBy(entrance::identifyIfPossible)));
    new SignInRoutes(entrance, clock).declare(routes);
    new ProjectRoutes(projects).declare(known);
    new JobRoutes(projects, queue).declare(known);
    new LibraryRoutes(projects, clock).declare(known);
    new UserRoutes(new Users(data), new OwnKeys(data, cipher, clock)).declare(known);
    new AdminRoutes(new Administration(data, database), database).declare(known);
  }
}
