package dev.undercroft.sdk;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One method and path: what it takes, what it answers, who may call it. What is declared here is
 * checked before the handler runs and published as OpenAPI. Immutable; each word gives a new route.
 */
public final class Route {

  private static final Pattern BRACES = Pattern.compile("\\{([^}]+)}");

  private final Method method;
  private final String path;
  private final String summary;
  private String description = "";
  private List<Parameter> parameters = List.of();
  private @Nullable Class<?> body;
  private Map<Integer, Type> answers = Map.of();
  private String textType = "text/plain";
  private Audience audience = Audience.OPERATOR;
  private boolean streaming;
  private @Nullable Identifier identifier;
  private @Nullable Handler handler;

  private Route(Method method, String path, String summary) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: " + path);
    }
    this.method = method;
    this.path = path;
    this.summary = summary;
  }

  private Route(Route other) {
    this(other.method, other.path, other.summary);
    description = other.description;
    parameters = other.parameters;
    body = other.body;
    answers = other.answers;
    textType = other.textType;
    audience = other.audience;
    streaming = other.streaming;
    identifier = other.identifier;
    handler = other.handler;
  }

  /**
   * A route that reads.
   *
   * @param path path with parameters in braces, for example {@code /rooms/{room}}
   * @param summary what it does, a few words
   */
  public static Route get(String path, String summary) {
    return new Route(Method.GET, path, summary);
  }

  /** A route that makes or does something. */
  public static Route post(String path, String summary) {
    return new Route(Method.POST, path, summary);
  }

  /** A route that replaces. */
  public static Route put(String path, String summary) {
    return new Route(Method.PUT, path, summary);
  }

  /** A route that changes in part. */
  public static Route patch(String path, String summary) {
    return new Route(Method.PATCH, path, summary);
  }

  /** A route that removes. */
  public static Route delete(String path, String summary) {
    return new Route(Method.DELETE, path, summary);
  }

  /** With a longer text for the published description. */
  public Route describedAs(String text) {
    Route next = new Route(this);
    next.description = text;
    return next;
  }

  /** With one more parameter. */
  public Route with(Parameter parameter) {
    Route next = new Route(this);
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(parameter);
    next.parameters = List.copyOf(more);
    return next;
  }

  /** With a JSON body of this record type; unknown properties are refused. */
  public Route takes(Class<?> type) {
    Route next = new Route(this);
    next.body = type;
    return next;
  }

  /** Answers status 200 with JSON of this type. */
  public Route answers(Class<?> type) {
    return answers(200, type);
  }

  /** Answers status 200 with a text or file of this media type, for example {@code text/html}. */
  public Route answersText(String mediaType) {
    Route next = answers(200, String.class);
    next.textType = mediaType;
    return next;
  }

  /** Answers this status with JSON of this type; {@code Void.class} for no body. */
  public Route answers(int status, Class<?> type) {
    return answering(status, type);
  }

  /**
   * Answers status 200 with JSON of a record type that has one parameter.
   *
   * @param of what stands for the parameter
   * @throws IllegalArgumentException if the type does not have one parameter
   */
  public Route answers(Class<?> generic, Class<?> of) {
    return answers(200, generic, of);
  }

  /**
   * Answers this status with JSON of a record type that has one parameter.
   *
   * @param of what stands for the parameter
   * @throws IllegalArgumentException if the type does not have one parameter
   */
  public Route answers(int status, Class<?> generic, Class<?> of) {
    return answering(status, new Applied(generic, of));
  }

  private Route answering(int status, Type type) {
    Route next = new Route(this);
    Map<Integer, Type> more = new LinkedHashMap<>(answers);
    more.put(status, type);
    next.answers = Collections.unmodifiableMap(more);
    return next;
  }

  /** Answers with server-sent events whose data is JSON of this type. */
  public Route streams(Class<?> type) {
    Route next = answers(200, type);
    next.streaming = true;
    return next;
  }

  /** May be called by these. */
  public Route openTo(Audience who) {
    Route next = new Route(this);
    next.audience = who;
    return next;
  }

  /**
   * Callers are told apart by this, besides the operator. An application that does so for all of
   * its routes hands on {@code route -> routes.add(route.identifiedBy(sessions))} instead of {@code
   * routes}.
   */
  public Route identifiedBy(Identifier finding) {
    Route next = new Route(this);
    next.identifier = finding;
    return next;
  }

  /**
   * Answered by this handler: the last word.
   *
   * @throws IllegalArgumentException if the names in the path and the path parameters differ
   */
  public Route handledBy(Handler answering) {
    var inPath = new TreeSet<String>();
    var matcher = BRACES.matcher(path);
    while (matcher.find()) {
      inPath.add(matcher.group(1));
    }
    var declared = new TreeSet<String>();
    parameters.stream()
        .filter(parameter -> parameter.place() == Parameter.Place.PATH)
        .forEach(parameter -> declared.add(parameter.name()));
    if (!inPath.equals(declared)) {
      throw new IllegalArgumentException(
          method + " " + path + " names " + inPath + " and declares " + declared);
    }
    Route next = new Route(this);
    next.handler = answering;
    return next;
  }

  /** The HTTP method. */
  public Method method() {
    return method;
  }

  /** The path with parameters in braces. */
  public String path() {
    return path;
  }

  /** What it does, a few words. */
  public String summary() {
    return summary;
  }

  /** The longer text, or empty text. */
  public String description() {
    return description;
  }

  /** The parameters, in the order they were declared. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The type of the JSON body it takes. */
  public Optional<Class<?>> body() {
    return Optional.ofNullable(body);
  }

  /** The types it answers with, by status. */
  public Map<Integer, Type> answers() {
    return answers;
  }

  /** The media type of an answer that is a text. */
  public String textType() {
    return textType;
  }

  /** Who may call it. */
  public Audience audience() {
    return audience;
  }

  /** Whether it answers with server-sent events. */
  public boolean streaming() {
    return streaming;
  }

  /** Finds out who shows a bearer token of the application. */
  public Optional<Identifier> identifier() {
    return Optional.ofNullable(identifier);
  }

  /**
   * The handler.
   *
   * @throws NullPointerException if none was given
   */
  public Handler handler() {
    return Objects.requireNonNull(handler, () -> method + " " + path + " has no handler");
  }
}
