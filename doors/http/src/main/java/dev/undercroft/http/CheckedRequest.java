package dev.undercroft.http;

import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request after every check. One thread at a time. */
final class CheckedRequest implements Request {

  /**
   * Who asks and what may be told.
   *
   * @param id the request's id
   * @param caller who asks
   * @param detail what may be told
   */
  record Asking(String id, Caller caller, Detail detail) {}

  private final Context context;
  private final Asking asking;
  private final Map<String, List<Object>> values;
  private final @Nullable Object body;

  CheckedRequest(
      Context context, Asking asking, Map<String, List<Object>> values, @Nullable Object body) {
    this.context = context;
    this.asking = asking;
    this.values = values;
    this.body = body;
  }

  @Override
  public String id() {
    return asking.id();
  }

  @Override
  public Caller caller() {
    return asking.caller();
  }

  @Override
  public Detail detail() {
    return asking.detail();
  }

  @Override
  public String remoteAddress() {
    return context.ip();
  }

  @Override
  public <T> T path(String name, Class<T> type) {
    return type.cast(declared(Parameter.Place.PATH, name).getFirst());
  }

  @Override
  public <T> Optional<T> query(String name, Class<T> type) {
    return declared(Parameter.Place.QUERY, name).stream().findFirst().map(type::cast);
  }

  @Override
  public <T> List<T> queries(String name, Class<T> type) {
    return declared(Parameter.Place.QUERY, name).stream().map(type::cast).toList();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  @Override
  public <T> T body(Class<T> type) {
    if (body == null) {
      throw new IllegalArgumentException("the route declares no body");
    }
    return type.cast(body);
  }

  private List<Object> declared(Parameter.Place place, String name) {
    List<Object> read = values.get(ParameterReader.key(place, name));
    if (read == null) {
      throw new IllegalArgumentException("the route declares no " + place + " '" + name + "'");
    }
    return read;
  }
}
