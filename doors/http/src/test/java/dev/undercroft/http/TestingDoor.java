package dev.undercroft.http;

import dev.undercroft.base.Progress;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A door on a free port, with guests made of routes and a platform that notes what it is told. */
final class TestingDoor implements AutoCloseable {

  final OperatorToken token;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<String> commands = new CopyOnWriteArrayList<>();
  final HttpDoor door;
  final HttpClient client = HttpClient.newHttpClient();
  volatile boolean ready = true;

  TestingDoor(Path folder, HttpSettings settings, List<Guest> guests) {
    token = OperatorToken.readOrMake(folder.resolve("operator.token"));
    House house =
        new House(
            platform(),
            Scope.of(folder),
            token,
            meters,
            () -> "measured 1\n",
            () -> ready ? Optional.of(summary(folder)) : Optional.empty(),
            "1.2.3");
    door = new HttpDoor(settings.onPort(0), house, guests);
    door.start();
  }

  private static InstanceSummary summary(Path folder) {
    ServedProject shop =
        new ServedProject(
            "shop",
            "The <Shop>",
            "shop_dev",
            "postgresql://shop_app@127.0.0.1:5433/shop_dev",
            folder.resolve("shop_app"),
            3,
            0,
            false);
    return new InstanceSummary(
        "http://localhost:8000",
        folder.resolve("operator.token"),
        "PostgreSQL 18.6, embedded",
        "",
        folder,
        List.of(shop),
        Duration.ofMillis(1234));
  }

  Platform platform() {
    return new NotingPlatform();
  }

  static TestingDoor with(Path folder, Consumer<Routes> routes) {
    return new TestingDoor(
        folder, HttpSettings.standard(), List.of(guest("shop", "The Shop", routes)));
  }

  static Guest guest(String name, String title, Consumer<Routes> routes) {
    return new Guest(
        new Application() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public String title() {
            return title;
          }

          @Override
          public void declare(Routes taken, Services services) {
            routes.accept(taken);
          }
        },
        new NoServices());
  }

  URI at(String path) {
    return URI.create("http://localhost:" + door.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder asOperator(String path) {
    return request(path).header("Authorization", "Bearer " + token.secret().reveal());
  }

  HttpRequest.Builder post(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.mapper().readTree(response.body());
  }

  @Override
  public void close() {
    door.close();
    client.close();
  }

  private final class NotingPlatform implements Platform {
    @Override
    public <R> R run(Caller caller, Command<R> command, Progress progress) {
      commands.add(caller.name().replaceAll("@.*", "") + " " + command.verb());
      Object answer =
          switch (command.verb()) {
            case "health" -> health();
            case "migrate status" -> migrations();
            default -> new Deployments(new ArrayList<>());
          };
      return command.outcome().cast(answer);
    }

    private static HealthReport health() {
      return new HealthReport(
          HealthReport.Status.UNHEALTHY,
          Instant.EPOCH,
          List.of(
              new HealthReport.ProjectHealth(
                  "shop",
                  HealthReport.Status.UNHEALTHY,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  "ACCESS_UNREACHABLE")));
    }

    private static MigrationReport migrations() {
      MigrationReport.Entry entry =
          new MigrationReport.Entry(
              "20260101000000_init",
              MigrationReport.State.PENDING,
              Optional.empty(),
              "",
              Optional.empty(),
              0,
              1,
              Optional.empty());
      return new MigrationReport(
          List.of(
              new MigrationReport.ProjectMigrations(
                  "shop", "shop", true, List.of(entry), List.of())));
    }
  }

  /** Services of an application without a database. */
  private static final class NoServices implements Services {
    @Override
    public dev.undercroft.sdk.Data data() {
      throw new UnsupportedOperationException("these applications have no database");
    }

    @Override
    public DatabaseHealth health() {
      return new DatabaseHealth() {
        @Override
        public Snapshot check() {
          return check(List.of());
        }

        @Override
        public Snapshot check(List<String> tables) {
          return new Snapshot(
              Instant.EPOCH,
              false,
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              List.of());
        }

        @Override
        public Optional<Backups> backups() {
          return Optional.empty();
        }

        @Override
        public Migrations migrations() {
          return new Migrations(false, List.of(), List.of(), List.of());
        }
      };
    }
  }

  static HttpSettings tellingAll() {
    return HttpSettings.standard().telling(Detail.FULL);
  }
}
