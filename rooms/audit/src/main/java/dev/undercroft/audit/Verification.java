package dev.undercroft.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares a log with its seals.
 *
 * @param key the key that the seals were signed with
 * @param file seals that were kept outside
 */
public record Verification(SealKey key, Optional<SealFile> file) {

  /** A transaction may commit that long after its entries say that they were written. */
  private static final Duration LATE = Duration.ofHours(1);

  /**
   * What is wrong.
   *
   * @param entry the entry's key, or the seal
   * @param reason what happened to it
   */
  public record Damage(String entry, String reason) {}

  /**
   * What came out.
   *
   * @param entries how many sealed entries were compared
   * @param open how many are under no seal yet
   * @param damage everything that is not as it was sealed
   */
  public record Result(long entries, long open, List<Damage> damage) {

    /** Copies the list. */
    public Result {
      damage = List.copyOf(damage);
    }
  }

  /** Compares everything. */
  public Result verify(SealedLog log) {
    List<Damage> damage = new ArrayList<>();
    Map<Long, SealFile.Line> outside = new TreeMap<>();
    file.ifPresent(
        kept -> kept.read(log.name()).forEach(line -> outside.put(line.seal().number(), line)));
    long entries = 0;
    long archived = Archiving.through(log, key);
    Optional<Seal> before = Optional.empty();
    for (Seal seal : log.seals()) {
      chain(seal, before, damage);
      List<Leaf> leaves = log.leaves(seal);
      leaves(seal, leaves, Optional.ofNullable(outside.remove(seal.number())), damage);
      compare(log, leaves, archived, damage);
      entries += leaves.size();
      before = Optional.of(seal);
    }
    outside
        .values()
        .forEach(line ->
            damage.add(
                new Damage(
                    words(line.seal()),
                    "was removed with its "
                        + line.seal().entries()
                        + " entries: it is in the file and not in the database")));
    before.ifPresent(seal ->
        log.unsealedBefore(seal.at().minus(LATE))
            .forEach(entry ->
                damage.add(
                    new Damage(
                        entry.key(),
                        "was inserted afterwards: it says it was written at "
                            + entry.at().map(String::valueOf).orElse("?")
                            + ", and the seals since then do not have it"))));
    return new Result(entries, log.open(), damage);
  }

  private static String words(Seal seal) {
    return "seal " + seal.number();
  }

  private void chain(Seal seal, Optional<Seal> before, List<Damage> damage) {
    if (!key.fits(seal)) {
      damage.add(new Damage(words(seal), "does not carry our signature"));
    }
    long expected = before.map(Seal::number).orElse(0L) + 1;
    boolean follows =
        seal.number() == expected
            && seal.first() == before.map(Seal::next).orElse(1L)
            && seal.previous().equals(before.map(Seal::root).orElse(""));
    if (!follows) {
      damage.add(
          new Damage(words(seal), "does not follow on the one before it: seals are missing"));
    }
  }

  /** Whether the leaves are those that were sealed. */
  private static void leaves(
      Seal seal, List<Leaf> leaves, Optional<SealFile.Line> outside, List<Damage> damage) {
    if (outside.isPresent() && !outside.get().seal().equals(seal)) {
      damage.add(new Damage(words(seal), "is another one than in the file"));
    }
    if (leaves.size() == seal.entries() && Seal.rootOf(leaves).equals(seal.root())) {
      return;
    }
    List<String> hashes = outside.map(SealFile.Line::hashes).orElse(List.of());
    boolean named = false;
    for (Leaf leaf : leaves) {
      int at = (int) (leaf.place() - seal.first());
      if (at >= 0 && at < hashes.size() && !hashes.get(at).equals(leaf.hash())) {
        named = true;
        damage.add(
            new Damage(
                leaf.key(),
                hashes.contains(leaf.hash())
                    ? "stands at another place than when it was sealed"
                    : "was changed together with its leaf"));
      }
    }
    if (!named) {
      damage.add(
          new Damage(
              words(seal),
              "does not fit its leaves: of the entries at the places %d to %d, some were changed, removed or put in another order together with their leaves"
                  .formatted(seal.first(), seal.next() - 1)));
    }
  }

  private static void compare(
      SealedLog log, List<Leaf> leaves, long archived, List<Damage> damage) {
    Map<String, LogEntry> entries = log.entries(leaves.stream().map(Leaf::key).toList());
    for (Leaf leaf : leaves) {
      LogEntry entry = entries.get(leaf.key());
      if (entry == null && leaf.place() > archived) {
        damage.add(new Damage(leaf.key(), "was removed"));
      } else if (entry != null && !entry.hash().equals(leaf.hash())) {
        damage.add(new Damage(leaf.key(), "was changed"));
      }
    }
  }
}
