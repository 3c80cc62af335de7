package dev.undercroft.backups;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and an S3 server, and answers or passes on as it is told. One request for
 * each connection. Thread-safe.
 */
final class FaultyProxy implements AutoCloseable {

  private static final long SLOW_PAUSE_NANOS = 1_000_000;
  private static final int SLOW_BYTES = 4096;

  private final ServerSocket socket;
  private final int server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
  private final AtomicInteger fired = new AtomicInteger();

  /** What goes wrong. */
  enum Kind {
    /** The server answers 500. */
    BROKEN,
    /** The server answers 503 and asks to slow down. */
    BUSY,
    /** The answer comes drop by drop. */
    SLOW,
    /** The connection ends in the middle of an answer's body. */
    TRUNCATED,
    /** The connection ends before any answer, after the request was carried out. */
    SILENT
  }

  /**
   * A fault.
   *
   * @param kind what goes wrong
   * @param method of which requests, for example {@code PUT}
   * @param path what the path of the request contains
   * @param times how often
   */
  record Fault(Kind kind, String method, String path, int times) {}

  private FaultyProxy(ServerSocket socket, int server) {
    this.socket = socket;
    this.server = server;
  }

  static FaultyProxy before(URI server) {
    try {
      FaultyProxy made =
          new FaultyProxy(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server.getPort());
      made.threads.execute(made::accept);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** From now on this goes wrong. */
  void set(Fault next) {
    fired.set(0);
    fault.set(next);
  }

  /** How often the present fault went wrong. */
  int fired() {
    return fired.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      byte[] head = head(in);
      if (head.length == 0) {
        return;
      }
      String text = new String(head, StandardCharsets.ISO_8859_1);
      byte[] body = in.readNBytes(length(text));
      answer(client.getOutputStream(), text, body);
    } catch (SocketException gone) {
      // The client has given up.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int letter = in.read();
      if (letter < 0) {
        return new byte[0];
      }
      head.write(letter);
      matched = letter == "\r\n\r\n".charAt(matched) ? matched + 1 : letter == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Whether this request is one that goes wrong, which is then counted. */
  private @Nullable Kind wrong(String head) {
    Fault now = fault.get();
    int space = head.indexOf(' ');
    String path = head.substring(space + 1, head.indexOf(' ', space + 1));
    if (now == null || !head.startsWith(now.method() + " ") || !path.contains(now.path())) {
      return null;
    }
    return fired.getAndUpdate(count -> Math.min(count + 1, now.times())) < now.times()
        ? now.kind()
        : null;
  }

  private void answer(OutputStream out, String head, byte[] body) throws IOException {
    Kind wrong = wrong(head);
    if (wrong == Kind.BROKEN) {
      out.write(refusal("500 Internal Server Error", "InternalError"));
    } else if (wrong == Kind.BUSY) {
      out.write(refusal("503 Slow Down", "SlowDown"));
    } else {
      pass(out, head, body, wrong);
    }
    out.flush();
  }

  private static byte[] refusal(String status, String code) {
    String body = "<Error><Code>" + code + "</Code><Message>a fault</Message></Error>";
    return ("HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void pass(OutputStream out, String head, byte[] body, @Nullable Kind wrong)
      throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      OutputStream there = upstream.getOutputStream();
      String once =
          head.replaceFirst("(?i)\r\nConnection:[^\r]*", "")
              .replaceFirst("(?i)\r\nExpect:[^\r]*", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      there.write(once.getBytes(StandardCharsets.ISO_8859_1));
      there.write(body);
      there.flush();
      byte[] answer = upstream.getInputStream().readAllBytes();
      if (wrong == Kind.SILENT) {
        return;
      }
      int headEnd = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
      if (wrong == Kind.TRUNCATED) {
        out.write(answer, 0, headEnd + (answer.length - headEnd) / 2);
      } else if (wrong == Kind.SLOW) {
        drip(out, answer);
      } else {
        out.write(answer);
      }
    }
  }

  private static void drip(OutputStream out, byte[] answer) throws IOException {
    for (int at = 0; at < answer.length; at += SLOW_BYTES) {
      out.write(answer, at, Math.min(SLOW_BYTES, answer.length - at));
      out.flush();
      LockSupport.parkNanos(SLOW_PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
