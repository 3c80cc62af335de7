package dev.undercroft.main;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks the description of an application and sends what nobody should, in several names. Notes
 * what must not come back: a defect, an answer that is no problem body, another's values.
 */
final class HostileWalk implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** From each so many requests, fewer than any limit of an address allows in a minute. */
  private static final int PER_ADDRESS = 25;

  private static final int ADDRESSES = 200;
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|org\\.|java\\.|dev\\.undercroft\\.|SQLSTATE|pg_catalog|select .* from ");

  private final Target target;
  private final Random random;
  private final List<HttpClient> clients = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private int sent;

  /**
   * What is attacked.
   *
   * @param address of the server
   * @param application its name
   * @param voices the headers of those who ask, by name
   * @param secrets values of others, none of which may come out
   * @param known ids of others' rows
   */
  record Target(
      String address,
      String application,
      Map<String, List<String>> voices,
      List<String> secrets,
      List<String> known) {}

  HostileWalk(Target target, long seed) throws IOException {
    this.target = target;
    this.random = new Random(seed);
    for (int i = 0; i < ADDRESSES; i++) {
      byte[] loopback = {127, 0, 7, (byte) (i + 1)};
      clients.add(HttpClient.newBuilder().localAddress(InetAddress.getByAddress(loopback)).build());
    }
  }

  List<String> wrong() {
    return wrong;
  }

  /** How many answers of each status there were. */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  /** Sends so many requests to each operation in the name of whom the application knows. */
  void walk(int times) throws Exception {
    String own = "/apps/" + target.application();
    JsonNode document =
        JSON.readTree(answer(HttpRequest.newBuilder(uri(own + "/api/openapi.json")).build()).body);
    HostileValues values =
        new HostileValues(random, document.at("/components/schemas"), target.known());
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (String voice : target.voices().keySet()) {
          // Who is not known gets no further than the door.
          int often = target.voices().get(voice).size() > 2 ? times : 2;
          for (int i = 0; i < often; i++) {
            Call call = new Call(operation.getKey(), path.getKey(), operation.getValue());
            send(voice, call, values, i);
          }
        }
      }
    }
  }

  /** An operation of the description. */
  private record Call(String method, String path, JsonNode operation) {
    JsonNode body() {
      return operation.at("/requestBody/content/application~1json/schema");
    }
  }

  private void send(String voice, Call call, HostileValues values, int number) throws Exception {
    StringBuilder place = new StringBuilder(call.path());
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : call.operation().path("parameters")) {
      String name = parameter.path("name").asString("");
      boolean path = parameter.path("in").asString("").equals("path");
      String value = encoded(path && random.nextBoolean() ? values.row() : values.text());
      switch (parameter.path("in").asString("")) {
        case "path" -> {
          String shown = value.isEmpty() ? "%20" : value;
          int at = place.indexOf("{" + name + "}");
          place.replace(at, at + name.length() + 2, shown.length() > 2_000 ? "x" : shown);
        }
        case "query" -> {
          if (random.nextBoolean() && value.length() < 2_000) {
            query.add(name + "=" + value);
          }
        }
        default -> {}
      }
    }
    if (random.nextInt(10) == 0) {
      query.add("unheard=1");
    }
    String line = place + (query.isEmpty() ? "" : "?" + String.join("&", query));
    @Nullable String body = body(call, values, number);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(line)).timeout(Duration.ofMinutes(1));
    request.method(
        call.method().toUpperCase(java.util.Locale.ROOT),
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", random.nextInt(12) == 0 ? "text/plain" : "application/json");
    }
    List<String> headers = target.voices().get(voice);
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    judge(
        voice + " " + call.method() + " " + line + " " + shortened(body), answer(request.build()));
  }

  private @Nullable String body(Call call, HostileValues values, int number) {
    if (call.body().isMissingNode()) {
      return random.nextInt(8) == 0 ? "{}" : null;
    }
    List<String> wrong = HostileValues.wrongBodies();
    return number % 3 == 0 ? wrong.get(random.nextInt(wrong.size())) : values.body(call.body());
  }

  private URI uri(String path) {
    return URI.create(target.address() + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String shortened(@Nullable String body) {
    String text = body == null ? "" : body;
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private record Answer(int status, String type, String body) {}

  private Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpClient client = clients.get(sent / PER_ADDRESS % clients.size());
    sent++;
    HttpResponse<InputStream> answer =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    try (InputStream in = answer.body()) {
      boolean endless = type.startsWith("text/event-stream");
      String body = endless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(answer.statusCode(), type, body);
    }
  }

  private void judge(String what, Answer answer) {
    statuses.merge(answer.status(), 1, Integer::sum);
    String told = what + " → " + answer.status() + " " + shortened(answer.body());
    if (answer.status() >= 500) {
      wrong.add("a defect: " + told);
    }
    if (answer.status() >= 400 && !isProblem(answer)) {
      wrong.add("no problem body: " + told);
    }
    if (answer.status() >= 400 && INSIDE.matcher(answer.body()).find()) {
      wrong.add("tells of the inside: " + told);
    }
    for (String secret : target.secrets()) {
      if (answer.body().contains(secret)) {
        wrong.add("tells " + secret + ": " + told);
      }
    }
  }

  private static boolean isProblem(Answer answer) {
    if (!answer.type().startsWith("application/problem+json")) {
      return false;
    }
    try {
      JsonNode problem = JSON.readTree(answer.body());
      return problem.path("status").asInt() == answer.status()
          && !problem.path("code").asString("").isEmpty()
          && !problem.path("title").asString("").isEmpty();
    } catch (JacksonException noJson) {
      return false;
    }
  }

  @Override
  public void close() {
    clients.forEach(HttpClient::close);
  }
}
