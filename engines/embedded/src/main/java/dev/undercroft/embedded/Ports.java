package dev.undercroft.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses the server's port: the one that is asked for, else the last one, else any free one. */
record Ports(ServerPlace place, int wished) {

  int choose() {
    if (wished != 0) {
      if (!isFree(wished)) {
        throw StartFailure.portTaken(place.home(), wished);
      }
      return wished;
    }
    return remembered().filter(Ports::isFree).orElseGet(Ports::anyFree);
  }

  private Optional<Integer> remembered() {
    Path file = place.port();
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file).strip())
              .filter(text -> text.matches("\\d{1,5}"))
              .map(Integer::parseInt)
          : Optional.empty();
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.home(), e);
    }
  }

  void remember(int port) {
    try {
      Files.writeString(place.port(), port + "\n");
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.home(), e);
    }
  }

  /** On every loopback address: "localhost" may lead to either. */
  private static boolean isFree(int port) {
    for (String address : new String[] {"127.0.0.1", "::1"}) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      } catch (java.net.BindException taken) {
        if (!address.equals("::1") || hasIpv6()) {
          return false;
        }
      } catch (IOException noSuchAddress) {
        if (!address.equals("::1")) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
