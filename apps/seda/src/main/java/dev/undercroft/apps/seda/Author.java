package dev.undercroft.apps.seda;

import java.util.Optional;
import java.util.UUID;

/** Who wrote a message, with the artist profile where there is one. Immutable. */
record Author(UUID id, String email, Optional<ArtistView> artistProfile) {}
