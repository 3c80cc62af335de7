package dev.undercroft.storage;

/**
 * A data key as it may be stored beside the data. Immutable.
 *
 * @param masterKeyId which master key opens it
 * @param sealed nonce, ciphertext and tag, in Base64
 */
public record WrappedKey(String masterKeyId, String sealed) {}
