package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FieldCipherTest {

  private static final FieldPlace PLACE =
      new FieldPlace("user_settings", "openai_api_key_encrypted", "t1", "u1");
  private static final String TEXT = "sk-secret €";

  private final CipherKey key = CipherKey.random();
  private final FieldCipher cipher = FieldCipher.of(key);

  @Test
  @Tag("AT-059")
  void a_value_opens_in_its_place_and_no_changed_byte_is_accepted() {
    String sealed = cipher.seal(TEXT, PLACE);
    assertThat(sealed).doesNotContain("secret").isNotEqualTo(cipher.seal(TEXT, PLACE));
    assertThat(cipher.open(sealed, PLACE)).isEqualTo(TEXT);
    byte[] bytes = Base64.getUrlDecoder().decode(sealed);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThatThrownBy(() -> cipher.open(changed, PLACE)).hasMessageContaining("e");
      bytes[i] ^= 1;
    }
    for (String broken : List.of("", "AAAA", "!", sealed.substring(0, 30), sealed + "A")) {
      assertThatThrownBy(() -> cipher.open(broken, PLACE)).hasMessageContaining("does not open");
    }
  }

  @Test
  void a_value_moved_to_another_row_column_table_or_tenant_does_not_open() {
    String sealed = cipher.seal(TEXT, PLACE);
    for (FieldPlace other :
        List.of(
            new FieldPlace("user_settings", "openai_api_key_encrypted", "t1", "u2"),
            new FieldPlace("user_settings", "openai_api_key_encrypted", "t2", "u1"),
            new FieldPlace("user_settings", "elevenlabs_api_key_encrypted", "t1", "u1"),
            new FieldPlace("users", "openai_api_key_encrypted", "t1", "u1"),
            new FieldPlace("user_settings", "openai_api_key_encrypted", "t1u", "1"))) {
      assertThatThrownBy(() -> cipher.open(sealed, other)).hasMessageContaining("does not open");
    }
  }

  @Test
  void keys_rotate_and_a_lost_key_is_named() {
    CipherKey next = CipherKey.random();
    String sealed = cipher.seal(TEXT, PLACE);
    FieldCipher both = new FieldCipher(List.of(next, key));
    assertThat(both.open(sealed, PLACE)).isEqualTo(TEXT);
    String renewed = both.renew(sealed, PLACE).orElseThrow();
    assertThat(both.renew(renewed, PLACE)).isEmpty();
    FieldCipher after = FieldCipher.of(next);
    assertThat(after.open(renewed, PLACE)).isEqualTo(TEXT);
    assertThatThrownBy(() -> after.open(sealed, PLACE)).hasMessageContaining(key.id());
  }

  @Test
  void a_start_with_a_wrong_key_is_refused() {
    Map<String, String> stored = cipher.checkValues();
    cipher.refuseWrongKeys(stored);
    new FieldCipher(List.of(CipherKey.random(), key)).refuseWrongKeys(stored);
    assertThatThrownBy(() -> FieldCipher.of(CipherKey.random()).refuseWrongKeys(stored))
        .hasMessageContaining(key.id());
    assertThatThrownBy(
            () -> cipher.refuseWrongKeys(Map.of(key.id(), CipherKey.random().checkValue())))
        .hasMessageContaining(key.id());
  }

  @Test
  void keys_come_from_settings_and_weak_ones_are_refused_without_showing_them() {
    String base64 = Base64.getEncoder().encodeToString(key.bytes());
    assertThat(CipherKey.of("ENCRYPTION_KEY", Secret.of(base64)).id()).isEqualTo(key.id());
    assertThat(CipherKey.of("K", Secret.of(java.util.HexFormat.of().formatHex(key.bytes()))).id())
        .isEqualTo(key.id());
    Secret phrase = Secret.of("a phrase of more than thirty-two characters");
    assertThat(CipherKey.of("K", phrase).id()).isEqualTo(CipherKey.of("K", phrase).id());
    for (String weak : List.of("only-few-7", "a".repeat(64), "1234567890123456789012345678901")) {
      assertThatThrownBy(() -> CipherKey.of("ENCRYPTION_KEY", Secret.of(weak)))
          .hasMessageContaining("ENCRYPTION_KEY")
          .hasMessageNotContaining(weak);
    }
    assertThat(key).hasToString("key " + key.id());
    assertThat(key.derive("a").id()).isNotEqualTo(key.derive("b").id()).isNotEqualTo(key.id());
  }

  @Test
  void a_shredded_owner_cannot_be_read_by_anybody_and_others_can() {
    MapStore store = new MapStore();
    OwnerKeys keys = new OwnerKeys(cipher, store);
    String anna = keys.of("anna").seal(TEXT, PLACE);
    String ben = keys.of("ben").seal(TEXT, PLACE);
    assertThat(keys.of("anna").open(anna, PLACE)).isEqualTo(TEXT);
    keys.shred("anna");
    assertThat(keys.existing("anna")).isEmpty();
    assertThatThrownBy(() -> keys.of("anna").open(anna, PLACE)).hasMessageContaining("needed");
    assertThat(keys.existing("ben").orElseThrow().open(ben, PLACE)).isEqualTo(TEXT);

    CipherKey next = CipherKey.random();
    OwnerKeys rotating = new OwnerKeys(new FieldCipher(List.of(next, key)), store);
    assertThat(rotating.renew("ben")).isTrue();
    assertThat(rotating.renew("ben")).isFalse();
    assertThat(new OwnerKeys(FieldCipher.of(next), store).of("ben").open(ben, PLACE))
        .isEqualTo(TEXT);
    store.keys.put("eve", store.keys.get("ben"));
    assertThatThrownBy(() -> rotating.of("eve")).hasMessageContaining("does not open");
  }

  /** A store in memory. */
  private static final class MapStore implements OwnerKeyStore {
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String owner) {
      return Optional.ofNullable(keys.get(owner));
    }

    @Override
    public String keepFirst(String owner, String wrapped) {
      String present = keys.putIfAbsent(owner, wrapped);
      return present == null ? wrapped : present;
    }

    @Override
    public boolean replace(String owner, String old, String wrapped) {
      return keys.replace(owner, old, wrapped);
    }

    @Override
    public void delete(String owner) {
      keys.remove(owner);
    }
  }
}
