package dev.undercroft.apps.seda;

import java.time.Instant;
import java.util.UUID;

/** A reaction under a message. Immutable. */
record ReactionView(UUID id, String emoji, Person user, Instant createdAt) {}
