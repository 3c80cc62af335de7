package dev.undercroft.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * As much of Google Cloud Storage as a store of blobs needs, on loopback and in memory: tokens
 * against a signature made with the service account's key (RFC 7523), uploads at once and in parts
 * that go on after an interruption, conditions on generations, checksums, ranges, pages of
 * listings. A request without a valid token is refused. Thread-safe.
 */
public final class GcsServer implements AutoCloseable {

  /** The only bucket. */
  public static final String BUCKET = "backups";

  private static final int PAGE = 3;
  private static final Pattern OBJECT =
      Pattern.compile("(?:/download)?/storage/v1/b/backups/o/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes[= ](\\d+)-(\\d*)(?:/(\\d+))?");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyPair keys;
  private final String token = UUID.randomUUID().toString();
  private final NavigableMap<String, Item> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final AtomicInteger toFail = new AtomicInteger();

  /** A stored object. */
  private static final class Item {
    private final byte[] bytes;
    private final Instant updated = Instant.now();

    Item(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** An upload in parts. */
  private static final class Upload {
    private final String name;
    private final boolean onlyNew;
    private final String checksum;
    private byte[] bytes = new byte[0];

    Upload(String name, boolean onlyNew, String checksum) {
      this.name = name;
      this.onlyNew = onlyNew;
      this.checksum = checksum;
    }
  }

  private GcsServer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  /** Starts the server with an empty bucket. */
  public static GcsServer start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      GcsServer made = new GcsServer(HttpServer.create(address, 0), generator.generateKeyPair());
      made.server.setExecutor(made.threads);
      made.server.createContext("/", made::answer);
      made.server.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Writes a service account's key file whose tokens this server gives out. */
  public Path keyFile(Path folder) throws IOException {
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("type", "service_account");
    fields.put("project_id", "a-project");
    fields.put("private_key_id", "1");
    fields.put("private_key", pem);
    fields.put("client_email", "backup@a-project.iam.gserviceaccount.com");
    fields.put("client_id", "1");
    fields.put("token_uri", endpoint() + "/token");
    StringBuilder json = new StringBuilder();
    fields.forEach((name, value) ->
        json.append(json.isEmpty() ? "{" : ",").append("\"" + name + "\":\"" + value + "\""));
    return Files.writeString(folder.resolve("gcs-key.json"), json + "}");
  }

  /** Lets the next requests about objects fail with 503. */
  public void failNext(int requests) {
    toFail.set(requests);
  }

  /** How often it was asked without a valid token or signature. */
  public int refusals() {
    return refusals.get();
  }

  /** How many uploads came in more than one part. */
  public int resumed() {
    return resumed.get();
  }

  /** Changes one bit of an object. */
  public void damage(String name) {
    objects.computeIfPresent(
        name,
        (same, item) -> {
          byte[] changed = item.bytes.clone();
          changed[changed.length / 2] ^= 4;
          return new Item(changed);
        });
  }

  /** The names of all objects, in order. */
  public Iterable<String> names() {
    return objects.keySet();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      if (path.equals("/token")) {
        token(exchange, new String(body, StandardCharsets.UTF_8));
      } else if (!("Bearer " + token)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        refusals.incrementAndGet();
        send(exchange, 401, "{\"error\":{\"code\":401,\"message\":\"no token\"}}");
      } else if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        send(exchange, 503, "{\"error\":{\"code\":503,\"message\":\"later\"}}");
      } else if (path.startsWith("/upload/")) {
        upload(exchange, body);
      } else {
        object(exchange, path);
      }
    }
  }

