package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The backups of a repository and what is known of each. What was proven is noted in small objects
 * of their own beside the manifest, written once, so that credentials which may only add suffice.
 * Thread-safe.
 */
public final class BackupCatalog {

  private static final String FOLDER = "backups/";
  private static final Set<String> DAMAGE =
      Set.of("STORAGE_DAMAGED", "BACKUP_DAMAGED", "STORAGE_KEY_WRONG", "BACKUP_KEY_LOST");

  private final Repository repository;

  /** The backups of one repository. */
  public BackupCatalog(Repository repository) {
    this.repository = repository;
  }

  /** A note that something was proven of a backup. */
  record Proof(BackupState state, Instant at) {}

  /**
   * A backup whose manifest was changed since it was written. Immutable.
   *
   * @param id its id
   * @param problem what is wrong with it
   */
  public record Damaged(String id, Problem problem) {}

  /**
   * What the repository holds. Immutable.
   *
   * @param backups those that can be read, the newest first
   * @param damaged those of which not even the manifest can be read
   * @param notes what cannot be read of the notes beside backups: the backups are there, but what
   *     was proven of them is not known
   */
  public record Contents(List<BackupSummary> backups, List<Damaged> damaged, List<Damaged> notes) {
    /** Copies the lists. */
    public Contents {
      backups = List.copyOf(backups);
      damaged = List.copyOf(damaged);
      notes = List.copyOf(notes);
    }

    /** Everything that is wrong, each problem with the id of its backup. */
    public List<Problem> problems() {
      return Stream.concat(damaged.stream(), notes.stream()).map(Damaged::problem).toList();
    }
  }

  /** All backups; one that is damaged does not hide the others. */
  public Contents contents() throws IOException {
    List<BackupSummary> all = new ArrayList<>();
    List<Damaged> damaged = new ArrayList<>();
    List<Damaged> notes = new ArrayList<>();
    for (String id : ids()) {
      try {
        all.add(summary(id, notes::add));
      } catch (ProblemException e) {
        if (!isDamage(e)) {
          throw e;
        }
        damaged.add(new Damaged(id, e.first().with("backup", id)));
      }
    }
    all.sort(Comparator.comparing(BackupSummary::stoppedAt).reversed());
    return new Contents(all, damaged, notes);
  }

  /**
   * All backups that can be read, the newest first. Says nothing of those that cannot: whoever
   * chooses or shows backups asks for the {@link #contents}.
   */
  public List<BackupSummary> list() throws IOException {
    return contents().backups();
  }

  /**
   * All backups, for who removes what the others do not need.
   *
   * @throws ProblemException what is wrong with each backup that cannot be read: nobody knows what
   *     it needs
   */
  public List<BackupSummary> allReadable() throws IOException {
    Contents contents = contents();
    if (!contents.damaged().isEmpty()) {
      throw new ProblemException(
          contents.damaged().stream()
              .map(each ->
                  each.problem()
                      .withRemedy(
                          "Nothing is removed while nobody can tell what this backup needs. Bring"
                              + " the object back from another copy, or give the backup up with"
                              + " `undercroft backup delete "
                              + each.id()
                              + "`."))
              .toList());
    }
    return contents.backups();
  }

  private static boolean isDamage(ProblemException e) {
    return DAMAGE.contains(e.first().code());
  }

