package dev.undercroft.apps.seda;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A track at a provider, recognised by its address. Immutable.
 *
 * @param provider spotify, youtube, apple, bandcamp or beatport
 * @param providerId the provider's own id
 * @param url the address without what changes from share to share
 */
record TrackLink(String provider, String providerId, String url) {

  /** How one provider's addresses look: the host, then path and query. */
  private record Shape(
      String provider,
      Pattern address,
      Function<Matcher, String> id,
      Function<Matcher, String> url) {}

  private static final String YOUTUBE = "https://www.youtube.com/watch?v=";

  private static final List<Shape> SHAPES =
      List.of(
          shape(
              "spotify",
              "open\\.spotify\\.com/(?:intl-[a-z]{2}/)?track/([A-Za-z0-9-]+)(?:\\?.*)?",
              "https://open.spotify.com/track/"),
          shape(
              "youtube",
              "(?:www\\.|m\\.|music\\.)?youtube\\.com/watch\\?(?:.*&)?v=([\\w-]+)(?:&.*)?",
              YOUTUBE),
          shape("youtube", "youtu\\.be/([\\w-]+)(?:\\?.*)?", YOUTUBE),
          new Shape(
              "apple",
              Pattern.compile(
                  "music\\.apple\\.com/([a-z]{2})/album/([^/?]+/\\d+)\\?(?:.*&)?i=(\\d+)(?:&.*)?"),
              found -> found.group(3),
              found ->
                  "https://music.apple.com/"
                      + found.group(1)
                      + "/album/"
                      + found.group(2)
                      + "?i="
                      + found.group(3)),
          new Shape(
              "bandcamp",
              Pattern.compile("([a-z0-9-]+)\\.bandcamp\\.com/track/([\\w-]+)(?:\\?.*)?"),
              found -> found.group(1) + "/" + found.group(2),
              found -> "https://" + found.group(1) + ".bandcamp.com/track/" + found.group(2)),
          new Shape(
              "beatport",
              Pattern.compile("(?:www\\.)?beatport\\.com/track/([\\w-]+)/(\\d+)(?:\\?.*)?"),
              found -> found.group(2),
              found -> "https://www.beatport.com/track/" + found.group(1) + "/" + found.group(2)));

  private static Shape shape(String provider, String address, String prefix) {
    return new Shape(
        provider,
        Pattern.compile(address),
        found -> found.group(1),
        found -> prefix + found.group(1));
  }

  /** The track at this address; empty when it is none that is known. */
  static Optional<TrackLink> at(String address) {
    URI uri;
    try {
      uri = URI.create(address.strip());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
    boolean web =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getPort() != -1) {
      return Optional.empty();
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String rest = uri.getHost().toLowerCase(java.util.Locale.ROOT) + uri.getRawPath() + query;
    for (Shape shape : SHAPES) {
      Matcher found = shape.address().matcher(rest);
      if (found.matches()) {
        return Optional.of(
            new TrackLink(shape.provider(), shape.id().apply(found), shape.url().apply(found)));
      }
    }
    return Optional.empty();
  }
}
