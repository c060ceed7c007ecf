package dev.virtmem.sdcard;

import java.util.List;

/**
 * How much a card was worn.
 *
 * @param bytesWritten bytes written to the store
 * @param blockSize bytes of a block
 * @param blocksWritten how often a write touched a block: a write of 3 blocks counts 3 times
 * @param hottest the blocks that most was written to, at most 8, the hottest first
 */
public record Wear(long bytesWritten, int blockSize, long blocksWritten, List<Block> hottest) {

  /**
   * A block of a card.
   *
   * @param offset where it starts, in bytes
   * @param bytesWritten bytes written to it
   */
  public record Block(long offset, long bytesWritten) {}

  /**
   * Creates figures.
   *
   * @throws NullPointerException if the list is null
   */
  public Wear {
    hottest = List.copyOf(hottest);
  }

  /**
   * Returns how many bytes the card had to take for each byte that the program changed. What the
   * card's controller makes of them comes on top.
   *
   * @param changed bytes that the program changed, above 0
   * @return the factor
   * @throws IllegalArgumentException if {@code changed} is below 1
   */
  public double amplification(long changed) {
    if (changed < 1) {
      throw new IllegalArgumentException("changed bytes must be at least 1, got " + changed);
    }
    return (double) bytesWritten / changed;
  }
}