  private Set<String> ids() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    try (Stream<BlobStat> blobs = repository.store().list(FOLDER)) {
      blobs
          .map(blob -> blob.name().text())
          .filter(name -> name.endsWith("/manifest"))
          .forEach(name ->
              ids.add(name.substring(FOLDER.length(), name.length() - "/manifest".length())));
    }
    return ids;
  }

  /**
   * The backup that an id or the unique beginning of one names.
   *
   * @throws ProblemException {@code BACKUP_UNKNOWN}, {@code BACKUP_AMBIGUOUS}, or what is wrong
   *     with its manifest
   */
  public BackupSummary require(String idOrPrefix) throws IOException {
    return summary(wholeId(idOrPrefix), unread -> {});
  }

  /**
   * The id of the backup that an id or the unique beginning of one names; it may be damaged.
   *
   * @throws ProblemException {@code BACKUP_UNKNOWN} or {@code BACKUP_AMBIGUOUS}
   */
  public String wholeId(String idOrPrefix) throws IOException {
    Set<String> ids = ids();
    if (ids.contains(idOrPrefix)) {
      return idOrPrefix;
    }
    List<String> matches =
        idOrPrefix.isEmpty()
            ? List.of()
            : ids.stream().filter(id -> id.startsWith(idOrPrefix)).toList();
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    if (matches.isEmpty()) {
      throw Problem.of(
              "BACKUP_UNKNOWN", ProblemKind.NOT_FOUND, "there is no backup '" + idOrPrefix + "'")
          .withRemedy("List what there is with `undercroft backup list`.")
          .exception();
    }
    throw Problem.of(
            "BACKUP_AMBIGUOUS",
            ProblemKind.INPUT,
            "'" + idOrPrefix + "' is the beginning of " + matches.size() + " backups")
        .withDetail(String.join("\n", matches))
        .withRemedy("Write more of the id.")
        .exception();
  }

  /**
   * Everything a backup says of itself besides its files.
   *
   * @param id the whole id
   */
  public BackupHeader header(String id) throws IOException {
    try (Manifest manifest = Manifest.open(repository, id)) {
      return manifest.header();
    }
  }

  /** SHA-256 of a backup's stored manifest, which names and authenticates everything else. */
  public String checksum(String id) throws IOException {
    try (InputStream in = repository.store().open(Manifest.nameOf(id), 0, Long.MAX_VALUE);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private BackupSummary summary(String id, Consumer<Damaged> unread) throws IOException {
    BackupHeader header = header(id);
    BackupState state = BackupState.CREATED;
    Optional<Instant> proven = Optional.empty();
    for (BackupState each :
        List.of(BackupState.COMPLETE, BackupState.VERIFIED, BackupState.DRILLED)) {
      try {
        Optional<byte[]> note = repository.note(proofName(id, each));
        if (note.isPresent()) {
          Proof proof = Json.read(note.get(), Proof.class, proofName(id, each).text());
          state = each;
          proven = each == BackupState.COMPLETE ? proven : Optional.of(proof.at());
        }
      } catch (ProblemException e) {
        if (!isDamage(e)) {
          throw e;
        }
        unread.accept(new Damaged(id, unreadNote(e.first(), id, each)));
        // That the log is there can be seen; what a reader or a drill saw is lost with the note.
        if (each == BackupState.COMPLETE && isLogStored(header)) {
          state = each;
        }
      }
    }
    return new BackupSummary(
        id,
        header.basedOn(),
        header.reason(),
        state,
        header.start(),
        header.stop().at(),
        header.stop().position(),
        header.bytes(),
        header.storedBytes(),
        header.corrupt().size(),
        proven);
  }

  private static Problem unreadNote(Problem damage, String id, BackupState state) {
    return Problem.of(
            "BACKUP_NOTE_DAMAGED",
            ProblemKind.EXTERNAL,
            "the note " + proofName(id, state) + " cannot be read: " + damage.message())
        .withDetail("The backup itself is another object and may be sound.")
        .withRemedy(
            "Run `undercroft backup verify "
                + id
                + "`: it reads everything back and writes the note anew.")
        .with("backup", id);
  }

  private boolean isLogStored(BackupHeader header) throws IOException {
    return WalArchive.of(repository, header.start())
        .covers(header.start().timeline(), header.start().position(), header.stop().position());
  }

  private boolean isComplete(String id) throws IOException {
    try {
      return repository.note(proofName(id, BackupState.COMPLETE)).isPresent();
    } catch (ProblemException e) {
      if (!isDamage(e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Why somebody wants a backup kept. Immutable.
   *
   * @param reason for people
   * @param at since when
   * @param until until when; empty for ever
   */
  public record Pin(String reason, Instant at, Optional<Instant> until) {}

  /**
   * Keeps a backup from retention and from removal until it is unpinned, or until a time. A later
   * pin replaces an earlier one.
   */
  public void pin(String id, Pin pin) throws IOException {
    repository.putNote(pinName(id), Json.write(pin), BlobStore.Overwrite.REPLACE);
  }

  /** Lets retention have a backup again; does nothing when it is not pinned. */
  public void unpin(String id) throws IOException {
    repository.removeNote(pinName(id));
  }

  /** The pins that hold at a time, by the ids of their backups; a damaged one holds. */
  public Map<String, Pin> pins(Instant now) throws IOException {
    Map<String, Pin> pins = new TreeMap<>();
    for (String id : ids()) {
      Optional<Pin> pin = pinOf(id);
      if (pin.isPresent() && pin.get().until().filter(now::isAfter).isEmpty()) {
        pins.put(id, pin.get());
      }
    }
    return pins;
  }

  private Optional<Pin> pinOf(String id) throws IOException {
    try {
      return repository
          .note(pinName(id))
          .map(bytes -> Json.read(bytes, Pin.class, pinName(id).text()));
    } catch (ProblemException e) {
      if (!isDamage(e)) {
        throw e;
      }
      return Optional.of(new Pin("its pin is damaged", Instant.EPOCH, Optional.empty()));
    }
  }

  private static BlobName pinName(String id) {
    return BlobName.of(FOLDER + id + "/pin");
  }

  private static BlobName proofName(String id, BackupState state) {
    return BlobName.of(FOLDER + id + "/" + state.name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Notes that something was proven of a backup; a later proof replaces an earlier one. */
  public void prove(String id, BackupState state, Instant at) throws IOException {
    byte[] note = Json.write(new Proof(state, at));
    repository.putNote(proofName(id, state), note, BlobStore.Overwrite.REPLACE);
  }

  /**
   * Notes that a backup is complete, if the log from its start to its stop is stored.
   *
   * @return whether it is
   */
  public boolean completeIfLogIsStored(String id, Instant at) throws IOException {
    BackupHeader header = header(id);
    boolean stored = isLogStored(header);
    if (stored && !isComplete(id)) {
      prove(id, BackupState.COMPLETE, at);
    }
    return stored;
  }

  /** Removes a backup's manifest and notes; its packs go with the next collection of garbage. */
  public void remove(String id) throws IOException {
    // The manifest first: without it the backup does not exist, whatever else is left.
    repository.store().delete(Manifest.nameOf(id));
    List<BlobStat> rest;
    try (Stream<BlobStat> blobs = repository.store().list(FOLDER + id + "/")) {
      rest = blobs.toList();
    }
    for (BlobStat blob : rest) {
      repository.store().delete(blob.name());
    }
  }
}
