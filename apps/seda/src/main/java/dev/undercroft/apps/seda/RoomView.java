package dev.undercroft.apps.seda;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A room with the number of its members. Immutable. */
record RoomView(
    UUID id,
    String name,
    Optional<String> description,
    boolean isPrivate,
    UUID createdBy,
    Instant createdAt,
    int memberCount) {}
