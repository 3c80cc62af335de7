package dev.undercroft.backups;

import dev.undercroft.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of a real S3 server, which runs in a process of its own and ends with this one. */
record S3Bucket(Process process, URI endpoint) implements AutoCloseable {

  static final String NAME = "backups";
  static final String ACCESS_KEY = "identity";
  static final String SECRET_KEY = "secret";

  /** Starts the server, which keeps its objects in memory, and makes the bucket. */
  static S3Bucket start(Path folder) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path settings =
        Files.writeString(
            folder.resolve("s3.conf"),
            "s3proxy.endpoint=%s\ns3proxy.authorization=aws-v2-or-v4\n".formatted(endpoint)
                + "s3proxy.identity=%s\ns3proxy.credential=%s\n".formatted(ACCESS_KEY, SECRET_KEY)
                + "jclouds.provider=transient\njclouds.identity=x\njclouds.credential=x\n");
    Path root = Path.of(System.getProperty("undercroft.root"));
    String classPath = Files.readString(root.resolve("workshop/s3server/target/classpath.txt"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath.strip(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Await.until("the S3 server listens", () -> listens(port));
    S3Bucket bucket = new S3Bucket(process, endpoint);
    try (S3Client client = bucket.client()) {
      client.createBucket(wanted -> wanted.bucket(NAME));
    }
    return bucket;
  }

  private static boolean listens(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
