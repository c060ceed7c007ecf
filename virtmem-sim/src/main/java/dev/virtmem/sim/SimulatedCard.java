package dev.virtmem.sim;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FileStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.SplittableRandom;

/**
 * A memory card with what makes cards hard to trust. Until a sync, nothing that was written is
 * certain to be there after a power cut: it may be lost, torn at 512 bytes, or there although
 * something written before it is not. Blocks wear out, garbage collection stalls, the card may turn
 * read-only, and bits rot. For errors that come and go put a {@link dev.virtmem.store.FaultyStore}
 * on top.
 *
 * <p>Its bytes are zeros at first. Time is that of a {@link VirtualClock}, by the {@linkplain
 * FileStore#CARD cost} of a card of class A1. Not safe for use by several threads.
 */
public final class SimulatedCard implements BackingStore {
  /** The unit in which a power cut tears a write, in bytes, unless told otherwise. */
  public static final int SECTOR = 512;

  /** The unit in which a card wears, in bytes, unless told otherwise. */
  public static final int ERASE_BLOCK = 2 * 1024 * 1024;

  private final byte[] medium;
  private final byte[] seen;
  private final UnsyncedWrites unsynced = new UnsyncedWrites();
  private final VirtualClock clock = new VirtualClock(0);
  private final StoreState state;
  private final int eraseBlock;
  private final long[] written;
  private long endurance = Long.MAX_VALUE;
  private long stallBytes = Long.MAX_VALUE;
  private long stallNanos;
  private long sinceStall;
  private boolean readOnly;
  private int tearUnit = SECTOR;

  /**
   * Creates a card of zeros.
   *
   * @param capacity bytes, at least 1
   */
  public SimulatedCard(int capacity) {
    this(new byte[checked(capacity)], ERASE_BLOCK);
  }

  /**
   * Creates a card of zeros with erase blocks of a size of their own.
   *
   * @param capacity bytes, at least 1
   * @param eraseBlock bytes, at least 1
   */
  public SimulatedCard(int capacity, int eraseBlock) {
    this(new byte[checked(capacity)], checked(eraseBlock));
  }

  private SimulatedCard(byte[] medium, int eraseBlock) {
    this.medium = medium;
    this.seen = medium.clone();
    this.eraseBlock = eraseBlock;
    this.written = new long[(medium.length - 1) / eraseBlock + 1];
    this.state = new StoreState(this, medium.length);
  }

  private static int checked(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a card has at least 1 byte, got " + bytes);
    }
    return bytes;
  }

  /**
   * Returns the card as it might be if the power were cut now. This card goes on.
   *
   * @param seed decides what of the writes since the last sync is there
   * @return another card, open, with nothing unsynced and no faults
   */
  public SimulatedCard afterPowerCut(long seed) {
    byte[] left = medium.clone();
    unsynced.cut(left, tearUnit, new SplittableRandom(seed));
    var card = new SimulatedCard(left, eraseBlock);
    card.tearUnit = tearUnit;
    return card;
  }

  /**
   * Sets the unit in which a power cut tears a write: smaller than that of a card for memory
   * without sectors, such as FRAM.
   *
   * @param bytes at least 1
   */
  public void tearAt(int bytes) {
    tearUnit = checked(bytes);
  }

  /**
   * Flips a bit at rest.
   *
   * @param offset the byte, from 0
   * @param bit which, 0 to 7
   */
  public void rot(int offset, int bit) {
    medium[offset] ^= (byte) (1 << bit);
    seen[offset] ^= (byte) (1 << bit);
  }

  /** From now on refuses to be written, as cards do at the end of their lives. */
  public void turnReadOnly() {
    readOnly = true;
  }

  /**
   * Sets how much an erase block can take. Writes to one that took more fail for good.
   *
   * @param bytes for each erase block; no limit if not set
   */
  public void endure(long bytes) {
    endurance = bytes;
  }

  /**
   * Lets the card pause now and then to collect garbage.
   *
   * @param everyBytes after how many bytes written
   * @param nanos for how long, in ns of the clock
   */
  public void stall(long everyBytes, long nanos) {
    stallBytes = everyBytes;
    stallNanos = nanos;
    sinceStall = 0;
  }

  /**
   * Returns how much was written to each erase block.
   *
   * @return bytes, in the order of the blocks
   */
  public long[] wear() {
    return written.clone();
  }

  /**
   * Returns the clock.
   *
   * @return the time that the card was busy
   */
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public long capacity() {
    return medium.length;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    target.put(0, seen, (int) offset, target.length());
    clock.pause((long) cost().readTime(target.length()));
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    if (source.length() == 0) {
      return;
    }
    if (readOnly) {
      throw new StoreException(this + " has turned read-only");
    }
    wear((int) offset, source.length());
    byte[] bytes = new byte[source.length()];
    source.get(0, bytes, 0, bytes.length);
    System.arraycopy(bytes, 0, seen, (int) offset, bytes.length);
    unsynced.add((int) offset, bytes);
    clock.pause((long) cost().writeTime(bytes.length));
    sinceStall += bytes.length;
    if (sinceStall >= stallBytes) {
      sinceStall = 0;
      clock.pause(stallNanos);
    }
  }

  private void wear(int offset, int length) {
    int last = (offset + length - 1) / eraseBlock;
    for (int block = offset / eraseBlock; block <= last; block++) {
      if (written[block] >= endurance) {
        throw new StoreException(
            "erase block %d of %s is worn out by %d bytes".formatted(block, this, written[block]));
      }
    }
    for (int block = offset / eraseBlock; block <= last; block++) {
      int from = Math.max(offset, block * eraseBlock);
      int to = (int) Math.min((long) offset + length, (block + 1L) * eraseBlock);
      written[block] += to - from;
    }
  }

  @Override
  public void sync() {
    state.checkOpen();
    unsynced.settle(medium);
  }

  @Override
  public TransferCost cost() {
    return FileStore.CARD;
  }

  @Override
  public void close() {
    state.close();
  }

  @Override
  public String toString() {
    return "simulated card of " + medium.length + " bytes";
  }
}
