package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A store that reads back what it writes, and reads until two reads in a row agree: {@link
 * Verification#READ_BACK}. Moves at most 1,024 bytes at a time.
 *
 * <p>A line that floats, or a chip that fell back into byte mode, gives the same wrong bytes each
 * time: all bits 1 or all 0, maybe behind a first byte that is right. Such an answer only counts if
 * the chip then answers to its set-up, and the transfer brings the same once more: the chip may
 * have left before the set-up or after it.
 */
final class ReadBackStore implements VerifiedStore {
  private static final int CHUNK = 1024;

  private final RetriedTransfers transfers;
  private final byte[] bytes = new byte[CHUNK];
  private final byte[] again = new byte[CHUNK];
  private final TransferBuffer first = new TransferBuffer(bytes, 1);
  private final TransferBuffer second = new TransferBuffer(again, 1);
  private final TransferCost cost;
  private final StoreState state;

  /**
   * Puts verification over a chip.
   *
   * @param chip the store below, owned by this one from now on
   * @param setUp see {@link RetriedTransfers}
   * @param retries how often a transfer is repeated, at least 1
   */
  ReadBackStore(BackingStore chip, Runnable setUp, int retries) {
    transfers = new RetriedTransfers(chip, setUp, retries);
    TransferCost once = chip.cost();
    cost =
        new TransferCost(
            2 * once.readNanos(),
            2 * once.readNanosPerByte(),
            once.writeNanos() + once.readNanos(),
            once.writeNanosPerByte() + once.readNanosPerByte(),
            once.unit());
    state = new StoreState(this, chip.capacity());
  }

  @Override
  public long capacity() {
    return transfers.chip.capacity();
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    for (int done = 0; done < target.length(); done += CHUNK) {
      int part = Math.min(CHUNK, target.length() - done);
      readTwice(offset + done, part);
      target.put(done, bytes, 0, part);
    }
  }

  private void readTwice(long offset, int length) {
    begin(length);
    boolean proved = false;
    boolean known = transfers.read(offset, first);
    for (int tries = 0; tries <= transfers.retries; tries++) {
      boolean agree =
          transfers.read(offset, second)
              && known
              && Arrays.equals(bytes, 0, length, again, 0, length);
      if (agree && (proved || !mayBeNobody(length))) {
        return;
      }
      if (!agree) {
        transfers.countRetry();
      }
      proved = transfers.setUp() && agree;
      if (!agree) {
        known = transfers.read(offset, first);
      }
    }
    throw transfers.exhausted("reading", offset, length);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    for (int done = 0; done < source.length(); done += CHUNK) {
      int part = Math.min(CHUNK, source.length() - done);
      source.get(done, bytes, 0, part);
      writeAndReadBack(offset + done, part);
    }
  }

  private void writeAndReadBack(long offset, int length) {
    begin(length);
    boolean certain = !mayBeNobody(length);
    boolean proved = certain;
    boolean same = true;
    int last = 0;
    for (int tries = 0; tries <= transfers.retries; tries++) {
      boolean arrived =
          transfers.write(offset, first)
              && transfers.read(offset, second)
              && Arrays.equals(bytes, 0, length, again, 0, length);
      if (arrived && proved) {
        return;
      }
      if (!arrived) {
        transfers.countRetry();
      }
      int now = ByteBuffer.wrap(again, 0, length).hashCode();
      same &= tries == 0 || now == last;
      last = now;
      boolean ready = transfers.setUp();
      proved = certain || ready && arrived;
    }
    int wrong = Arrays.mismatch(bytes, 0, length, again, 0, length);
    throw transfers.notWritten(offset, length, same && wrong >= 0, offset + wrong);
  }

  private void begin(int length) {
    transfers.begin();
    first.clear();
    first.add(0, length);
    second.clear();
    second.add(0, length);
  }

  /** Tells whether a chip that is not there, or one in byte mode, might give the same bytes. */
  private boolean mayBeNobody(int length) {
    byte last = bytes[length - 1];
    if (last != 0 && last != -1) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (bytes[i] != last) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void sync() {
    state.checkOpen();
    transfers.chip.sync();
  }

  /**
   * Returns the cost of the transfers below: two reads for a read, a write and a read for a write.
   * It is higher by a few transfers where all bytes are FF or all are 00.
   */
  @Override
  public TransferCost cost() {
    return cost;
  }

  @Override
  public Verification.Counts counts() {
    return transfers.counts();
  }

  @Override
  public int bufferBytes() {
    return 2 * CHUNK;
  }

  @Override
  public void close() {
    if (state.close()) {
      transfers.chip.close();
    }
  }

  @Override
  public String toString() {
    return transfers.chip + ", read back";
  }
}
