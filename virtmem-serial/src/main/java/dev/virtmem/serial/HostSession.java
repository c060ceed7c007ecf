package dev.virtmem.serial;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The host's end of one line: a state machine that is fed with what a device sends, and answers. It
 * speaks the plain protocol of the C++ library, and the checked one with devices that ask for it.
 * It does no input or output by itself, has no thread and no timer, and takes no more memory than
 * the limits of its {@link PoolLender} and up to 160 KiB, whatever comes in.
 *
 * <p>One session serves a line across reconnections, so that a device whose line was cut finds its
 * pool again. {@link #type} and {@link #statistics} may be called by any thread, all else by one at
 * a time.
 */
public final class HostSession implements AutoCloseable {
  /** How much console input is kept for a device that does not ask for it, in bytes. */
  public static final int INPUT_CAPACITY = 64 << 10;

  private final InputQueue input = new InputQueue(INPUT_CAPACITY);
  private final Output output = new Output();
  private final HostJournal journal;
  private final PlainHost plain;
  private final CheckedHost checked;
  private boolean framed;

  /**
   * Creates a session without a pool.
   *
   * @param lender where pools come from
   * @param listener hears text and events
   */
  public HostSession(PoolLender lender, HostListener listener) {
    this(lender, listener, new SecureRandom()::nextLong);
  }

  /**
   * Creates a session whose names for sessions of the checked protocol are known, so that a
   * simulation can be repeated. A device takes a pool for its own by that name.
   *
   * @param lender where pools come from
   * @param listener hears text and events
   * @param sessionIds gives a name for each session, other than all before; 0 is passed over
   */
  public HostSession(PoolLender lender, HostListener listener, LongSupplier sessionIds) {
    Objects.requireNonNull(lender, "lender");
    journal = new HostJournal(Objects.requireNonNull(listener, "listener"));
    checked = new CheckedHost(lender, input, journal, sessionIds, this::dropPlainPool);
    plain = new PlainHost(lender, input, journal, checked::dropSession);
  }

  private void dropPlainPool() {
    plain.dropPool();
  }

  /**
   * Takes what came in, and answers.
   *
   * @param bytes holds what came in; not kept
   * @param from index of the first byte
   * @param length how many
   * @param nanos when they came, in ns from an arbitrary origin that never changes
   * @param answers takes the answers before this method returns
   * @throws IOException if {@code answers} does; call {@link #lineLost()} then
   */
  public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    output.to(answers);
    plain.arrival(nanos);
    int end = Objects.checkFromIndexSize(from, length, bytes.length) + length;
    for (int at = from; at < end; ) {
      if (framed) {
        at = checked.receive(bytes, at, end, output);
        if (checked.isLeft()) {
          framed = false;
          plain.init();
          output.put(Plain.START, Plain.INIT);
        }
      } else {
        at = plain.receive(bytes, at, end, output);
        if (plain.isAsked()) {
          framed = true;
          plain.init();
          checked.hello(output);
        }
      }
    }
    output.flush();
  }

  /**
   * Notes that the line was lost: half a command or frame is forgotten, pools and input are kept.
   * The device may come back on the same line or be another one; it says which.
   */
  public void lineLost() {
    // Still framed: frames under way may look like plain commands, and one might drop the pool.
    plain.lineLost();
    checked.lineLost();
  }

  /**
   * Types for the device: it can ask for these bytes as its console input.
   *
   * @param bytes holds them; not kept
   * @param from index of the first
   * @param length how many
   * @return how many there was room for, fewer if the device does not ask for its input
   */
  public int type(byte[] bytes, int from, int length) {
    return input.add(bytes, from, length);
  }

  /**
   * Returns what has been done so far.
   *
   * @return counts; those of a moment at which requests are being carried out may not fit together
   */
  public HostStatistics statistics() {
    return journal.statistics();
  }

  /** Gives the pool back. */
  @Override
  public void close() {
    plain.dropPool();
    checked.dropSession();
  }
}
