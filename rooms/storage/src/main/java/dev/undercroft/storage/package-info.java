/**
 * Keeps named blobs on a disk or in an object store, and turns bytes into compressed, encrypted,
 * checksummed ones and back.
 *
 * <pre>
 *   bytes → Compression → SealedOutput (AES-256-GCM segments) → BlobStore.put
 *   BlobStore.open → SealedInput → Compression → bytes
 * </pre>
 *
 * <p>Invariants: a blob is either wholly there or not there; a name is written once unless the
 * caller says otherwise; a sealed byte is never returned before its segment was authenticated; a
 * missing key is a problem and never a reason to write in the clear. The room decides nothing about
 * what is stored: backups, dumps and write-ahead log do.
 */
@NullMarked
package dev.undercroft.storage;

import org.jspecify.annotations.NullMarked;
