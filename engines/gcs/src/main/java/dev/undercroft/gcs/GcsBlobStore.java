package dev.undercroft.gcs;

import com.google.api.client.googleapis.media.MediaHttpUploader;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.InputStreamContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
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
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as objects of one bucket. Thread-safe.
 *
 * <p>Google Cloud Storage stores an object wholly or not at all, and reads and listings see it at
 * once (its documentation, "Consistency"). That a name is written once is enforced by the condition
 * that the object has no generation yet. The server is told the CRC-32C of what is stored and
 * refuses other bytes. Large blobs are sent in parts, which go on after a broken connection.
 */
public final class GcsBlobStore implements BlobStore, AutoCloseable {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final long AT_ONCE_BYTES = 1 << 20;
  private static final String BINARY = "application/octet-stream";

  private final GcsPlace place;
  private final GcsClient client;

  /**
   * A store at a place; nothing is asked of the server yet.
   *
   * @throws ProblemException {@code GCS_KEY_FILE} when the key file cannot be used
   */
  public GcsBlobStore(GcsPlace place) {
    this.place = place;
    this.client = GcsClient.of(place);
  }

  private Storage storage() {
    return client.storage();
  }

  @Override
  public void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException {
    long size = content.size();
    StorageObject object =
        new StorageObject().setName(key(name)).setCrc32c(checksum(content, size));
    try (InputStream in = content.open()) {
      boolean atOnce = size <= AT_ONCE_BYTES;
      Storage.Objects.Insert insert =
          storage()
              .objects()
              .insert(
                  place.bucket(),
                  object,
                  atOnce
                      ? new ByteArrayContent(BINARY, in.readAllBytes())
                      : new InputStreamContent(BINARY, in).setLength(size));
      insert.setUserProject(project());
      insert.setDisableGZipContent(true);
      if (overwrite == Overwrite.REFUSE) {
        insert.setIfGenerationMatch(0L);
      }
      MediaHttpUploader uploader = insert.getMediaHttpUploader();
      uploader.setDirectUploadEnabled(atOnce);
      uploader.setChunkSize(8 * MediaHttpUploader.MINIMUM_CHUNK_SIZE * 4);
      insert.execute();
    } catch (HttpResponseException e) {
      if (overwrite == Overwrite.REFUSE && e.getStatusCode() == PRECONDITION_FAILED) {
        throw Problem.of("STORAGE_EXISTS", ProblemKind.CONFLICT, "blob " + name + " exists already")
            .withRemedy(
                "Blobs are written once; choose another name, or check who else writes here.")
            .exception(e);
      }
      throw failed("store " + name, e);
    } catch (IOException e) {
      throw failed("store " + name, e);
    }
  }

  /** CRC-32C as the service writes it; also proves that the content has the size it says. */
  private static String checksum(BlobContent content, long size) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    long seen = 0;
    try (InputStream in = content.open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sum.update(buffer, 0, count);
        seen += count;
      }
    }
    if (seen != size) {
      throw new IOException("content gave " + seen + " bytes of " + size);
    }
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public InputStream open(BlobName name, long offset, long length) throws IOException {
    if (length == 0) {
      require(name);
      return new ByteArrayInputStream(new byte[0]);
    }
    try {
      Storage.Objects.Get get = storage().objects().get(place.bucket(), key(name));
      get.setUserProject(project());
      HttpHeaders headers = get.getRequestHeaders();
      headers.setAcceptEncoding(null);
      if (offset > 0 || length != Long.MAX_VALUE) {
        boolean toTheEnd = length == Long.MAX_VALUE || length >= Long.MAX_VALUE - offset;
        headers.setRange("bytes=" + offset + "-" + (toTheEnd ? "" : offset + length - 1));
      }
      HttpResponse response = get.executeMedia();
      Long announced = response.getHeaders().getContentLength();
      return new WholeInput(
          response.getContent(), announced == null ? 0 : announced, response::disconnect);
    } catch (HttpResponseException e) {
      if (e.getStatusCode() == NOT_FOUND) {
        throw missing(name, e);
      }
      if (e.getStatusCode() == RANGE_NOT_SATISFIABLE) {
        return new ByteArrayInputStream(new byte[0]);
      }
      throw failed("read " + name, e);
    } catch (IOException e) {
      throw failed("read " + name, e);
    }
  }

  private void require(BlobName name) throws IOException {
    if (find(name).isEmpty()) {
      throw missing(name, null);
    }
  }

  private static ProblemException missing(BlobName name, @Nullable Exception cause) {
    Problem problem =
        Problem.of("STORAGE_NOT_FOUND", ProblemKind.NOT_FOUND, "there is no blob " + name)
            .withRemedy(
                "List the store; the blob was removed, or the name belongs to another store.");
    return cause == null ? problem.exception() : problem.exception(cause);
  }

  @Override
  public Optional<BlobStat> find(BlobName name) throws IOException {
    try {
      StorageObject found =
          storage()
              .objects()
              .get(place.bucket(), key(name))
              .setUserProject(project())
              .setFields("name,size,updated")
              .execute();
      return Optional.of(stat(found));
    } catch (HttpResponseException e) {
      if (e.getStatusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed("look for " + name, e);
    } catch (IOException e) {
      throw failed("look for " + name, e);
    }
  }

  /** Names arrive from the server in order of UTF-8 bytes, which for blob names is their order. */
  @Override
  public Stream<BlobStat> list(String prefix) throws IOException {
    List<BlobStat> all = new ArrayList<>();
    try {
      Storage.Objects.List page =
          storage()
              .objects()
              .list(place.bucket())
              .setUserProject(project())
              .setPrefix(before() + prefix)
              .setFields("nextPageToken,items(name,size,updated)");
      Objects answer = page.execute();
      add(answer, all);
      while (answer.getNextPageToken() != null) {
        answer = page.setPageToken(answer.getNextPageToken()).execute();
        add(answer, all);
      }
      return all.stream();
    } catch (IOException e) {
      throw failed("list " + prefix, e);
    }
  }

  private void add(Objects answer, List<BlobStat> all) {
    List<StorageObject> items = answer.getItems();
    if (items != null) {
      items.forEach(item -> all.add(stat(item)));
    }
  }

  private BlobStat stat(StorageObject object) {
    BigInteger size = object.getSize();
    return new BlobStat(
        BlobName.of(object.getName().substring(before().length())),
        size == null ? 0 : size.longValueExact(),
        Instant.ofEpochMilli(object.getUpdated().getValue()));
  }

  @Override
  public void delete(BlobName name) throws IOException {
    try {
      storage().objects().delete(place.bucket(), key(name)).setUserProject(project()).execute();
    } catch (HttpResponseException e) {
      if (e.getStatusCode() != NOT_FOUND) {
        throw failed("delete " + name, e);
      }
    } catch (IOException e) {
      throw failed("delete " + name, e);
    }
  }

  private @Nullable String project() {
    return place.project().isEmpty() ? null : place.project();
  }

  private String before() {
    return place.prefix().isEmpty() ? "" : place.prefix() + "/";
  }

  private String key(BlobName name) {
    return before() + name.text();
  }

  private IOException failed(String what, IOException e) {
    return new IOException(
        "bucket " + place.bucket() + " could not " + what + ": " + e.getMessage(), e);
  }

  /** Lets the connections go. */
  @Override
  public void close() throws IOException {
    client.transport().shutdown();
  }
}
