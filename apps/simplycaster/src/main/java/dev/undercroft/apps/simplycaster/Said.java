package dev.undercroft.apps.simplycaster;

/** What was done, in words. Immutable. */
record Said(String message) {}
