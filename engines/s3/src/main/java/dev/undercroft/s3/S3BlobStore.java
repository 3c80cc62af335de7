package dev.undercroft.s3;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.WholeInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs as objects of one bucket. Thread-safe.
 *
 * <p>S3 stores an object wholly or not at all, and reads see it at once (Amazon's consistency model
 * since December 2020). That a name is written once is enforced by a conditional put ({@code
 * If-None-Match: *}), so credentials without the right to delete or read are enough to add. Failed
 * requests are tried again by the client; what still fails is an {@link IOException}.
 */
public final class S3BlobStore implements BlobStore, AutoCloseable {

  private static final long READ_AHEAD_BYTES = 32L << 20;
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  private final S3Place place;
  private final S3Client client;

  /** A store at a place; nothing is asked of the server yet. */
  public S3BlobStore(S3Place place) {
    this.place = place;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(place.region()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        place.accessKey().reveal(), place.secretKey().reveal())));
    place.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
    this.client = builder.build();
  }

  @Override
  public void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(place.bucket()).key(key(name));
    if (overwrite == Overwrite.REFUSE) {
      request.ifNoneMatch("*");
    }
    try {
      client.putObject(request.build(), body(content));
    } catch (S3Exception e) {
      boolean exists = e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT;
      if (overwrite == Overwrite.REFUSE && exists) {
        throw Problem.of("STORAGE_EXISTS", ProblemKind.CONFLICT, "blob " + name + " exists already")
            .withRemedy(
                "Blobs are written once; choose another name, or check who else writes here.")
            .exception(e);
      }
      throw failed("store " + name, e);
    } catch (SdkException | UncheckedIOException | IllegalStateException e) {
      // The client answers content that ends early with an IllegalStateException.
      throw failed("store " + name, e);
    }
  }

  /** Small content is read before anything is sent, so that one that breaks off sends nothing. */
  private static RequestBody body(BlobContent content) throws IOException {
    long size = content.size();
    if (size > READ_AHEAD_BYTES) {
      return RequestBody.fromContentProvider(
          () -> opened(content), size, "application/octet-stream");
    }
    try (InputStream in = content.open()) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length != size || in.read() >= 0) {
        throw new IOException("content does not have the " + size + " bytes it announced");
      }
      return RequestBody.fromBytes(bytes);
    }
  }

  private static InputStream opened(BlobContent content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(BlobName name, long offset, long length) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(place.bucket()).key(key(name));
    if (offset > 0 || length != Long.MAX_VALUE) {
      boolean toTheEnd = length == Long.MAX_VALUE || length >= Long.MAX_VALUE - offset;
      request.range("bytes=" + offset + "-" + (toTheEnd ? "" : offset + length - 1));
    }
    try {
      var response = client.getObject(request.build());
      return new WholeInput(response, response.response().contentLength());
    } catch (NoSuchKeyException e) {
      throw missing(name, e);
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return new ByteArrayInputStream(new byte[0]);
      }
      throw failed("read " + name, e);
    } catch (SdkException e) {
      throw failed("read " + name, e);
    }
  }

  private static ProblemException missing(BlobName name, Exception cause) {
    return Problem.of("STORAGE_NOT_FOUND", ProblemKind.NOT_FOUND, "there is no blob " + name)
        .withRemedy("List the store; the blob was removed, or the name belongs to another store.")
        .exception(cause);
  }

  @Override
  public Optional<BlobStat> find(BlobName name) throws IOException {
    try {
      HeadObjectResponse head = client.headObject(h -> h.bucket(place.bucket()).key(key(name)));
      return Optional.of(new BlobStat(name, head.contentLength(), head.lastModified()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed("look for " + name, e);
    } catch (SdkException e) {
      throw failed("look for " + name, e);
    }
  }

  /** Names arrive from the server in order of UTF-8 bytes, which for blob names is their order. */
  @Override
  public Stream<BlobStat> list(String prefix) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(l -> l.bucket(place.bucket()).prefix(before() + prefix))
          .contents()
          .stream()
          .map(this::stat)
          .toList()
          .stream();
    } catch (SdkException e) {
      throw failed("list " + prefix, e);
    }
  }

  private BlobStat stat(S3Object object) {
    String name = object.key().substring(before().length());
    return new BlobStat(BlobName.of(name), object.size(), object.lastModified());
  }

  @Override
  public void delete(BlobName name) throws IOException {
    try {
      client.deleteObject(d -> d.bucket(place.bucket()).key(key(name)));
    } catch (SdkException e) {
      throw failed("delete " + name, e);
    }
  }

  private String before() {
    return place.prefix().isEmpty() ? "" : place.prefix() + "/";
  }

  private String key(BlobName name) {
    return before() + name.text();
  }

  private IOException failed(String what, Exception e) {
    return new IOException(
        "S3 bucket " + place.bucket() + " could not " + what + ": " + e.getMessage(), e);
  }

  /** Lets the connections go. */
  @Override
  public void close() {
    client.close();
  }
}
