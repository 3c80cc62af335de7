package dev.undercroft.sdk;

import java.util.List;

/**
 * A guest of the house: routes over the database of the project with the same name. Implementations
 * have a public constructor without parameters and are named in {@code
 * META-INF/services/dev.undercroft.sdk.Application}. Declared once, then called from many threads.
 *
 * <pre>{@code
 * public final class Seda implements Application {
 *   public String name() { return "seda"; }
 *   public String title() { return "seda.fm"; }
 *   public void declare(Routes routes, Services services) {
 *     routes.add(Route.get("/chat/rooms/{room}/messages", "A page of messages, newest first")
 *         .with(Parameter.path("room", UUID.class, "the room"))
 *         .with(Parameter.query("limit", Integer.class, "how many").between(1, 100).byDefault("50"))
 *         .answers(MessagePage.class)
 *         .openTo(Audience.EVERYONE)
 *         .handledBy(request -> Response.ok(page(request.path("room", UUID.class)))));
 *   }
 * }
 * }</pre>
 */
public interface Application {

  /** The name of its project, as in {@code undercroft.toml}. */
  String name();

  /** The name for people. */
  String title();

  /**
   * Declares the routes. Called once, before the first request; must not touch the database.
   *
   * @param routes takes the routes
   * @param services what the house offers to this application; keep it for the handlers
   */
  void declare(Routes routes, Services services);

  /**
   * What is to be done from time to time while the application is served. Called once, after {@link
   * #declare}; must not touch the database.
   *
   * @param services the same as the routes have
   */
  default List<Chore> chores(Services services) {
    return List.of();
  }
}
