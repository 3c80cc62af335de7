package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.Compression;
import dev.undercroft.storage.DataKey;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.SealedInput;
import dev.undercroft.storage.SealedOutput;
import dev.undercroft.storage.SegmentCipher;
import dev.undercroft.storage.Spool;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One store as a place for backups: its identity, its keys, and objects that are compressed and
 * sealed under their names. Thread-safe.
 *
 * <pre>
 *   repository.json              identity, format, whether encrypted
 *   keys/KEY/MASTER.json         a data key wrapped by a master key
 *   packs/UUID                   frames of pages
 *   backups/ID/manifest, info    what a backup holds
 *   wal/SYSTEM/TIMELINE/SEGMENT  write-ahead log
 *   leases/NAME/GENERATION       who writes at the moment
 * </pre>
 *
 * <p>Whether a repository is encrypted is decided when it is made and never changes: a key that is
 * missing later is a problem, not a reason to write in the clear.
 */
public final class Repository {

  private static final int FORMAT = 1;
  private static final BlobName IDENTITY = BlobName.of("repository.json");

  private final BlobStore store;
  private final RepositoryKeys keys;
  private final Identity identity;
  private final boolean compressed;
  private @Nullable OpenKey noteKey;

  /** A data key in use, or the absence of encryption. */
  static final class OpenKey {
    private final String id;
    private final @Nullable DataKey key;

    OpenKey(String id, @Nullable DataKey key) {
      this.id = id;
      this.key = key;
    }

    /** Its id; empty text when nothing is encrypted. */
    String id() {
      return id;
    }

    @Nullable SegmentCipher sealing(String object) {
      return key == null ? null : SegmentCipher.seal(key, object);
    }

    @Nullable DataKey key() {
      return key;
    }
  }

  private Repository(BlobStore store, RepositoryKeys keys, Identity identity, boolean compressed) {
    this.compressed = compressed;
    this.store = store;
    this.keys = keys;
    this.identity = identity;
  }

  /**
   * Opens the repository of a store, and makes it when the store has none.
   *
   * @param keys the master keys; null for a repository without encryption
   * @throws ProblemException {@code BACKUP_REPOSITORY_NEWER}, {@code BACKUP_REPOSITORY_ENCRYPTED}
   *     or {@code BACKUP_REPOSITORY_PLAIN} when store and configuration do not fit
   */
  public static Repository open(BlobStore store, @Nullable KeyRing keys) throws IOException {
    if (store.find(IDENTITY).isEmpty()) {
      Identity made = new Identity(FORMAT, UUID.randomUUID().toString(), keys != null);
      try {
        store.put(IDENTITY, BlobContent.of(Json.write(made)), BlobStore.Overwrite.REFUSE);
      } catch (ProblemException madeMeanwhile) {
        if (!madeMeanwhile.first().code().equals("STORAGE_EXISTS")) {
          throw madeMeanwhile;
        }
      }
    }
    return find(store, keys).orElseThrow();
  }

  /**
   * Opens the repository of a store, if the store has one; makes none.
   *
   * @throws ProblemException as {@link #open}
   */
  public static Optional<Repository> find(BlobStore store, @Nullable KeyRing keys)
      throws IOException {
    if (store.find(IDENTITY).isEmpty()) {
      return Optional.empty();
    }
    Identity identity;
    try (InputStream in = store.open(IDENTITY, 0, Long.MAX_VALUE)) {
      identity = Json.read(in.readAllBytes(), Identity.class, IDENTITY.text());
    }
    check(identity, keys);
    return Optional.of(
        new Repository(store, new RepositoryKeys(store, keys, identity.id()), identity, true));
  }

  /** The same repository; what is written through it is not compressed. Both are read alike. */
  public Repository uncompressed() {
    return new Repository(store, keys, identity, false);
  }

  /** Whether what is written is compressed. */
  boolean compresses() {
    return compressed;
  }

  private static void check(Identity identity, @Nullable KeyRing keys) {
    if (identity.format() > FORMAT) {
      throw newer("the repository", identity.format(), FORMAT);
    }
    if (identity.encrypted() && keys == null) {
      throw Problem.of(
              "BACKUP_REPOSITORY_ENCRYPTED",
              ProblemKind.INPUT,
              "the repository is encrypted and no key is configured")
          .withRemedy(
              "Set BACKUP_ENCRYPTION_KEY, or BACKUP_ENCRYPTION_KEY_FILE, to the key it was made with.")
          .exception();
    }
    if (!identity.encrypted() && keys != null) {
      throw Problem.of(
              "BACKUP_REPOSITORY_PLAIN",
              ProblemKind.CONFLICT,
              "encryption is configured and the repository is not encrypted")
          .withRemedy(
              "Use a new, empty place for encrypted backups; what is stored in the clear stays readable without a key.")
          .exception();
    }
  }

