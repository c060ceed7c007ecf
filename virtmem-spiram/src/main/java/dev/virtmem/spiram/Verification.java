package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;

/**
 * What is done about bits that flip on the wires to a chip, in data, address or instruction, either
 * way.
 *
 * <p>Data is not all that a flip can hurt. An address that flips lets a write destroy bytes
 * elsewhere. READ 03 with one bit flipped is WRITE 02 on a part without a write-enable latch, a
 * read that destroys what it was to read; or it is 01, and the first address byte becomes the value
 * of the mode register.
 */
public enum Verification {
  /** Nothing. A flip goes unnoticed. */
  OFF,

  /**
   * Each write is read back and compared, each read repeated until two in a row agree. Takes no
   * space and twice as many transfers.
   *
   * <p>It corrects flips in data, and finds out that a write or a read went elsewhere. It cannot
   * repair what that destroyed. With p the chance of a bit to flip, a address bits that the part
   * uses, and n bytes of data:
   *
   * <ul>
   *   <li>a write destroys n bytes elsewhere with the chance a p;
   *   <li>a read destroys the n bytes that it was to read, which nobody notices, with the chance p
   *       each time it is sent; on a part with a write-enable latch it cannot;
   *   <li>the same bit flips twice in a row, which nobody notices, with the chance (8 n + a)
   *       p<sup>2</sup>.
   * </ul>
   *
   * <p>At p = 10<sup>-5</sup> a million writes to a 23LC1024 (a = 17) destroy bytes elsewhere 170
   * times, and a million reads, sent twice each, destroy what they read 20 times.
   */
  READ_BACK,

  /**
   * All that {@link #READ_BACK} does for writes, and what is in the chip can be checked and
   * repaired: lines of 64 bytes with a CRC each, and two regions of the chip that hold parity, from
   * which any two lines of a group can be rebuilt. A write takes nine transfers, a read one. Some
   * 82 % of a chip of 128 KiB remain.
   *
   * <p>A loss, which an exception reports, takes three lines of one group that are destroyed before
   * the first of them is found. Data that is wrong and goes unnoticed takes a CRC-32C that is right
   * by chance, 2<sup>-32</sup> for each line that was destroyed, or an address bit that flips three
   * times in a row.
   */
  CRC;

  /**
   * What verification had to do so far.
   *
   * @param retries transfers that were repeated, since one failed or brought something wrong
   * @param repairedLines lines that were rebuilt from their group, parity included
   * @param scrubs how often all lines of a chip were checked
   * @param losses how often a group was found with more destroyed than can be rebuilt
   */
  public record Counts(long retries, long repairedLines, long scrubs, long losses) {
    /** What a store without verification counts. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          retries + other.retries,
          repairedLines + other.repairedLines,
          scrubs + other.scrubs,
          losses + other.losses);
    }
  }

  /**
   * Returns what verification had to do for a store.
   *
   * @param store any store
   * @return its counts; all zero if it is no {@link VerifiedStore}
   */
  public static Counts countsOf(BackingStore store) {
    return store instanceof VerifiedStore verified ? verified.counts() : Counts.NONE;
  }

  /**
   * Returns the size of the buffers that verification keeps for a store.
   *
   * @param store any store
   * @return bytes, without the headers of arrays; 0 if it is no {@link VerifiedStore}
   */
  public static int bufferBytesOf(BackingStore store) {
    return store instanceof VerifiedStore verified ? verified.bufferBytes() : 0;
  }
}
