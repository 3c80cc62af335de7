package dev.undercroft.apps.audiotricks;

/** An answer that only says that it was done. */
record Said(String message) {}
