package dev.undercroft.apps.seda;

/** What was done, in words. Immutable. */
record Said(String message) {}
