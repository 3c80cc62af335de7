package dev.undercroft.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place for named, immutable blobs. Implementations are thread-safe.
 *
 * <p>What an implementation owes:
 *
 * <ul>
 *   <li>Atomic: a reader sees the whole blob or none; a crash in the middle of {@link #put} leaves
 *       nothing under the name.
 *   <li>Durable: when {@link #put} returns, the blob survives a power failure as far as the medium
 *       can promise it.
 *   <li>Read-after-write: {@link #find}, {@link #open} and {@link #list} see what {@link #put} has
 *       stored, at once.
 *   <li>Exclusive: of two concurrent {@link Overwrite#REFUSE} puts of one name, at most one wins.
 * </ul>
 *
 * <p>What fails for reasons of the medium is an {@link IOException}; what the caller must decide is
 * a {@link dev.undercroft.base.ProblemException}.
 */
public interface BlobStore {

  /** What happens to a blob that is already there. */
  enum Overwrite {
    /** It stays, and the put fails with problem {@code STORAGE_EXISTS}. */
    REFUSE,
    /** It is replaced, atomically. */
    REPLACE
  }

  /**
   * Stores a blob.
   *
   * @throws dev.undercroft.base.ProblemException {@code STORAGE_EXISTS} when it exists and must not
   *     be replaced
   */
  void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException;

  /**
   * Opens a part of a blob for reading.
   *
   * @param offset the first byte, from 0
   * @param length how many bytes at most; {@link Long#MAX_VALUE} for all that follow
   * @throws dev.undercroft.base.ProblemException {@code STORAGE_NOT_FOUND} when there is no blob of
   *     this name
   */
  InputStream open(BlobName name, long offset, long length) throws IOException;

  /** The size and time of a blob, if it is there. */
  Optional<BlobStat> find(BlobName name) throws IOException;

  /**
   * All blobs whose name begins with a text, in order of name. The stream must be closed.
   *
   * @param prefix the beginning of the names; empty for all
   */
  Stream<BlobStat> list(String prefix) throws IOException;

  /** Removes a blob; does nothing when it is not there. */
  void delete(BlobName name) throws IOException;
}
