package dev.undercroft.backup;

/**
 * Where consecutive units of a file are stored. A unit is 8 KiB, a page of a relation; the last
 * unit of a file may be shorter. Immutable.
 *
 * @param unit number of the first unit within the file
 * @param count how many units
 * @param pack index into the manifest's table of packs, or {@link #ZEROS}
 * @param offset where the frame begins in the pack
 * @param length how many stored bytes the frame has
 * @param slot number of the first unit within the frame
 */
public record Run(long unit, int count, int pack, long offset, int length, int slot) {

  /** Instead of a pack: the units are zero bytes and nothing is stored. */
  static final int ZEROS = -1;

  /** Size of a unit in bytes. */
  static final int UNIT = PageCheck.PAGE;

  static Run zeros(long unit, int count) {
    return new Run(unit, count, ZEROS, 0, 0, 0);
  }

  /** A part of this run. */
  Run part(long firstUnit, int units) {
    int skipped = Math.toIntExact(firstUnit - unit);
    return new Run(firstUnit, units, pack, offset, length, slot + skipped);
  }

  /** The same run, its pack found at another place of another table. */
  Run inPack(int otherPack) {
    return new Run(unit, count, otherPack, offset, length, slot);
  }

  /** One unit of the frame that this run names. */
  Run slot(long unitOfFile, int slotInFrame) {
    return new Run(unitOfFile, 1, pack, offset, length, slotInFrame);
  }

  long end() {
    return unit + count;
  }
}
