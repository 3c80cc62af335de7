package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lives a day over HTTP and compares it with its page. The steps:
 *
 * <ul>
 *   <li>{@code anna is operator for ID as ROLE}, {@code anna is bearer $token}, {@code nobody is
 *       unknown}
 *   <li>{@code anna: POST /path}, a body, {@code --> 201} and the part of the answer that counts
 *   <li>{@code a letter to ADDRESS}, {@code -->} and a pattern with named groups
 *   <li>{@code anna follows /path}, later {@code anna hears}, {@code -->} and name and data of the
 *       next event
 * </ul>
 *
 * <p>In a wanted answer {@code "$name"} takes a value, or is compared with what it took before;
 * {@code "…"} is any value.
 */
final class DayRun implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z]+)");
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z]+)>");
  private static final Pattern WHO = Pattern.compile("(\\w+) is (.*)");
  private static final Pattern ASKS = Pattern.compile("(\\w+): ([A-Z]+) (/\\S*)");
  private static final Pattern LETTER = Pattern.compile("a letter to (\\S+)");
  private static final Pattern FOLLOWS = Pattern.compile("(\\w+) follows (/\\S*)");
  private static final Pattern HEARS = Pattern.compile("(\\w+) hears");

  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, List<String>> people = new HashMap<>();
  private final Map<String, DayEvents> streams = new TreeMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Instance instance;
  private final Day day;

  /**
   * Where the day is lived.
   *
   * @param address of the server
   * @param operator the operator token
   * @param outbox the folder with the application's letters
   */
  record Instance(String address, String operator, Path outbox) {}

  DayRun(Instance instance, Day day) {
    this.instance = instance;
    this.day = day;
  }

  /** Lives the whole day, and says of each step that went otherwise how. */
  List<String> live() throws Exception {
    List<String> otherwise = new ArrayList<>();
    for (Day.Step step : day.steps()) {
      String at = "docs/day/%s.md:%d %s".formatted(day.application(), step.line(), step.first());
      try {
        step(step, at);
      } catch (AssertionError deviation) {
        otherwise.add(String.valueOf(deviation.getMessage()));
      }
    }
    return otherwise;
  }

  private void step(Day.Step step, String at) throws Exception {
    String first = filled(step.first());
    Matcher who = WHO.matcher(first);
    Matcher asks = ASKS.matcher(first);
    Matcher letter = LETTER.matcher(first);
    Matcher follows = FOLLOWS.matcher(first);
    Matcher hears = HEARS.matcher(first);
    if (asks.matches()) {
      ask(asks, step, at);
    } else if (who.matches()) {
      for (String line : step.text()) {
        Matcher one = WHO.matcher(filled(line));
        assertThat(one.matches()).as(at).isTrue();
        people.put(one.group(1), headers(one.group(2), at));
      }
    } else if (letter.matches()) {
      letter(letter.group(1), step.wanted(), at);
    } else if (follows.matches()) {
      follow(follows.group(1), follows.group(2), at);
    } else if (hears.matches()) {
      String[] wanted = step.wanted().split("\\s", 2);
      JsonNode event = streams.get(hears.group(1)).next(wanted[0], at);
      compare(JSON.readTree(wanted[1]), event, at);
    } else {
      throw new AssertionError("nobody understands " + at);
    }
  }

  private List<String> headers(String words, String at) {
    Matcher operator = Pattern.compile("operator(?: for (\\S+) as (\\S+))?").matcher(words);
    Matcher bearer = Pattern.compile("bearer (\\S+)").matcher(words);
    if (words.equals("unknown")) {
      return List.of();
    }
    if (bearer.matches()) {
      return List.of("Authorization", "Bearer " + bearer.group(1));
    }
    assertThat(operator.matches()).as(at).isTrue();
    List<String> headers =
        new ArrayList<>(List.of("Authorization", "Bearer " + instance.operator()));
    if (operator.group(1) != null) {
      headers.addAll(
          List.of("Undercroft-Tenant", operator.group(1), "Undercroft-Role", operator.group(2)));
    }
    return headers;
  }

  private HttpRequest.Builder request(String who, String path, String at) {
    assertThat(people).as(at).containsKey(who);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(instance.address() + "/apps/" + day.application() + path))
            .timeout(PATIENCE);
    List<String> headers = people.get(who);
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return request;
  }

  private void ask(Matcher asks, Day.Step step, String at) throws Exception {
    HttpRequest.Builder request = request(asks.group(1), asks.group(3), at);
    String body = filled(step.sent());
    if (body.isEmpty()) {
      request.method(asks.group(2), BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(asks.group(2), BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String[] wanted = step.wanted().split("\\s", 2);
    assertThat(answer.statusCode() + " " + answer.body()).as(at).startsWith(wanted[0] + " ");
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(at)
          .contains("application/problem+json");
    }
    if (wanted.length > 1 && wanted[1].startsWith("~ ")) {
      assertThat(answer.body()).as(at).contains(filled(wanted[1].substring(2)));
    } else if (wanted.length > 1) {
      compare(JSON.readTree(wanted[1]), JSON.readTree(answer.body()), at + " " + answer.body());
    }
  }

  /** The newest letter to somebody that the pattern is found in. */
  private void letter(String to, String pattern, String at) {
    Pattern wanted = Pattern.compile(pattern);
    Await.until(at, () -> letters(to).stream().anyMatch(text -> wanted.matcher(text).find()));
    Matcher names = GROUP.matcher(pattern);
    Matcher found = wanted.matcher(newest(to, wanted));
    assertThat(found.find()).as(at).isTrue();
    while (names.find()) {
      variables.put(names.group(1), found.group(names.group(1)));
    }
  }

  private String newest(String to, Pattern wanted) {
    return letters(to).stream()
        .filter(text -> wanted.matcher(text).find())
        .reduce((older, newer) -> newer)
        .orElse("");
  }

  private List<String> letters(String to) {
    if (!Files.isDirectory(instance.outbox())) {
      return List.of();
    }
    try (var files = Files.list(instance.outbox())) {
      List<String> letters = new ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".eml")).sorted().toList()) {
        String text = Files.readString(file);
        if (text.contains("To: " + to + "\r\n")) {
          letters.add(text);
        }
      }
      return letters;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private void follow(String who, String path, String at) throws Exception {
    Optional<DayEvents> before = Optional.ofNullable(streams.remove(who));
    if (before.isPresent()) {
      before.get().close();
    }
    HttpResponse<java.util.stream.Stream<String>> answer =
        client.send(request(who, path, at).build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.statusCode()).as(at).isEqualTo(200);
    DayEvents events = new DayEvents(answer.body());
    streams.put(who, events);
    events.next("ready", at);
  }

  private String filled(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
  }

  private void compare(JsonNode wanted, JsonNode is, String at) {
    if (wanted.isObject()) {
      wanted
          .propertyStream()
          .forEach(field -> {
            assertThat(is.has(field.getKey())).as(at + " has " + field.getKey()).isTrue();
            compare(field.getValue(), is.get(field.getKey()), at);
          });
    } else if (wanted.isArray()) {
      assertThat(is.size()).as(at).isEqualTo(wanted.size());
      for (int i = 0; i < wanted.size(); i++) {
        compare(wanted.get(i), is.get(i), at);
      }
    } else if (wanted.isString() && wanted.asString().matches("\\$[A-Za-z]+")) {
      String name = wanted.asString().substring(1);
      String known = variables.putIfAbsent(name, is.asString());
      assertThat(is.asString()).as(at).isEqualTo(known == null ? is.asString() : known);
    } else if (!wanted.isString() || !wanted.asString().equals("…")) {
      assertThat(is).as(at).isEqualTo(wanted);
    }
  }

  @Override
  public void close() {
    for (DayEvents events : streams.values()) {
      events.close();
    }
    client.close();
  }
}
