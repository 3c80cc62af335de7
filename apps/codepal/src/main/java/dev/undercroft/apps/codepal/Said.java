package dev.undercroft.apps.codepal;

/** An answer that only says that it was done. */
record Said(String message) {}
