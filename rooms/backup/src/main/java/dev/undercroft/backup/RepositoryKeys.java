package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.DataKey;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.WrappedKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of a repository, wrapped by master keys: {@code keys/KEY/MASTER.json}. Thread-safe.
 */
final class RepositoryKeys {

  private static final String FOLDER = "keys/";

  private final BlobStore store;
  private final @Nullable KeyRing ring;
  private final String repository;
  private final Map<String, DataKey> opened = new ConcurrentHashMap<>();

  /**
   * The keys of a repository.
   *
   * @param ring the master keys at hand; null when nothing is encrypted
   * @param repository its id, to which every key is bound
   */
  RepositoryKeys(BlobStore store, @Nullable KeyRing ring, String repository) {
    this.store = store;
    this.ring = ring;
    this.repository = repository;
  }

  /** A fresh data key, its wrapped form stored; or none when nothing is encrypted. */
  Repository.OpenKey fresh() throws IOException {
    if (ring == null) {
      return new Repository.OpenKey("", null);
    }
    DataKey key = DataKey.generate();
    String id = UUID.randomUUID().toString();
    storeWrapped(id, ring.wrap(key, purpose(id)));
    opened.put(id, key);
    return new Repository.OpenKey(id, key);
  }

  private void storeWrapped(String id, WrappedKey wrapped) throws IOException {
    store.put(
        nameOf(id, wrapped.masterKeyId()),
        BlobContent.of(Json.write(wrapped)),
        BlobStore.Overwrite.REPLACE);
  }

  private static BlobName nameOf(String id, String master) {
    return BlobName.of(FOLDER + id + "/" + master + ".json");
  }

  private String purpose(String keyId) {
    return "repository " + repository + " key " + keyId;
  }

  /**
   * The data key of an id, from whichever of its wrapped forms opens.
   *
   * @throws ProblemException one problem for each form that does not open: {@code BACKUP_DAMAGED}
   *     with the name of the object, or {@code STORAGE_KEY_MISSING}; {@code BACKUP_KEY_LOST} when
   *     there is no form at all
   */
  DataKey open(String id) throws IOException {
    DataKey known = opened.get(id);
    if (known != null) {
      return known;
    }
    List<Problem> refused = new java.util.ArrayList<>();
    for (BlobName wrapped : wrappings(id)) {
      try {
        DataKey key = unwrapped(id, wrapped);
        opened.put(id, key);
        return key;
      } catch (ProblemException e) {
        refused.add(e.first().with("dataKey", id).with("object", wrapped));
      }
    }
    if (!refused.isEmpty()) {
      // Damage first: it can be mended from another copy, whatever other keys are missing.
      refused.sort(java.util.Comparator.comparing(each -> !isDamage(each)));
      throw new ProblemException(refused);
    }
    throw Problem.of(
            "BACKUP_KEY_LOST",
            ProblemKind.EXTERNAL,
            "the repository has no wrapped form of data key " + id)
        .withRemedy("Bring back the folder keys/ from another copy of the repository.")
        .exception();
  }

  private static boolean isDamage(Problem problem) {
    return problem.code().equals("BACKUP_DAMAGED");
  }

  private DataKey unwrapped(String id, BlobName name) throws IOException {
    WrappedKey wrapped;
    try (InputStream in = store.open(name, 0, Long.MAX_VALUE)) {
      wrapped = Json.read(in.readAllBytes(), WrappedKey.class, name.text());
    }
    String saidToBe = FOLDER + id + "/" + wrapped.masterKeyId() + ".json";
    if (!name.text().equals(saidToBe) || wrapped.sealed() == null) {
      throw damaged(name, "it is not the wrapped key that its name says", null);
    }
    try {
      return java.util.Objects.requireNonNull(ring).unwrap(wrapped, purpose(id));
    } catch (ProblemException e) {
      if (e.first().code().equals("STORAGE_KEY_WRONG")) {
        throw damaged(name, e.first().message(), e);
      }
      throw e;
    }
  }

  private static ProblemException damaged(
      BlobName name, String what, @Nullable ProblemException cause) {
    Problem problem =
        Problem.of("BACKUP_DAMAGED", ProblemKind.EXTERNAL, name + " is damaged: " + what)
            .withRemedy(
                "Bring this object back from another copy of the repository; without it nothing"
                    + " that was sealed with this key can be read.");
    return cause == null ? problem.exception() : problem.exception(cause);
  }

  private List<BlobName> wrappings(String id) throws IOException {
    try (Stream<BlobStat> blobs = store.list(FOLDER + id + "/")) {
      return blobs.map(BlobStat::name).toList();
    }
  }

  /**
   * Wraps every data key under the primary master key as well.
   *
   * @return how many data keys were wrapped anew
   */
  int rewrap() throws IOException {
    if (ring == null) {
      return 0;
    }
    int count = 0;
    for (String id : ids()) {
      if (store.find(nameOf(id, ring.primaryId())).isEmpty()) {
        storeWrapped(id, ring.wrap(open(id), purpose(id)));
        count++;
      }
    }
    return count;
  }

  private List<String> ids() throws IOException {
    try (Stream<BlobStat> blobs = store.list(FOLDER)) {
      return blobs
          .map(blob -> blob.name().text().substring(FOLDER.length()).replaceAll("/.*", ""))
          .distinct()
          .toList();
    }
  }
}
