package dev.virtmem.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Fails when it is told to, for tests of programs that have to survive a failing device. Without an
 * armed fault it passes everything on.
 *
 * <p>A failing read or sync does not reach the store below. Of a failing write nothing reaches it
 * either, unless writes are {@linkplain #tearWrites torn}.
 */
public final class FaultyStore extends ForwardingStore {
  private final Set<StoreOperation> armed = EnumSet.noneOf(StoreOperation.class);
  private long countdown;
  private boolean forGood;
  private Random tear;
  private long operations;
  private long failures;

  /**
   * Creates a decorator without a fault.
   *
   * @param delegate the store below, owned by the decorator from now on
   */
  public FaultyStore(BackingStore delegate) {
    super(delegate);
  }

  /**
   * Arms a fault that goes away by itself: one operation fails, the next one succeeds. Replaces any
   * fault armed before.
   *
   * @param n which operation fails, counted from this call: 1 is the next one
   * @param kinds the operations that count and can fail; all if none is named
   * @throws IllegalArgumentException if {@code n} is below 1
   */
  public void failAt(long n, StoreOperation... kinds) {
    arm(n, false, kinds);
  }

  /**
   * Arms a fault that stays until {@link #repair()}. Replaces any fault armed before.
   *
   * @param n the first operation that fails, counted from this call: 1 is the next one
   * @param kinds the operations that count and fail; all if none is named
   * @throws IllegalArgumentException if {@code n} is below 1
   */
  public void failFrom(long n, StoreOperation... kinds) {
    arm(n, true, kinds);
  }

  /** Disarms the fault: from now on every operation is passed on. */
  public void repair() {
    armed.clear();
  }

  /**
   * Makes each failing write write its first bytes before it fails: from none to all of them, at
   * random.
   *
   * @param seed of the random lengths; the same seed gives the same lengths
   */
  public void tearWrites(long seed) {
    tear = new Random(seed);
  }

  /**
   * Returns the number of operations so far.
   *
   * @return reads, writes and syncs since the start, with those that failed
   */
  public long operations() {
    return operations;
  }

  /**
   * Returns the number of faults so far.
   *
   * @return operations that this decorator let fail
   */
  public long failures() {
    return failures;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    if (fails(StoreOperation.READ)) {
      throw transferFault("read", offset, target);
    }
    delegate().read(offset, target);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    if (fails(StoreOperation.WRITE)) {
      if (tear != null) {
        tear(offset, source);
      }
      throw transferFault("write", offset, source);
    }
    delegate().write(offset, source);
  }

  @Override
  public void sync() {
    if (fails(StoreOperation.SYNC)) {
      throw fault("sync");
    }
    delegate().sync();
  }

  private void arm(long n, boolean stays, StoreOperation... kinds) {
    if (n < 1) {
      throw new IllegalArgumentException("operations count from 1, got " + n);
    }
    countdown = n;
    forGood = stays;
    armed.clear();
    armed.addAll(List.of(kinds.length == 0 ? StoreOperation.values() : kinds));
  }

  private void tear(long offset, TransferBuffer source) {
    var part = new byte[tear.nextInt(source.length() + 1)];
    if (part.length > 0) {
      source.get(0, part, 0, part.length);
      delegate().write(offset, part, 0, part.length);
    }
  }

  private boolean fails(StoreOperation kind) {
    operations++;
    if (!armed.contains(kind) || --countdown > 0) {
      return false;
    }
    if (!forGood) {
      armed.clear();
    }
    failures++;
    return true;
  }

  private StoreException transferFault(String what, long offset, TransferBuffer buffer) {
    return fault(what + " of " + buffer.length() + " bytes at offset " + offset);
  }

  private StoreException fault(String what) {
    return new StoreException("injected fault: " + what + " (operation " + operations + ")");
  }
}
