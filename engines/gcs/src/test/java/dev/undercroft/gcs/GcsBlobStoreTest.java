package dev.undercroft.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.BlobStoreContract;
import dev.undercroft.testkit.GcsServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcsBlobStoreTest extends BlobStoreContract {

  private static GcsServer server;
  private static Path keyFile;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws IOException {
    server = GcsServer.start();
    keyFile = server.keyFile(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected BlobStore store() {
    return new GcsBlobStore(place(keyFile));
  }

  private static GcsPlace place(Path key) {
    return new GcsPlace(
        GcsServer.BUCKET, "prefix-" + UUID.randomUUID(), "", key, Optional.of(server.endpoint()));
  }

  @Test
  void a_large_blob_goes_in_parts_and_goes_on_after_the_server_was_busy() throws Exception {
    BlobStore store = store();
    byte[] bytes = new byte[20 << 20];
    new Random(3).nextBytes(bytes);
    BlobName name = BlobName.of("packs/large");
    int before = server.resumed();
    server.failNext(2);
    store.put(name, BlobContent.of(bytes), BlobStore.Overwrite.REFUSE);
    assertThat(server.resumed()).isGreaterThan(before);
    server.failNext(1);
    try (InputStream in = store.open(name, 0, Long.MAX_VALUE)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThatThrownBy(() -> store.put(name, BlobContent.of(bytes), BlobStore.Overwrite.REFUSE))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo("STORAGE_EXISTS"));
  }

  @Test
  void a_key_that_the_server_does_not_know_is_refused_and_never_shown(@TempDir Path folder)
      throws Exception {
    try (GcsServer other = GcsServer.start()) {
      String foreign = Files.readString(other.keyFile(folder));
      Path mixed = folder.resolve("mixed.json");
      Files.writeString(
          mixed, foreign.replace(other.endpoint().toString(), server.endpoint().toString()));
      int before = server.refusals();
      assertThatThrownBy(() -> new GcsBlobStore(place(mixed)).find(BlobName.of("a")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bucket backups")
          .hasMessageNotContaining("PRIVATE KEY");
      assertThat(server.refusals()).isGreaterThan(before);
    }
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"private_key\":\"secret\"}");
    assertThatThrownBy(() -> new GcsBlobStore(place(broken)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("GCS_KEY_FILE");
              assertThat(e.toString() + e.first().detail()).doesNotContain("secret");
            });
  }
}
