package dev.undercroft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every blob store owes; each implementation runs it. */
public abstract class BlobStoreContract {

  /** A fresh, empty store. */
  protected abstract BlobStore store() throws IOException;

  private static final BlobName NAME = BlobName.of("backups/b1/manifest");

  @Test
  void a_blob_is_read_back_as_it_was_stored() throws IOException {
    BlobStore store = store();
    byte[] bytes = new byte[100_000];
    new java.util.Random(7).nextBytes(bytes);
    store.put(NAME, BlobContent.of(bytes), BlobStore.Overwrite.REFUSE);
    assertThat(all(store, NAME)).isEqualTo(bytes);
    assertThat(store.find(NAME).orElseThrow().size()).isEqualTo(bytes.length);
  }

  @Test
  void an_empty_blob_exists() throws IOException {
    BlobStore store = store();
    store.put(NAME, BlobContent.of(""), BlobStore.Overwrite.REFUSE);
    assertThat(all(store, NAME)).isEmpty();
    assertThat(store.find(NAME)).isPresent();
  }

  @Test
  void a_part_of_a_blob_can_be_read() throws IOException {
    BlobStore store = store();
    store.put(NAME, BlobContent.of("0123456789"), BlobStore.Overwrite.REFUSE);
    assertThat(part(store, 3, 4)).isEqualTo("3456");
    assertThat(part(store, 8, 100)).isEqualTo("89");
    assertThat(part(store, 10, 1)).isEmpty();
    assertThat(part(store, 2, Long.MAX_VALUE)).isEqualTo("23456789");
  }

  @Test
  void a_second_put_is_refused_and_changes_nothing() throws IOException {
    BlobStore store = store();
    store.put(NAME, BlobContent.of("first"), BlobStore.Overwrite.REFUSE);
    assertProblem("STORAGE_EXISTS", () -> put(store, "second", BlobStore.Overwrite.REFUSE));
    assertThat(all(store, NAME)).asString().isEqualTo("first");
    store.put(NAME, BlobContent.of("third"), BlobStore.Overwrite.REPLACE);
    assertThat(all(store, NAME)).asString().isEqualTo("third");
  }

  @Test
  void of_many_writers_of_one_name_exactly_one_wins() throws Exception {
    BlobStore store = store();
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String text = "writer " + i;
      writers.add(() -> wins(store, text));
    }
    int winners = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(writers)) {
        winners += each.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
    assertThat(all(store, NAME)).asString().startsWith("writer ");
  }

  @Test
  void a_put_that_breaks_off_leaves_nothing() throws IOException {
    BlobStore store = store();
    BlobContent broken =
        new BlobContent() {
          @Override
          public long size() {
            return 1000;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(new byte[10]);
          }
        };
    assertThatThrownBy(() -> store.put(NAME, broken, BlobStore.Overwrite.REFUSE))
        .isInstanceOf(IOException.class);
    assertThat(store.find(NAME)).isEmpty();
    assertThat(names(store, "")).isEmpty();
  }

  @Test
  void what_is_missing_is_said_to_be_missing() throws IOException {
    BlobStore store = store();
    assertThat(store.find(NAME)).isEmpty();
    assertProblem("STORAGE_NOT_FOUND", () -> all(store, NAME));
    store.delete(NAME);
  }

  @Test
  void listing_is_by_prefix_and_in_order() throws IOException {
    BlobStore store = store();
    for (String name : List.of("wal/2", "wal/10", "wal-old/1", "backups/b/x", "backups/a/y")) {
      store.put(BlobName.of(name), BlobContent.of(name), BlobStore.Overwrite.REFUSE);
    }
    assertThat(names(store, "wal/")).containsExactly("wal/10", "wal/2");
    assertThat(names(store, "wal")).containsExactly("wal-old/1", "wal/10", "wal/2");
    assertThat(names(store, "backups/")).containsExactly("backups/a/y", "backups/b/x");
    assertThat(names(store, "none/")).isEmpty();
    store.delete(BlobName.of("wal/2"));
    assertThat(names(store, "wal/")).containsExactly("wal/10");
  }

  @Test
  void names_that_leave_the_store_are_not_names() {
    for (String name : List.of("", "/a", "a/", "../a", "a/../b", "a//b", "a b", "a\0", "a\\b")) {
      assertThatThrownBy(() -> BlobName.of(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void put(BlobStore store, String text, BlobStore.Overwrite overwrite)
      throws IOException {
    store.put(NAME, BlobContent.of(text), overwrite);
  }

  private static boolean wins(BlobStore store, String text) throws IOException {
    try {
      put(store, text, BlobStore.Overwrite.REFUSE);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  private static byte[] all(BlobStore store, BlobName name) throws IOException {
    try (InputStream in = store.open(name, 0, Long.MAX_VALUE)) {
      return in.readAllBytes();
    }
  }

  private static String part(BlobStore store, long offset, long length) throws IOException {
    try (InputStream in = store.open(NAME, offset, length)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> names(BlobStore store, String prefix) throws IOException {
    try (Stream<BlobStat> blobs = store.list(prefix)) {
      return blobs.map(blob -> blob.name().text()).toList();
    }
  }

  private static void assertProblem(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo(code));
  }
}
