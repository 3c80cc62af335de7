package dev.undercroft.catalog;

/**
 * Something that was met in a database and has no {@link Kind}: named, never passed over.
 *
 * @param what the sort of thing, in words
 * @param name its name
 */
public record Unmodelled(String what, String name) {}
