package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes all blocks before the first one is read: no two may share a byte. */
final class Overlaps {
  private final Probe probe;
  private final Evidence evidence;
  private final long capacity;
  private final long[] blocks;
  private final int blockSize;
  private final long seed;

  /**
   * Prepares.
   *
   * @param blocks their offsets, in ascending order
   * @param blockSize their size, in bytes
   * @param seed decides what is written
   */
  Overlaps(Probe probe, Evidence evidence, long capacity, long[] blocks, int blockSize, long seed) {
    this.probe = probe;
    this.evidence = evidence;
    this.capacity = capacity;
    this.blocks = blocks;
    this.blockSize = blockSize;
    this.seed = seed;
  }

  /** Tests, twice if something is wrong: an error of the bus would not come back. */
  void test() {
    List<Mismatch> once = wrong();
    if (once.isEmpty()) {
      return;
    }
    once.forEach(evidence::mismatch);
    var twice = new ArrayList<>(once);
    twice.retainAll(wrong());
    if (!twice.isEmpty()) {
      evidence.unexplained(twice.getFirst());
    }
  }

  /** Returns the first wrong byte of each block. */
  private List<Mismatch> wrong() {
    for (long offset : blocks) {
      probe.write(offset, contents(offset));
    }
    var wrong = new ArrayList<Mismatch>();
    for (long offset : blocks) {
      byte[] expected = contents(offset);
      byte[] differs = Bits.xor(expected, probe.settled(offset, expected.length));
      for (int i = 0; i < differs.length; i++) {
        if ((differs[i] & ~evidence.stuckBits().at(offset + i)) != 0) {
          wrong.add(Probe.mismatch(offset, expected, differs, i));
          break;
        }
      }
    }
    return wrong;
  }

  private byte[] contents(long offset) {
    var bytes = new byte[(int) Math.min(blockSize, nextBlock(offset) - offset)];
    new Random(seed ^ offset * 0x9E3779B97F4A7C15L).nextBytes(bytes);
    return bytes;
  }

  /** The last block may overlap the one before. */
  private long nextBlock(long offset) {
    int at = Arrays.binarySearch(blocks, offset);
    return at + 1 < blocks.length ? blocks[at + 1] : capacity;
  }
}
