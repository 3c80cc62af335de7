package dev.undercroft.stage;

import dev.undercroft.base.Progress;
import dev.undercroft.http.Guest;
import dev.undercroft.http.House;
import dev.undercroft.http.HttpDoor;
import dev.undercroft.http.HttpSettings;
import dev.undercroft.http.OperatorToken;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Live;
import dev.undercroft.sdk.Outbox;
import dev.undercroft.sdk.Services;
import dev.undercroft.sdk.Vault;
import dev.undercroft.testkit.InstalledProject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application served over HTTP on a free port, on its installed project. Thread-safe; the test
 * closes it.
 */
public final class Stage implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Backstage backstage;
  private final StagedHealth health = new StagedHealth();
  private final StagedVault vault = new StagedVault();
  private final Queue<Outbox.Letter> letters = new ConcurrentLinkedQueue<>();
  private final OperatorToken token;
  private final Application application;
  private final Services services;
  private final HttpDoor door;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Starts to serve.
   *
   * @param folder an empty folder, for the operator token
   */
  public Stage(InstalledProject project, Application application, Path folder) {
    this.application = application;
    backstage = new Backstage(project);
    token = OperatorToken.readOrMake(folder.resolve("operator.token"));
    House house =
        new House(
            new NoPlatform(),
            Scope.of(folder),
            token,
            new SimpleMeterRegistry(),
            () -> "",
            () -> Optional.of(summary(folder)),
            "test");
    services = new StagedServices(backstage.data(), backstage.live(), health, vault, letters::add);
    door =
        new HttpDoor(
            HttpSettings.standard().onPort(0), house, List.of(new Guest(application, services)));
    door.start();
  }

  private static InstanceSummary summary(Path folder) {
    return new InstanceSummary(
        "http://localhost", folder, "a test's server", "", folder, List.of(), Duration.ZERO);
  }

  /**
   * Does once, now, what the application wants done from time to time.
   *
   * @return what each chore says
   */
  public List<Map<String, Integer>> doChores() {
    return application.chores(services).stream().map(chore -> chore.work().get()).toList();
  }

  /** What the application is given. */
  public Services services() {
    return services;
  }

  /** The application's data. */
  public Data data() {
    return backstage.data();
  }

  /** The letters the application has sent, oldest first. */
  public List<Outbox.Letter> letters() {
    return List.copyOf(letters);
  }

  /** The application's statements since the last call. */
  public List<String> takeStatements() {
    return backstage.takeStatements();
  }

  /** The health that the application is told; at first healthy. */
  public StagedHealth health() {
    return health;
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param body the body's text
   * @param headers its headers
   */
  public record Answer(int status, String body, java.net.http.HttpHeaders headers) {

    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** The code of the problem in the body. */
    public String code() {
      return json().path("code").asString("");
    }
  }

  /** Who asks: requests in one caller's name. */
  public final class Voice {

    private final List<String> headers;

    private Voice(List<String> headers) {
      this.headers = headers;
    }

    /** Asks without a body. */
    public Answer ask(String method, String path) throws IOException, InterruptedException {
      return ask(method, path, null);
    }

    /** Asks with a JSON body. */
    public Answer ask(String method, String path, @Nullable String json)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          request(path)
              .method(
                  method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
      if (json != null) {
        request.header("Content-Type", "application/json");
      }
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    }

    /** Follows a stream of events from its beginning. */
    public Events follow(String path) throws IOException, InterruptedException {
      return follow(path, "");
    }

    /**
     * Follows a stream of events.
     *
     * @param last the id of the last event the caller has had; empty text for none
     */
    public Events follow(String path, String last) throws IOException, InterruptedException {
      HttpRequest.Builder request = request(path).GET();
      if (!last.isEmpty()) {
        request.header("Last-Event-ID", last);
      }
      return new Events(client.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + door.port() + path))
              .timeout(Duration.ofSeconds(30));
      for (int i = 0; i + 1 < headers.size(); i += 2) {
        request.header(headers.get(i), headers.get(i + 1));
      }
      return request;
    }
  }

  /** Asks without saying who. */
  public Voice nobody() {
    return new Voice(List.of());
  }

  /** Asks with a bearer token of the application. */
  public Voice bearer(String applicationToken) {
    return new Voice(List.of("Authorization", "Bearer " + applicationToken));
  }

  /** Asks as an operator on behalf of nobody. */
  public Voice operator() {
    return new Voice(List.of("Authorization", "Bearer " + token.secret().reveal()));
  }

  /** Asks as an operator on behalf of a tenant. */
  public Voice as(Object tenant, String role) {
    return new Voice(
        List.of(
            "Authorization",
            "Bearer " + token.secret().reveal(),
            "Undercroft-Tenant",
            tenant.toString(),
            "Undercroft-Role",
            role));
  }

  @Override
  public void close() {
    door.close();
    client.close();
    backstage.close();
  }

  private record StagedServices(
      Data data, Live live, DatabaseHealth health, Vault vault, Outbox outbox)
      implements Services {}

  /** No verb of the product is spoken on a stage. */
  private static final class NoPlatform implements Platform {
    @Override
    public <R> R run(Caller caller, Command<R> command, Progress progress) {
      throw new UnsupportedOperationException(command.verb());
    }
  }
}
