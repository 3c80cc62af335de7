package dev.undercroft.apps.seda;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Where the verification crawler may go. Pure. */
final class CrawlTarget {

  /** These hosts, and what ends with a dot and one of them where it begins with a dot. */
  private static final List<String> HOSTS =
      List.of(
          "bandcamp.com",
          ".bandcamp.com",
          "soundcloud.com",
          "www.soundcloud.com",
          "m.soundcloud.com",
          "open.spotify.com",
          "music.apple.com",
          "youtube.com",
          "www.youtube.com",
          "m.youtube.com",
          "music.youtube.com",
          "youtu.be");

  private CrawlTarget() {}

  /**
   * The address, checked: https, an allowed host, the usual port, no user name.
   *
   * @throws ProblemException if the crawler may not go there
   */
  static URI accept(String address) {
    URI uri;
    try {
      uri = URI.create(address.strip());
    } catch (IllegalArgumentException noAddress) {
      throw refusal("it is no address", address);
    }
    if (!"https".equalsIgnoreCase(uri.getScheme())) {
      throw refusal("it does not begin with https://", address);
    }
    if (uri.getHost() == null || !isAllowed(uri.getHost().toLowerCase(Locale.ROOT))) {
      throw refusal(
          "its host is none of Bandcamp, SoundCloud, Spotify, Apple Music, YouTube", address);
    }
    if (uri.getUserInfo() != null || (uri.getPort() != -1 && uri.getPort() != 443)) {
      throw refusal("it names a user or a port", address);
    }
    return uri;
  }

  private static boolean isAllowed(String host) {
    return HOSTS.stream()
        .anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
  }

  /**
   * Whether an address belongs to the public internet, so that a name which resolves to it leads
   * into nobody's private network (IANA special-purpose address registries, RFC 6890).
   */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean special =
        first == 0
            || first >= 240
            || (first == 100 && second >= 64 && second < 128)
            || (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 192 && second == 88 && third == 99)
            || (first == 198 && (second == 18 || second == 19))
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !special;
  }

  /** Only global unicast, and nothing that carries another address inside. */
  private static boolean isPublic6(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean global = (first & 0xe0) == 0x20;
    boolean sixToFour = first == 0x20 && second == 0x02;
    boolean special = first == 0x20 && second == 0x01 && (bytes[2] == 0 || bytes[2] == 0x0d);
    return global && !sixToFour && !special;
  }

  private static ProblemException refusal(String reason, String address) {
    return Problem.of(
            "SEDA_TARGET_REFUSED",
            ProblemKind.INPUT,
            "the crawler does not go to '" + address + "': " + reason)
        .withRemedy("Give the https address of your page at one of these services.")
        .with("pointer", "/targetUrl")
        .exception();
  }
}
