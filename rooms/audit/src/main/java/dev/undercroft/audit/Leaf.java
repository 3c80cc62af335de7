package dev.undercroft.audit;

/**
 * The place of an entry under a seal. Immutable.
 *
 * @param place from 1 on, over all seals of a log
 * @param key the entry's key
 * @param hash the entry's hash when it was sealed, in hexadecimal
 */
public record Leaf(long place, String key, String hash) {}
