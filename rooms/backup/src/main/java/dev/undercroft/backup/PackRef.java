package dev.undercroft.backup;

/**
 * A pack as a manifest names it. Immutable.
 *
 * @param blob the pack's name in the store
 * @param key id of the data key that seals it; empty text when it is not encrypted
 * @param salt the salt of its sealing in Base64; empty text when it is not encrypted
 */
public record PackRef(String blob, String key, String salt) {}
