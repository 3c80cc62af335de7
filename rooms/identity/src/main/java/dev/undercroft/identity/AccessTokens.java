package dev.undercroft.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.undercroft.base.Secret;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Bearer tokens in the form of a JWT (RFC 7519), signed with HS256. Thread-safe.
 *
 * <p>The algorithm belongs to the key and is never taken from the token; a token names its key, and
 * one with an unknown key, another type, issuer or audience, or any header besides {@code alg},
 * {@code typ} and {@code kid} is refused (OWASP ASVS 5, chapter 9). A token proves who signed in,
 * not that the session still lives or what the role is by now: ask for the session by {@link
 * Claims#session}, and for the role of the account.
 */
public final class AccessTokens {

  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final int LONGEST = 4096;
  private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
  private static final String SESSION = "sid";
  private static final Set<String> OWN =
      Set.of("iss", "aud", "sub", "iat", "nbf", "exp", "jti", SESSION);

  private final String issuer;
  private final String audience;
  private final Map<String, CipherKey> keys = new LinkedHashMap<>();
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * Tokens of one issuer for one audience.
   *
   * @param issuer who signs, for example {@code simplycast.local}
   * @param audience for whom, usually the application's name
   * @param keys the first signs, all verify; not empty
   * @param lifetime how long a token lasts
   * @param clock tells the time
   */
  public AccessTokens(
      String issuer,
      String audience,
      List<CipherKey> keys,
      Duration lifetime,
      InstantSource clock) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("tokens need a key");
    }
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
    this.clock = clock;
    keys.forEach(key -> this.keys.put(key.id(), key));
  }

  /**
   * What a token says.
   *
   * @param subject the account
   * @param session the session it belongs to
   * @param issuedAt when it was made
   * @param expiresAt when it ends
   * @param more further facts in the application's own names
   */
  public record Claims(
      String subject,
      String session,
      Instant issuedAt,
      Instant expiresAt,
      Map<String, String> more) {

    /** Copies the further facts. */
    public Claims {
      more = Map.copyOf(more);
    }
  }

  /**
   * A token that was made.
   *
   * @param secret the token itself, shown once
   * @param hash what may be stored: SHA-256 in 64 hex digits
   * @param expiresAt when it ends
   */
  public record Issued(Secret secret, String hash, Instant expiresAt) {}

  /**
   * Makes a token.
   *
   * @param more further facts; must not take the names that RFC 7519 registers
   */
  public Issued issue(String subject, String session, Map<String, String> more) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    Instant end = now.plus(lifetime);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .subject(subject)
            .claim(SESSION, session)
            .jwtID(UUID.randomUUID().toString())
            .claim("iat", now.getEpochSecond())
            .claim("nbf", now.getEpochSecond())
            .claim("exp", end.getEpochSecond());
    more.forEach((name, value) -> {
      if (OWN.contains(name)) {
        throw new IllegalArgumentException("the claim " + name + " is taken");
      }
      claims.claim(name, value);
    });
    CipherKey key = keys.values().iterator().next();
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256)
                  .type(JOSEObjectType.JWT)
                  .keyID(key.id())
                  .build(),
              claims.build());
      token.sign(new MACSigner(key.bytes()));
      String text = token.serialize();
      return new Issued(Secret.of(text), Macs.sha256Hex(text), end);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing a token failed", e);
    }
  }

  /** The hash under which {@link Issued#hash} was stored. */
  public static String hashOf(Secret shown) {
    return Macs.sha256Hex(shown.reveal());
  }

  /** What a token says; empty if it is not one of ours, was changed, or has ended. */
  public Optional<Claims> read(Secret shown) {
    if (shown.reveal().length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(shown.reveal());
      JWSHeader header = token.getHeader();
      CipherKey key = header.getKeyID() == null ? null : keys.get(header.getKeyID());
      if (key == null
          || !header.getAlgorithm().equals(JWSAlgorithm.HS256)
          || !JOSEObjectType.JWT.equals(header.getType())
          || !HEADERS.containsAll(header.getIncludedParams())
          || !token.verify(new MACVerifier(key.bytes()))) {
        return Optional.empty();
      }
      return accepted(token.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private Optional<Claims> accepted(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    String session = claims.getStringClaim(SESSION);
    boolean complete =
        session != null
            && claims.getSubject() != null
            && claims.getIssueTime() != null
            && claims.getNotBeforeTime() != null
            && claims.getExpirationTime() != null;
    if (!complete
        || !issuer.equals(claims.getIssuer())
        || !claims.getAudience().equals(List.of(audience))
        || !claims.getExpirationTime().toInstant().plus(SKEW).isAfter(now)
        || claims.getNotBeforeTime().toInstant().minus(SKEW).isAfter(now)
        || claims.getIssueTime().toInstant().minus(SKEW).isAfter(now)) {
      return Optional.empty();
    }
    Map<String, String> more = new LinkedHashMap<>();
    for (String name : claims.getClaims().keySet()) {
      if (!OWN.contains(name)) {
        more.put(name, claims.getStringClaim(name));
      }
    }
    return Optional.of(
        new Claims(
            claims.getSubject(),
            session,
            claims.getIssueTime().toInstant(),
            claims.getExpirationTime().toInstant(),
            more));
  }
}
