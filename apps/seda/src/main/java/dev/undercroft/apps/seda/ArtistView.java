package dev.undercroft.apps.seda;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An artist profile as others see it. Immutable. */
record ArtistView(
    UUID id,
    UUID userId,
    String artistName,
    Optional<String> bio,
    boolean verified,
    Optional<Instant> verifiedAt,
    Optional<String> websiteUrl,
    Optional<String> spotifyUrl,
    Optional<String> soundcloudUrl,
    Optional<String> bandcampUrl,
    Instant createdAt,
    Instant updatedAt) {}