  /** The assertion's header and claims are signed with the service account's key. */
  private void token(HttpExchange exchange, String form) throws IOException {
    String assertion = parameters(form).getOrDefault("assertion", "..");
    String[] parts = assertion.split("\\.", -1);
    String claims = new String(decoded(parts[1]), StandardCharsets.UTF_8);
    boolean sound =
        parts.length == 3
            && isSigned(parts[0] + "." + parts[1], decoded(parts[2]))
            && claims.contains("devstorage.read_write")
            && claims.contains("backup@a-project.iam.gserviceaccount.com")
            && claims.contains("/token");
    if (!sound) {
      refusals.incrementAndGet();
      send(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    send(
        exchange,
        200,
        "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private boolean isSigned(String text, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(keys.getPublic());
      check.update(text.getBytes(StandardCharsets.US_ASCII));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void upload(HttpExchange exchange, byte[] body) throws IOException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    Upload begun = uploads.get(query.getOrDefault("upload_id", ""));
    if (begun != null) {
      part(exchange, begun, body);
      return;
    }
    boolean onlyNew = "0".equals(query.get("ifGenerationMatch"));
    if (query.getOrDefault("uploadType", "").equals("resumable")) {
      String made = UUID.randomUUID().toString();
      String text = new String(body, StandardCharsets.UTF_8);
      uploads.put(made, new Upload(field(text, "name"), onlyNew, field(text, "crc32c")));
      exchange
          .getResponseHeaders()
          .set("Location", endpoint() + "/upload/storage/v1/b/backups/o?upload_id=" + made);
      send(exchange, 200, "");
      return;
    }
    multipart(exchange, body, onlyNew);
  }

  /** Two parts: what the object is, and its bytes (RFC 2387). */
  private void multipart(HttpExchange exchange, byte[] body, boolean onlyNew) throws IOException {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String boundary = text.substring(0, text.indexOf("\r\n"));
    int second = text.indexOf(boundary, boundary.length());
    int bytes = text.indexOf("\r\n\r\n", second) + 4;
    int end = text.lastIndexOf("\r\n" + boundary);
    String meta = text.substring(0, second);
    Upload upload = new Upload(field(meta, "name"), onlyNew, field(meta, "crc32c"));
    upload.bytes = Arrays.copyOfRange(body, bytes, end);
    store(exchange, upload);
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  private void part(HttpExchange exchange, Upload upload, byte[] body) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    Matcher found = RANGE.matcher(range == null ? "" : range);
    if (found.matches() && Long.parseLong(found.group(1)) == upload.bytes.length) {
      byte[] all = Arrays.copyOf(upload.bytes, upload.bytes.length + body.length);
      System.arraycopy(body, 0, all, upload.bytes.length, body.length);
      upload.bytes = all;
    }
    String total = range == null ? "*" : range.substring(range.indexOf('/') + 1);
    if (!total.equals("*") && Long.parseLong(total) == upload.bytes.length) {
      store(exchange, upload);
      return;
    }
    resumed.incrementAndGet();
    if (upload.bytes.length > 0) {
      exchange.getResponseHeaders().set("Range", "bytes=0-" + (upload.bytes.length - 1));
    }
    send(exchange, 308, "");
  }

  private void store(HttpExchange exchange, Upload upload) throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(upload.bytes);
    byte[] crc = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
    if (!Base64.getEncoder().encodeToString(crc).equals(upload.checksum)) {
      send(exchange, 400, "{\"error\":{\"code\":400,\"message\":\"crc32c does not match\"}}");
      return;
    }
    Item item = new Item(upload.bytes);
    if (upload.onlyNew ? objects.putIfAbsent(upload.name, item) != null : false) {
      send(exchange, 412, "{\"error\":{\"code\":412,\"message\":\"conditionNotMet\"}}");
      return;
    }
    objects.put(upload.name, item);
    send(exchange, 200, shown(upload.name, item));
  }

  private static String shown(String name, Item item) {
    return "{\"name\":\"%s\",\"size\":\"%d\",\"updated\":\"%s\"}"
        .formatted(
            name,
            item.bytes.length,
            item.updated.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
  }

  private void object(HttpExchange exchange, String path) throws IOException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    Matcher named = OBJECT.matcher(path);
    if (!named.matches()) {
      list(exchange, query);
      return;
    }
    String name = URLDecoder.decode(named.group(1), StandardCharsets.UTF_8);
    Item item = objects.get(name);
    if (item == null) {
      send(exchange, 404, "{\"error\":{\"code\":404,\"message\":\"no such object\"}}");
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      objects.remove(name);
      send(exchange, 204, "");
    } else if ("media".equals(query.get("alt"))) {
      media(exchange, item.bytes);
    } else {
      send(exchange, 200, shown(name, item));
    }
  }

  private static void media(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, bytes);
      return;
    }
    Matcher wanted = RANGE.matcher(range);
    int from = wanted.matches() ? Integer.parseInt(wanted.group(1)) : 0;
    if (from >= bytes.length) {
      send(exchange, 416, "");
      return;
    }
    String last = wanted.group(2);
    long end = last.isEmpty() ? bytes.length : Math.min(bytes.length, Long.parseLong(last) + 1);
    send(exchange, 206, Arrays.copyOfRange(bytes, from, (int) end));
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("pageToken", "");
    StringBuilder items = new StringBuilder();
    String last = "";
    int count = 0;
    for (var each : objects.tailMap(after, after.isEmpty()).entrySet()) {
      if (each.getKey().startsWith(prefix)) {
        if (count++ == PAGE) {
          send(exchange, 200, "{\"nextPageToken\":\"" + last + "\",\"items\":[" + items + "]}");
          return;
        }
        items.append(items.isEmpty() ? "" : ",").append(shown(each.getKey(), each.getValue()));
        last = each.getKey();
      }
    }
    send(exchange, 200, "{\"items\":[" + items + "]}");
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair : (text == null ? "" : text).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
