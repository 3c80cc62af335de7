package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cipher of fields and the hash of passwords against answers that others computed. A few are
 * here; with the property {@code undercroft.vectors}, a folder, all those of the files {@code
 * aes_gcm_test.json} (Wycheproof) and {@code test_bcrypt.py} (pyca/bcrypt) in it.
 */
class KnownAnswerTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final int NONCE_BITS = 96;
  private static final int TAG_BITS = 128;

  /** Our inputs have 64 bytes; what bcrypt does with more than 72 is of no interest. */
  private static final int LONGEST = 72;

  /** A password, a salt or a hash, and the hash, as three literals of bytes in Python. */
  private static final Pattern BCRYPT =
      Pattern.compile(
          "((?:b\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+),\\s*b\"[^\"]*\","
              + "\\s*b\"\\$2[aby](\\$\\d\\d\\$[./A-Za-z0-9]{53})\"");

  /**
   * One vector of AES-GCM.
   *
   * @param name for messages
   * @param good whether it opens
   */
  // Never compared as a record: only its parts are.
  @SuppressWarnings("ArrayRecordComponent")
  private record Sealed(
      String name, byte[] key, byte[] nonce, byte[] aad, byte[] text, byte[] sealed, boolean good) {

    void check() throws GeneralSecurityException {
      SecretKeySpec aes = new SecretKeySpec(key, "AES");
      if (good) {
        assertThat(FieldCipher.gcm(Cipher.ENCRYPT_MODE, aes, nonce, aad).doFinal(text))
            .as(name)
            .isEqualTo(sealed);
        assertThat(FieldCipher.gcm(Cipher.DECRYPT_MODE, aes, nonce, aad).doFinal(sealed))
            .as(name)
            .isEqualTo(text);
      } else {
        assertThat(opens(aes)).as(name).isFalse();
      }
    }

    private boolean opens(SecretKeySpec aes) {
      try {
        FieldCipher.gcm(Cipher.DECRYPT_MODE, aes, nonce, aad).doFinal(sealed);
        return true;
      } catch (GeneralSecurityException refused) {
        return false;
      }
    }
  }

  /** Test cases 13 and 14 of McGrew and Viega, The Galois/Counter Mode of Operation. */
  @Test
  void the_cipher_of_fields_is_aes_256_gcm() throws GeneralSecurityException {
    byte[] key = new byte[32];
    byte[] nonce = new byte[12];
    byte[] nothing = new byte[0];
    new Sealed("13", key, nonce, nothing, nothing, hex("530f8afbc74536b9a963b4f1c4cb738b"), true)
        .check();
    byte[] sealed = hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    new Sealed("14", key, nonce, nothing, new byte[16], sealed, true).check();
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      new Sealed("14 changed at " + at, key, nonce, nothing, new byte[16], changed, false).check();
    }
  }

  @Test
  void the_hash_of_passwords_is_bcrypt() {
    assertThat(hash("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        .isEqualTo("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    assertThat(hash("U*V", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        .isNotEqualTo("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
  }

  @TestFactory
  Stream<DynamicTest> all_vectors_of_a_folder_are_answered() throws Exception {
    String folder = System.getProperty("undercroft.vectors", "");
    if (folder.isEmpty()) {
      return Stream.of(DynamicTest.dynamicTest("no folder was named", () -> {}));
    }
    List<Sealed> sealed = sealed(Files.readString(Path.of(folder, "aes_gcm_test.json")));
    List<List<String>> hashes = hashes(Files.readString(Path.of(folder, "test_bcrypt.py")));
    assertThat(sealed).isNotEmpty();
    assertThat(hashes).isNotEmpty();
    return Stream.of(
        DynamicTest.dynamicTest(
            sealed.size() + " vectors of AES-256-GCM",
            () -> {
              for (Sealed one : sealed) {
                one.check();
              }
            }),
        DynamicTest.dynamicTest(
            hashes.size() + " vectors of bcrypt",
            () -> {
              for (List<String> one : hashes) {
                assertThat(hash(one.get(0), one.get(1))).isEqualTo(one.get(1));
              }
            }));
  }

  /** The hash with cost and salt of another. */
  private static String hash(String password, String like) {
    byte[] input = password.getBytes(StandardCharsets.ISO_8859_1);
    return EncodedHash.parse(like).orElseThrow().of(input).text();
  }

  /** Those with keys, nonces and tags of our lengths. */
  @SuppressWarnings("unchecked") // The library gives JSON as maps and lists of Object.
  private static List<Sealed> sealed(String json) throws Exception {
    List<Sealed> all = new ArrayList<>();
    for (Map<String, Object> group :
        (List<Map<String, Object>>) JSONObjectUtils.parse(json).get("testGroups")) {
      boolean ours =
          number(group, "keySize") == 256
              && number(group, "ivSize") == NONCE_BITS
              && number(group, "tagSize") == TAG_BITS;
      if (ours) {
        ((List<Map<String, Object>>) group.get("tests")).forEach(test -> all.add(vector(test)));
      }
    }
    return all;
  }

  private static int number(Map<String, Object> object, String name) {
    return ((Number) object.get(name)).intValue();
  }

  private static Sealed vector(Map<String, Object> test) {
    return new Sealed(
        "tcId " + test.get("tcId") + " " + test.get("comment"),
        hex(test.get("key")),
        hex(test.get("iv")),
        hex(test.get("aad")),
        hex(test.get("msg")),
        hex(test.get("ct") + String.valueOf(test.get("tag"))),
        "valid".equals(test.get("result")));
  }

  private static byte[] hex(Object text) {
    return HEX.parseHex(String.valueOf(text));
  }

  private static List<List<String>> hashes(String python) {
    List<List<String>> all = new ArrayList<>();
    Matcher found = BCRYPT.matcher(python);
    while (found.find()) {
      String password = bytes(found.group(1));
      if (password.length() <= LONGEST) {
        all.add(List.of(password, "$2b" + found.group(2)));
      }
    }
    return all;
  }

  /** Literals of bytes in Python, one after the other, each byte as the character of its number. */
  private static String bytes(String literals) {
    String literal = literals.replaceAll("\"\\s*b\"", "").replaceAll("^b\"|\"\\s*$", "");
    Matcher escapes = Pattern.compile("\\\\x([0-9a-f]{2})|\\\\(.)").matcher(literal);
    return escapes.replaceAll(found ->
        Matcher.quoteReplacement(
            found.group(1) == null
                ? found.group(2).replace('r', '\r')
                : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
