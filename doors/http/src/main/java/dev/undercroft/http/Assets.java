package dev.undercroft.http;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The style sheet and the pictures of the pages, from the jar. */
final class Assets {

  private static final Map<String, String> FILES =
      Map.of("house.css", "text/css; charset=utf-8", "mark.svg", "image/svg+xml");

  private Assets() {}

  /** One route per file: what is not in the list cannot be asked for. */
  static List<Route> routes() {
    return FILES.entrySet().stream().map(file -> route(file.getKey(), file.getValue())).toList();
  }

  private static Route route(String name, String mediaType) {
    byte[] bytes = read(name);
    return Route.get("/assets/" + name, "A file of the pages")
        .answersText(mediaType.split(";", 2)[0])
        .openTo(Audience.EVERYONE)
        .handledBy(request ->
            Response.bytes(mediaType, bytes).with("Cache-Control", "public, max-age=60"));
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the file " + name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
