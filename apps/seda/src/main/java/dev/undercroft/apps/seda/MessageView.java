package dev.undercroft.apps.seda;

import dev.undercroft.apps.seda.db.enums.MessageType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message with everything a page shows of it. Immutable.
 *
 * @param replies the first three, oldest first
 */
record MessageView(
    UUID id,
    UUID roomId,
    MessageType type,
    Optional<String> text,
    Optional<Map<String, Object>> trackRef,
    Optional<UUID> parentId,
    Author user,
    List<ReactionView> reactions,
    List<ReplyView> replies,
    Instant createdAt,
    Instant updatedAt) {}
