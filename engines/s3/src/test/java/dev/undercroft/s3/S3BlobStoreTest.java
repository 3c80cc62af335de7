package dev.undercroft.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Secret;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.BlobStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobStoreTest extends BlobStoreContract {

  private static S3Server server;
  private S3BlobStore store;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = S3Server.start(folder);
    S3Server.makeBucket(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected BlobStore store() throws IOException {
    store = new S3BlobStore(place("prefix-" + UUID.randomUUID(), server.endpoint(), "secret"));
    return store;
  }

  private static S3Place place(String prefix, URI endpoint, String secret) {
    return new S3Place(
        S3Server.BUCKET,
        prefix,
        "us-east-1",
        Optional.of(endpoint),
        Secret.of("identity"),
        Secret.of(secret));
  }

  @Test
  void a_wrong_secret_key_and_an_absent_server_fail_and_never_show_the_key() throws IOException {
    try (S3BlobStore wrong = new S3BlobStore(place("p", server.endpoint(), "guessed-key"))) {
      assertThatThrownBy(() -> put(wrong))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(S3Server.BUCKET)
          .hasMessageNotContaining("guessed-key");
    }
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + closed);
    try (S3BlobStore absent = new S3BlobStore(place("p", nobody, "secret"))) {
      assertThatThrownBy(() -> put(absent)).isInstanceOf(IOException.class);
    }
  }

  private static void put(BlobStore store) throws IOException {
    store.put(BlobName.of("a"), BlobContent.of("x"), BlobStore.Overwrite.REPLACE);
  }

  /** A real S3 server in a process of its own, which ends with this one. */
  private static final class S3Server implements AutoCloseable {
    static final String BUCKET = "backups";
    private final Process process;
    private final URI endpoint;

    private S3Server(Process process, URI endpoint) {
      this.process = process;
      this.endpoint = endpoint;
    }

    static S3Server start(Path folder) throws IOException {
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      URI endpoint = URI.create("http://127.0.0.1:" + port);
      Path settings =
          Files.writeString(
              folder.resolve("s3proxy.conf"),
              """
              s3proxy.endpoint=%s
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.identity=identity
              s3proxy.credential=secret
              jclouds.provider=transient
              jclouds.identity=x
              jclouds.credential=x
              """
                  .formatted(endpoint));
      Path root = Path.of(System.getProperty("undercroft.root"));
      String classPath = Files.readString(root.resolve("workshop/s3server/target/classpath.txt"));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  classPath.strip(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s3proxy.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      awaitListening(process, port, folder.resolve("s3proxy.log"));
      return new S3Server(process, endpoint);
    }

    private static void awaitListening(Process process, int port, Path log) throws IOException {
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (true) {
        try {
          new java.net.Socket(InetAddress.getLoopbackAddress(), port).close();
          return;
        } catch (IOException notYet) {
          if (!process.isAlive() || System.nanoTime() > deadline) {
            throw new IOException("the S3 server does not start: " + Files.readString(log), notYet);
          }
          java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
      }
    }

    /** The server keeps its objects in memory: on a disk it would show half-written ones. */
    static void makeBucket(URI endpoint) {
      AwsBasicCredentials credentials = AwsBasicCredentials.create("identity", "secret");
      try (S3Client client =
          S3Client.builder()
              .endpointOverride(endpoint)
              .forcePathStyle(true)
              .region(Region.US_EAST_1)
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .credentialsProvider(StaticCredentialsProvider.create(credentials))
              .build()) {
        client.createBucket(b -> b.bucket(BUCKET));
      }
    }

    URI endpoint() {
      return endpoint;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
