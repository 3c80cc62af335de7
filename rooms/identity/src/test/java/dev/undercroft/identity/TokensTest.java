package dev.undercroft.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Secret;
import dev.undercroft.identity.RefreshTokens.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TokensTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Instant now = NOON;
  private final InstantSource clock = () -> now;
  private final CipherKey key = CipherKey.random();
  private final AccessTokens tokens = tokens("seda", List.of(key));

  private AccessTokens tokens(String audience, List<CipherKey> keys) {
    return new AccessTokens("https://seda.fm", audience, keys, Duration.ofMinutes(15), clock);
  }

  @Test
  void an_opaque_token_is_stored_as_its_hash_and_found_by_it() {
    OpaqueToken token = OpaqueToken.lasting(Duration.ofHours(1), NOON);
    assertThat(token.secret().reveal()).matches("[A-Za-z0-9_-]{43}");
    assertThat(token.hash()).matches("[0-9a-f]{64}");
    assertThat(token.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(OpaqueToken.hashOf(token.secret())).contains(token.hash());
    assertThat(OpaqueToken.hashOf(Secret.of("' or 1=1"))).isEmpty();
    assertThat(token.toString()).doesNotContain(token.secret().reveal());

    Secret cookie = Secret.of("browser");
    assertThat(OpaqueToken.hashOf(token.secret(), cookie)).contains(token.hashBoundTo(cookie));
    assertThat(OpaqueToken.hashOf(token.secret(), Secret.of("thief")))
        .isNotEqualTo(Optional.of(token.hashBoundTo(cookie)));
  }

  @Test
  void an_access_token_says_who_and_ends() {
    var issued = tokens.issue("u1", "s1", Map.of("role", "ARTIST"));
    var claims = tokens.read(issued.secret()).orElseThrow();
    assertThat(claims.subject()).isEqualTo("u1");
    assertThat(claims.session()).isEqualTo("s1");
    assertThat(claims.more()).containsExactly(Map.entry("role", "ARTIST"));
    assertThat(claims.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    assertThat(AccessTokens.hashOf(issued.secret())).isEqualTo(issued.hash());

    now = NOON.plus(Duration.ofMinutes(15)).plusSeconds(59);
    assertThat(tokens.read(issued.secret())).as("within the skew").isPresent();
    now = NOON.plus(Duration.ofMinutes(16));
    assertThat(tokens.read(issued.secret())).as("past the skew").isEmpty();
    now = NOON.minusSeconds(61);
    assertThat(tokens.read(issued.secret())).as("before it begins").isEmpty();
    assertThatThrownBy(() -> tokens.issue("u1", "s1", Map.of("sub", "admin")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokens_of_others_are_refused() {
    String ours = tokens.issue("u1", "s1", Map.of()).secret().reveal();
    String[] parts = ours.split("\\.", -1);
    List<String> hostile = new ArrayList<>();
    hostile.add(tokens("other", List.of(key)).issue("u1", "s1", Map.of()).secret().reveal());
    hostile.add(
        tokens("seda", List.of(CipherKey.random())).issue("u1", "s1", Map.of()).secret().reveal());
    hostile.add(header("{'alg':'none','typ':'JWT'}") + "." + parts[1] + ".");
    hostile.add(header("{'alg':'HS256','typ':'JWT'}") + "." + parts[1] + "." + parts[2]);
    hostile.add(
        header("{'alg':'HS384','typ':'JWT','kid':'" + key.id() + "'}") + "." + parts[1] + ".AA");
    hostile.add(ours + "A");
    hostile.add(ours.substring(0, ours.length() - 2));
    hostile.add(parts[0] + "." + header("{'sub':'admin'}") + "." + parts[2]);
    hostile.add("a.b.c");
    hostile.add("");
    hostile.add("x".repeat(100_000));
    for (String token : hostile) {
      assertThat(tokens.read(Secret.of(token))).as(token).isEmpty();
    }
    assertThat(tokens.read(Secret.of(ours))).isPresent();
  }

  private static String header(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void signing_keys_rotate() {
    Secret old = tokens.issue("u1", "s1", Map.of()).secret();
    AccessTokens both = tokens("seda", List.of(CipherKey.random(), key));
    assertThat(both.read(old)).isPresent();
    assertThat(tokens.read(both.issue("u1", "s1", Map.of()).secret())).isEmpty();
  }

  @Test
  void a_refresh_token_works_once_and_a_second_use_ends_the_session() {
    Sessions sessions = new Sessions();
    RefreshTokens refresh = new RefreshTokens(sessions, Duration.ofDays(7), clock);
    var first = refresh.first("session-1");
    sessions.hashes.put("session-1", first.hash());
    Outcome.Renewed renewed = (Outcome.Renewed) refresh.exchange(first.secret());
    assertThat(refresh.exchange(first.secret())).isEqualTo(new Outcome.Reused("session-1"));
    assertThat(refresh.exchange(renewed.next().secret())).isEqualTo(new Outcome.Refused());
    assertThat(refresh.exchange(Secret.of("nothing"))).isEqualTo(new Outcome.Refused());
  }

  @Test
  void of_many_uses_at_once_at_most_one_counts() throws Exception {
    Sessions sessions = new Sessions();
    RefreshTokens refresh = new RefreshTokens(sessions, Duration.ofDays(7), clock);
    var first = refresh.first("s");
    sessions.hashes.put("s", first.hash());
    List<Callable<Outcome>> uses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      uses.add(() -> refresh.exchange(first.secret()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int renewed = 0;
      for (var outcome : threads.invokeAll(uses)) {
        renewed += outcome.get() instanceof Outcome.Renewed ? 1 : 0;
      }
      assertThat(renewed).isOne();
    }
  }

  @Test
  void api_keys_are_recognised_whole_and_typing_errors_are_found() {
    ApiKeys keys = new ApiKeys("codepal", true, key);
    var made = keys.create();
    String text = made.secret().reveal();
    assertThat(text).matches("codepal_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
    assertThat(text).contains("_" + made.id() + "_").endsWith(made.lastFour());
    var shown = keys.read(made.secret()).orElseThrow();
    assertThat(shown.id()).isEqualTo(made.id());
    assertThat(shown.matches(made.hash())).isTrue();
    assertThat(shown.matches(keys.create().hash())).isFalse();
    for (int i = 0; i < text.length(); i++) {
      char wrong = text.charAt(i) == 'a' ? 'b' : 'a';
      String mistyped = text.substring(0, i) + wrong + text.substring(i + 1);
      assertThat(keys.read(Secret.of(mistyped))).as(mistyped).isEmpty();
    }
    assertThat(new ApiKeys("codepal", false, key).read(made.secret())).isEmpty();
    assertThat(new ApiKeys("seda", true, key).read(made.secret())).isEmpty();
    assertThatThrownBy(() -> new ApiKeys("Code Pal", true, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Sessions in memory. */
  private static final class Sessions implements RefreshStore {
    private final Map<String, String> hashes = new HashMap<>();

    @Override
    public synchronized Swap swap(String session, String oldHash, String newHash, Instant end) {
      if (!hashes.containsKey(session)) {
        return Swap.GONE;
      }
      return hashes.replace(session, oldHash, newHash) ? Swap.DONE : Swap.OTHER_HASH;
    }

    @Override
    public synchronized void end(String session) {
      hashes.remove(session);
    }
  }
}