  static ProblemException newer(String what, int format, int known) {
    return Problem.of(
            "BACKUP_REPOSITORY_NEWER",
            ProblemKind.CONFLICT,
            what + " has format " + format + ", this version knows " + known)
        .withRemedy("Use the version of Undercroft that wrote it, or a newer one.")
        .exception();
  }

  BlobStore store() {
    return store;
  }

  /** The repository's random identity. */
  public String id() {
    return identity.id();
  }

  /** Whether everything in it is sealed. */
  public boolean encrypted() {
    return identity.encrypted();
  }

  /** What an object's sealing is bound to. */
  String objectName(String blob) {
    return identity.id() + "/" + blob;
  }

  /** A fresh data key, its wrapped form stored; or none when nothing is encrypted. */
  OpenKey newKey() throws IOException {
    return keys.fresh();
  }

  /**
   * The data key of an id.
   *
   * @throws ProblemException when no master key at hand opens it; names the damaged object
   */
  DataKey key(String id) throws IOException {
    return keys.open(id);
  }

  /**
   * Wraps every data key under the primary master key as well, so that older master keys can be
   * taken away. The stored data is not touched.
   *
   * @return how many data keys were wrapped anew
   */
  public int rewrap() throws IOException {
    return keys.rewrap();
  }

  /** What opens the frames of a pack; null when it is not encrypted. */
  @Nullable SegmentCipher opening(PackRef pack) throws IOException {
    if (pack.key().isEmpty()) {
      return null;
    }
    byte[] salt = Base64.getDecoder().decode(pack.salt());
    return SegmentCipher.open(key(pack.key()), objectName(pack.blob()), salt);
  }

  /** Writes bytes into a stream that somebody else has opened. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Stores one compressed, sealed object. The key's id stands before the object. */
  void write(BlobName name, OpenKey key, Body body, BlobStore.Overwrite overwrite)
      throws IOException {
    try (Spool spool = Spool.open()) {
      OutputStream file = new BufferedOutputStream(spool.out());
      byte[] id = key.id().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      file.write(id.length);
      file.write(id);
      DataKey data = key.key();
      OutputStream sealed =
          data == null ? file : new SealedOutput(file, data, objectName(name.text()));
      try (OutputStream out =
          compressed ? Compression.ZSTD.compress(sealed) : Compression.ZSTD.pass(sealed)) {
        body.writeTo(out);
      }
      store.put(name, spool.content(), overwrite);
    }
  }

  /** Opens an object that {@link #write} stored. */
  InputStream read(BlobName name) throws IOException {
    InputStream in = new BufferedInputStream(store.open(name, 0, Long.MAX_VALUE));
    int length = in.read();
    byte[] id = in.readNBytes(Math.max(length, 0));
    if (length < 0 || id.length != length || length > 64) {
      in.close();
      throw Problem.of(
              "BACKUP_DAMAGED", ProblemKind.EXTERNAL, name + " is damaged: it has no beginning")
          .withRemedy("Use another copy of the repository.")
          .exception();
    }
    if (length == 0 && encrypted()) {
      in.close();
      throw Problem.of(
              "BACKUP_DAMAGED",
              ProblemKind.EXTERNAL,
              name + " is not encrypted in an encrypted repository")
          .withRemedy("Somebody put it there; use another copy of the repository.")
          .exception();
    }
    InputStream plain =
        length == 0
            ? in
            : new SealedInput(
                in,
                key(new String(id, java.nio.charset.StandardCharsets.US_ASCII)),
                objectName(name.text()));
    return Compression.ZSTD.decompress(plain, name.text());
  }

  /** The content of a small object, if it is there. */
  Optional<byte[]> find(BlobName name) throws IOException {
    if (store.find(name).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = read(name)) {
      return Optional.of(in.readAllBytes());
    }
  }

  /** One key seals all the notes of this process. */
  private synchronized OpenKey noteKey() throws IOException {
    if (noteKey == null) {
      noteKey = newKey();
    }
    return noteKey;
  }

  /**
   * Stores a small object beside the backups, sealed like everything else.
   *
   * @throws ProblemException {@code STORAGE_EXISTS} when it exists and must not be replaced
   */
  public void putNote(BlobName name, byte[] bytes, BlobStore.Overwrite overwrite)
      throws IOException {
    write(name, noteKey(), out -> out.write(bytes), overwrite);
  }

  /** The content of a note, if it is there. */
  public Optional<byte[]> note(BlobName name) throws IOException {
    try {
      return find(name);
    } catch (ProblemException e) {
      if (e.first().code().equals("STORAGE_NOT_FOUND")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The names of the notes whose names begin with a text, in order. */
  public List<BlobName> notes(String prefix) throws IOException {
    try (Stream<BlobStat> blobs = store.list(prefix)) {
      return blobs.map(BlobStat::name).toList();
    }
  }

  /** Removes a note; does nothing when it is not there. */
  public void removeNote(BlobName name) throws IOException {
    store.delete(name);
  }
}
