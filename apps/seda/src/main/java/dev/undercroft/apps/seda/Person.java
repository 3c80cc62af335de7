package dev.undercroft.apps.seda;

import java.util.UUID;

/** What others see of a user: nothing but this. Immutable. */
record Person(UUID id, String email) {}
