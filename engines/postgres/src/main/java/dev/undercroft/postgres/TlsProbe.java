package dev.undercroft.postgres;

import dev.undercroft.access.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * Asks a server whether it speaks TLS, the way clients do: an SSLRequest of eight bytes, answered
 * by one byte. Source: PostgreSQL manual, "Message Formats", SSLRequest.
 */
final class TlsProbe {

  /** What a server answers. */
  enum Answer {
    /** It speaks TLS. */
    OFFERED,
    /** It speaks PostgreSQL's protocol without TLS. */
    NOT_OFFERED,
    /** It does not speak PostgreSQL's protocol. */
    OTHER_PROTOCOL,
    /** Nothing came back. */
    SILENT
  }

  private static final int LENGTH = 8;
  private static final int SSL_REQUEST_CODE = 80877103;
  private static final int TIMEOUT_MILLIS = 3_000;

  private TlsProbe() {}

  static Answer ask(HostPort server) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.host(), server.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] request = ByteBuffer.allocate(LENGTH).putInt(LENGTH).putInt(SSL_REQUEST_CODE).array();
      socket.getOutputStream().write(request);
      return switch (socket.getInputStream().read()) {
        case 'S' -> Answer.OFFERED;
        case 'N', 'E' -> Answer.NOT_OFFERED;
        case -1 -> Answer.SILENT;
        default -> Answer.OTHER_PROTOCOL;
      };
    } catch (IOException unreachable) {
      return Answer.SILENT;
    }
  }
}
