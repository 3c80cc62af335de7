package dev.undercroft.apps.seda;

import dev.undercroft.apps.seda.db.enums.MessageType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A reply inside the message it answers. Immutable. */
record ReplyView(
    UUID id,
    MessageType type,
    Optional<String> text,
    Optional<Map<String, Object>> trackRef,
    Person user,
    Instant createdAt,
    Instant updatedAt) {}
