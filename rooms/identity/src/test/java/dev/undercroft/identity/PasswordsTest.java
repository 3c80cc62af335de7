package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final PasswordAlgorithm QUICK = new PasswordAlgorithm.Bcrypt(4);
  private static final CipherKey PEPPER = CipherKey.random();
  private static final Secret RIGHT = Secret.of("correct horse battery staple");

  private final Passwords passwords = new Passwords(QUICK, PEPPER, HashGate.usual());

  @Test
  void published_vectors_of_bcrypt_hold() {
    // From the test suite of crypt_blowfish by Solar Designer, in the form $2b$.
    assertThat(bcrypt("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        .isEqualTo("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    assertThat(bcrypt("U*U*", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"))
        .isEqualTo("$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK");
    assertThat(bcrypt("U*U*U", "$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"))
        .isEqualTo("$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a");
  }

  private static String bcrypt(String password, String like) {
    return EncodedHash.parse(like)
        .orElseThrow()
        .of(password.getBytes(StandardCharsets.US_ASCII))
        .text();
  }

  @Test
  @Tag("AT-008")
  void a_stored_hash_is_bcrypt_of_cost_12_and_each_is_another() {
    Passwords usual = new Passwords(PasswordAlgorithm.BCRYPT_12, PEPPER, HashGate.usual());
    String stored = usual.hash(RIGHT, "u1");
    assertThat(stored).matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}").hasSize(60);
    assertThat(usual.hash(RIGHT, "u1")).isNotEqualTo(stored);
    assertThat(usual.check(RIGHT, Optional.of(stored), "u1").matches()).isTrue();
    assertThat(usual.check(Secret.of("wrong"), Optional.of(stored), "u1").matches()).isFalse();
  }

  @Test
  @Tag("SC-008")
  void argon2id_has_a_salt_for_each_user_and_needs_the_pepper() {
    Passwords argon = new Passwords(PasswordAlgorithm.ARGON2ID_64, PEPPER, HashGate.usual());
    Passwords.Salted one = argon.hashWithSalt(RIGHT, "u1");
    Passwords.Salted other = argon.hashWithSalt(RIGHT, "u2");
    assertThat(one.hash()).startsWith("$argon2id$v=19$m=65536,t=3,p=1$").hasSizeLessThan(255);
    assertThat(one.salt()).isNotEqualTo(other.salt()).hasSize(44);
    assertThat(one.hash()).isNotEqualTo(other.hash());
    assertThat(argon.check(RIGHT, Optional.of(one.hash()), "u1").matches()).isTrue();

    Passwords withoutPepper =
        new Passwords(PasswordAlgorithm.ARGON2ID_64, CipherKey.random(), HashGate.usual());
    assertThat(withoutPepper.check(RIGHT, Optional.of(one.hash()), "u1").matches()).isFalse();
  }

  @Test
  void long_passwords_are_not_cut_and_a_nul_does_not_end_them() {
    Secret long73 = Secret.of("a".repeat(72) + "b");
    String stored = passwords.hash(long73, "u");
    assertThat(passwords.check(long73, Optional.of(stored), "u").matches()).isTrue();
    assertThat(passwords.check(Secret.of("a".repeat(72)), Optional.of(stored), "u").matches())
        .isFalse();
    assertThat(passwords.check(Secret.of("a".repeat(72) + "c"), Optional.of(stored), "u").matches())
        .isFalse();
    String nul = passwords.hash(Secret.of("ab\0cd"), "u");
    assertThat(passwords.check(Secret.of("ab\0ce"), Optional.of(nul), "u").matches()).isFalse();
    assertThat(passwords.check(Secret.of("ab"), Optional.of(nul), "u").matches()).isFalse();
  }

  @Test
  void one_password_in_two_unicode_forms_is_one() {
    String stored = passwords.hash(Secret.of("Ame\u0301lie\uFB01"), "u");
    assertThat(passwords.check(Secret.of("Am\u00e9liefi"), Optional.of(stored), "u").matches())
        .isTrue();
  }

  @Test
  void every_check_costs_one_hash_whatever_is_wrong() {
    Counting counting = new Counting();
    Passwords counted = new Passwords(QUICK, PEPPER, HashGate.usual(), counting, Optional.empty());
    String stored = counted.hash(RIGHT, "u");
    assertThat(counting.hashes).isOne();
    for (Optional<String> known :
        List.of(Optional.of(stored), Optional.<String>empty(), Optional.of("no hash"))) {
      for (Secret tried :
          List.of(RIGHT, Secret.of("wrong"), Secret.of(""), Secret.of("x".repeat(100_000)))) {
        counting.hashes = 0;
        boolean matches = counted.check(tried, known, "u").matches();
        assertThat(counting.hashes).isOne();
        assertThat(matches).isEqualTo(known.equals(Optional.of(stored)) && tried.equals(RIGHT));
      }
    }
  }

  @Test
  void the_seal_rotates_without_the_password_and_binds_a_hash_to_its_owner() {
    CipherKey oldKey = CipherKey.random();
    CipherKey newKey = CipherKey.random();
    Passwords before = passwords.sealedBy(FieldCipher.of(oldKey));
    String stored = before.hash(RIGHT, "anna");
    assertThat(stored).startsWith("$sealed$").hasSizeLessThan(255);
    assertThat(before.check(RIGHT, Optional.of(stored), "anna"))
        .isEqualTo(new Passwords.Verdict(true, false));
    assertThatThrownBy(() -> before.check(RIGHT, Optional.of(stored), "ben"))
        .isInstanceOf(ProblemException.class);

    Passwords both = passwords.sealedBy(new FieldCipher(List.of(newKey, oldKey)));
    assertThat(both.check(RIGHT, Optional.of(stored), "anna"))
        .isEqualTo(new Passwords.Verdict(true, true));
    String renewed = both.renew(stored, "anna").orElseThrow();
    Passwords after = passwords.sealedBy(FieldCipher.of(newKey));
    assertThat(after.check(RIGHT, Optional.of(renewed), "anna"))
        .isEqualTo(new Passwords.Verdict(true, false));
    assertThat(both.renew(renewed, "anna")).isEmpty();
  }

  @Test
  void hashes_of_another_cost_match_and_are_called_outdated() {
    String stored = passwords.hash(RIGHT, "u");
    Passwords stronger = new Passwords(new PasswordAlgorithm.Bcrypt(5), PEPPER, HashGate.usual());
    assertThat(stronger.check(RIGHT, Optional.of(stored), "u"))
        .isEqualTo(new Passwords.Verdict(true, true));
    assertThat(stronger.check(Secret.of("x"), Optional.of(stored), "u"))
        .isEqualTo(new Passwords.Verdict(false, false));
  }

  @Test
  void a_flood_of_attempts_is_told_to_come_back() throws Exception {
    HashGate gate = new HashGate(1, 0, Duration.ofSeconds(30));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> first =
          threads.submit(() ->
              gate.pass(() -> {
                inside.countDown();
                return await(leave);
              }));
      inside.await();
      assertThatThrownBy(() -> gate.pass(() -> true))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("too many passwords");
      leave.countDown();
      assertThat(first.get()).isTrue();
    }
    assertThat(gate.pass(() -> true)).isTrue();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The real hash, counted. */
  private static final class Counting implements SlowHash {
    private int hashes;

    @Override
    public String hash(byte[] input, EncodedHash like) {
      hashes++;
      return like.of(input).text();
    }
  }
}
