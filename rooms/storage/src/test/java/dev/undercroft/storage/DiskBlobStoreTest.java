package dev.undercroft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest extends BlobStoreContract {

  @TempDir Path folder;

  @Override
  protected BlobStore store() throws IOException {
    return new DiskBlobStore(folder);
  }

  @Test
  void files_are_readable_by_their_owner_alone() throws IOException {
    store().put(BlobName.of("a/b"), BlobContent.of("x"), BlobStore.Overwrite.REFUSE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
        .isEqualTo("rwx------");
  }

  @Test
  void leftovers_of_crashed_writers_are_not_listed_and_can_be_swept() throws IOException {
    DiskBlobStore store = new DiskBlobStore(folder);
    Files.writeString(folder.resolve(".part-1234"), "half");
    assertThat(store.list("").toList()).isEmpty();
    assertThat(store.sweep(Instant.now().minusSeconds(60))).isZero();
    assertThat(store.sweep(Instant.now().plusSeconds(60))).isEqualTo(1);
    assertThat(folder.toFile().list()).isEmpty();
  }
}
