package dev.undercroft.http;

import dev.undercroft.base.Service;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Route;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the applications' routes and the product's own over HTTP. Thread-safe.
 *
 * <p>It may listen before the databases are ready: until then only the paths about health answer,
 * and everything else answers status 503.
 */
public final class HttpDoor implements Service {

  private final HttpSettings settings;
  private final JavalinServer server;
  private final List<Endpoint> endpoints;
  private boolean running;

  /**
   * Mounts every route.
   *
   * @throws dev.undercroft.base.ProblemException if two routes cannot be told apart
   */
  public HttpDoor(HttpSettings settings, House house, List<Guest> guests) {
    this.settings = settings;
    JsonMapper mapper = Json.mapper();
    InFlight inFlight = new InFlight();
    Answers answers = new Answers(mapper, inFlight);
    Identification identification = new Identification(house.token());
    Bodies bodies = new Bodies(mapper);
    this.endpoints = mount(house, guests);
    Pipeline pipeline =
        new Pipeline(settings, new Pipeline.Checks(identification, bodies, house::ready), answers);
    Traffic traffic = new Traffic(house.meters());
    this.server =
        new JavalinServer(
            settings,
            new JavalinServer.Stations(
                new Gate(settings.hosts()), pipeline, answers, traffic, inFlight),
            endpoints);
  }

  private static List<Endpoint> mount(House house, List<Guest> guests) {
    Mounting mounting = new Mounting();
    OwnRoutes own = new OwnRoutes(house);
    own.routes().forEach(mounting::addOwn);
    Documents documents = new Documents(house.version());
    documents.routes(guests).forEach(mounting::addOwn);
    Assets.routes().forEach(mounting::addOwn);
    StartPage start = new StartPage(house);
    mounting.addOwn(
        Route.get("/", "The start page")
            .answersText("text/html")
            .openTo(Audience.EVERYONE)
            .handledBy(start::show));
    for (Guest guest : guests) {
      String name = guest.application().name();
      guest
          .application()
          .declare(
              (Route route) -> {
                route.handler();
                mounting.addGuests(name, route);
              },
              guest.services());
    }
    own.fallbacks().forEach(mounting::addFallback);
    new BackupRoutes(house).routes().forEach(mounting::addFallback);
    List<Endpoint> mounted = mounting.endpoints();
    documents.publish(mounted);
    start.publish(mounted);
    return mounted;
  }

  /** Starts to listen. */
  @Override
  public synchronized void start() {
    if (!running) {
      server.start();
      running = true;
    }
  }

  /** The port that is listened on; asked for after {@link #start}. */
  public int port() {
    return server.port();
  }

  /** Stops listening, lets requests in flight finish, and stops. */
  @Override
  public synchronized void close() {
    if (running) {
      running = false;
      server.stop(settings.drain());
    }
  }

  /** Method and path of everything that answers, for tests and for the start page. */
  List<Endpoint> endpoints() {
    return endpoints;
  }
}
