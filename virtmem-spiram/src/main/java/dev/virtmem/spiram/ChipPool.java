package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Several chips of one kind as one store. Stripe after stripe goes to chip after chip, and to the
 * first again after the last; chips that are concatenated are a single round of stripes as large as
 * a chip.
 *
 * <p>What lies inside a stripe goes to its chip as it is. A longer transfer makes one transfer of
 * each chip that it touches, since the stripes of a range follow each other inside a chip: their
 * bytes are gathered and scattered, not copied. The chips are used one after the other, and the
 * first failure ends the transfer.
 */
final class ChipPool implements VerifiedStore {
  private final BackingStore[] chips;
  private final long stripe;
  private final long capacity;
  private final TransferCost cost;
  private final StoreState state;

  /** What one chip has of a transfer; kept for the next one, which is mostly of the same array. */
  private TransferBuffer part = TransferBuffer.of(new byte[0]);

  /**
   * Makes a pool.
   *
   * @param chips at least 1, all of the same capacity and cost; owned by the pool from now on
   * @param stripe bytes, at least 1; a divisor of a chip's capacity
   */
  ChipPool(List<? extends BackingStore> chips, long stripe) {
    this.chips = chips.toArray(BackingStore[]::new);
    this.stripe = stripe;
    capacity = chips.getFirst().capacity() * chips.size();
    cost = cost(chips.getFirst().cost());
    state = new StoreState(this, capacity);
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    transfer(offset, target, false);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    transfer(offset, source, true);
  }

  private void transfer(long offset, TransferBuffer buffer, boolean write) {
    state.check(offset, buffer.length());
    if (buffer.length() == 0) {
      return;
    }
    long first = offset / stripe;
    long last = (offset + buffer.length() - 1) / stripe;
    if (first == last) {
      transfer(first, offset % stripe, buffer, write);
      return;
    }
    if (part.array() != buffer.array()) {
      int rounds = (int) ((last - first) / chips.length) + 1;
      part = new TransferBuffer(buffer.array(), buffer.pieces() + rounds);
    }
    for (long index = first; index <= last && index < first + chips.length; index++) {
      part.clear();
      gather(part, buffer, index * stripe - offset);
      transfer(index, index == first ? offset % stripe : 0, part, write);
    }
  }

  /** Hands a transfer to the chip of its first stripe. */
  private void transfer(long index, long inStripe, TransferBuffer buffer, boolean write) {
    BackingStore chip = chips[(int) (index % chips.length)];
    long offset = index / chips.length * stripe + inStripe;
    if (write) {
      chip.write(offset, buffer);
    } else {
      chip.read(offset, buffer);
    }
  }

  /**
   * Collects what a chip has of a transfer.
   *
   * @param from where the chip's first stripe starts in the transfer; maybe before it
   */
  private void gather(TransferBuffer part, TransferBuffer whole, long from) {
    int piece = 0;
    int pieceFrom = 0;
    for (long at = from; at < whole.length(); at += stripe * chips.length) {
      int position = (int) Math.max(0, at);
      int end = (int) Math.min(whole.length(), at + stripe);
      while (position < end) {
        int pieceEnd = pieceFrom + whole.length(piece);
        if (position < pieceEnd) {
          int count = Math.min(end, pieceEnd) - position;
          part.add(whole.start(piece) + position - pieceFrom, count);
          position += count;
        } else {
          pieceFrom = pieceEnd;
          piece++;
        }
      }
    }
  }

  @Override
  public void sync() {
    state.checkOpen();
    forEach(List.of(chips), BackingStore::sync);
  }

  /**
   * Returns what a transfer costs that touches as many chips as one does whose data takes as long
   * as a chip's fixed part: a single one unless stripes are shorter than that. Each further chip
   * adds the fixed part again.
   */
  @Override
  public TransferCost cost() {
    return cost;
  }

  private TransferCost cost(TransferCost chip) {
    return new TransferCost(
        chip.readNanos() * touched(chip.readBreakEven()),
        chip.readNanosPerByte(),
        chip.writeNanos() * touched(chip.writeBreakEven()),
        chip.writeNanosPerByte(),
        chip.unit());
  }

  private long touched(long bytes) {
    return Math.clamp(Math.ceilDiv(bytes, stripe), 1, chips.length);
  }

  /** Returns the sum over the chips; all zero if they are not verified. */
  @Override
  public Verification.Counts counts() {
    var sum = Verification.Counts.NONE;
    for (BackingStore chip : chips) {
      sum = sum.plus(Verification.countsOf(chip));
    }
    return sum;
  }

  @Override
  public int bufferBytes() {
    int sum = 0;
    for (BackingStore chip : chips) {
      sum += Verification.bufferBytesOf(chip);
    }
    return sum;
  }

  @Override
  public void close() {
    if (state.close()) {
      forEach(List.of(chips), BackingStore::close);
    }
  }

  /**
   * Does something to each store, even if it fails for one.
   *
   * @throws RuntimeException the first failure, with the others as suppressed exceptions
   */
  static void forEach(List<? extends BackingStore> stores, Consumer<BackingStore> action) {
    RuntimeException failure = null;
    for (BackingStore store : stores) {
      try {
        action.accept(store);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String toString() {
    return List.of(chips).stream()
        .map(BackingStore::toString)
        .collect(
            Collectors.joining(
                ", ",
                stripe * chips.length == capacity
                    ? "concatenated ("
                    : "striped by " + stripe + " bytes (",
                ")"));
  }
}
