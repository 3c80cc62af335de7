package dev.undercroft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

  private static final String OBJECT = "repository r / wal/1";
  private static final MasterKey OLD = key("11");
  private static final MasterKey NEW = key("22");
  private final DataKey dataKey = DataKey.generate();

  private static MasterKey key(String pair) {
    return MasterKey.parse(Secret.of(pair.repeat(31) + "ff"), "the test");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 300_001})
  void sealed_bytes_come_back(int size) throws IOException {
    byte[] plain = bytes(size);
    assertThat(open(seal(plain), dataKey, OBJECT)).isEqualTo(plain);
  }

  @Test
  void nothing_of_the_plain_text_is_in_the_sealed_text_and_no_two_are_alike() throws IOException {
    byte[] plain = new byte[1000];
    assertThat(seal(plain)).isNotEqualTo(seal(plain));
    assertThat(Arrays.toString(seal(plain))).doesNotContain("0, 0, 0, 0, 0, 0");
  }

  @Test
  void every_flipped_bit_is_noticed() throws IOException {
    byte[] sealed = seal(bytes(500));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] = (byte) (changed[i] ^ (1 << (i % 8)));
      assertDamaged(changed, OBJECT);
    }
  }

  @Test
  void a_cut_object_is_noticed_wherever_it_is_cut() throws IOException {
    byte[] sealed = seal(bytes(3 * 65_536));
    int segment = 65_536 + SegmentCipher.OVERHEAD;
    for (int length : List.of(0, 3, 20, 36, 36 + segment, 36 + 2 * segment, sealed.length - 1)) {
      assertDamaged(Arrays.copyOf(sealed, length), OBJECT);
    }
  }

  @Test
  void swapped_and_foreign_segments_are_noticed() throws IOException {
    byte[] sealed = seal(bytes(3 * 65_536));
    int segment = 65_536 + SegmentCipher.OVERHEAD;
    byte[] swapped = sealed.clone();
    System.arraycopy(sealed, 36, swapped, 36 + segment, segment);
    System.arraycopy(sealed, 36 + segment, swapped, 36, segment);
    assertDamaged(swapped, OBJECT);
    assertDamaged(sealed, "repository r / wal/2");
    assertThatThrownBy(() -> open(sealed, DataKey.generate(), OBJECT))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void a_stream_that_was_not_closed_cannot_be_read() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedOutput unfinished = new SealedOutput(out, dataKey, OBJECT);
    unfinished.write(bytes(100_000));
    assertDamaged(out.toByteArray(), OBJECT);
  }

  @Test
  void a_data_key_survives_the_rotation_of_its_master_key() throws IOException {
    byte[] sealed = seal(bytes(100));
    WrappedKey wrapped = new KeyRing(List.of(OLD)).wrap(dataKey, "backup 1");
    WrappedKey rewrapped = new KeyRing(List.of(NEW, OLD)).rewrap(wrapped, "backup 1");
    assertThat(rewrapped.masterKeyId()).isEqualTo(NEW.id()).isNotEqualTo(OLD.id());
    DataKey again = new KeyRing(List.of(NEW)).unwrap(rewrapped, "backup 1");
    assertThat(open(sealed, again, OBJECT)).isEqualTo(bytes(100));
  }

  @Test
  void a_missing_master_key_is_named_and_a_moved_wrapping_is_refused() {
    WrappedKey wrapped = new KeyRing(List.of(OLD)).wrap(dataKey, "backup 1");
    assertThatThrownBy(() -> new KeyRing(List.of(NEW)).unwrap(wrapped, "backup 1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("STORAGE_KEY_MISSING");
              assertThat(e.first().message()).contains(OLD.id());
            });
    assertThatThrownBy(() -> new KeyRing(List.of(OLD)).unwrap(wrapped, "backup 2"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo("STORAGE_KEY_WRONG"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "zz",
        "0000000000000000000000000000000000000000000000000000000000000000"
      })
  void a_text_that_is_no_key_is_refused_without_being_shown(String text) {
    assertThatThrownBy(() -> MasterKey.parse(Secret.of(text), "BACKUP_ENCRYPTION_KEY"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("STORAGE_BAD_KEY");
              assertThat(e.first().message()).contains("BACKUP_ENCRYPTION_KEY");
              assertThat(e.first().message() + e.first().remedy()).doesNotContain("0000");
            });
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void compressed_bytes_come_back(Compression compression) throws IOException {
    byte[] plain = new byte[200_000];
    Arrays.fill(plain, 1000, 150_000, (byte) 'a');
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(small)) {
      out.write(plain);
    }
    try (InputStream in = compression.decompress(new ByteArrayInputStream(small.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
    assertThat(small.size() < 10_000).isEqualTo(compression != Compression.NONE);
  }

  private byte[] seal(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SealedOutput sealed = new SealedOutput(out, dataKey, OBJECT)) {
      sealed.write(plain, 0, plain.length / 3);
      sealed.write(plain, plain.length / 3, plain.length - plain.length / 3);
    }
    return out.toByteArray();
  }

  private static byte[] open(byte[] sealed, DataKey key, String object) throws IOException {
    try (SealedInput in = new SealedInput(new ByteArrayInputStream(sealed), key, object)) {
      return in.readAllBytes();
    }
  }

  private void assertDamaged(byte[] sealed, String object) {
    assertThatThrownBy(() -> open(sealed, dataKey, object))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo("STORAGE_DAMAGED"));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
