package dev.undercroft.http;

import dev.undercroft.base.ByteSize;
import dev.undercroft.sdk.Detail;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTP server serves. Immutable.
 *
 * @param address the network address to listen on; {@code 127.0.0.1} reaches this machine only
 * @param port the port; 0 lets the system choose
 * @param hosts names under which the server is reached besides {@code localhost} and addresses; a
 *     request that names another host is refused, because a web page could have sent it
 * @param largestBody larger request bodies are refused
 * @param idle a connection that is silent for so long is closed
 * @param drain how long requests in flight may take to finish when the server stops
 * @param detail how much callers without the operator token are told
 */
public record HttpSettings(
    String address,
    int port,
    List<String> hosts,
    ByteSize largestBody,
    Duration idle,
    Duration drain,
    Detail detail) {

  /** Copies the list. */
  public HttpSettings {
    hosts = List.copyOf(hosts);
  }

  /** What holds when nothing is set: this machine only, port 8000. */
  public static HttpSettings standard() {
    return new HttpSettings(
        "127.0.0.1",
        8000,
        List.of(),
        new ByteSize(1 << 20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Detail.BRIEF);
  }

  /** The same on another port. */
  public HttpSettings onPort(int other) {
    return new HttpSettings(address, other, hosts, largestBody, idle, drain, detail);
  }

  /** The same, telling this much. */
  public HttpSettings telling(Detail much) {
    return new HttpSettings(address, port, hosts, largestBody, idle, drain, much);
  }
}
