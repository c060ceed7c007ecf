package dev.virtmem.serial;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.util.Objects;

/**
 * A store in the RAM of another computer, which lends it at the other end of a line: {@code virtmem
 * serve}, or the script that comes with the C++ library.
 *
 * <p>With the checked protocol, {@code write} returns when the bytes are under way, or wait for
 * more of them or for a read to go first: up to 4 KiB do. {@link #sync()} waits until the host has
 * them all. They are kept until then and sent again if they are lost, also after the line was cut
 * and opened again; that they cannot be delivered is told by the next call. If the host's store
 * refuses them, the next call says so, and each call after that sends them again before anything
 * else, until the host accepts them. Reads run ahead of streams. Beside what a memory over this
 * store takes, the store itself takes up to 80 KiB, more if it is told to read farther ahead.
 *
 * <p>With the plain protocol nothing is checked, and any failure is final.
 *
 * <p>No call waits for ever: without a sign of life from the host each ends with a {@link
 * StoreException} after the builder's time-out. If the host no longer has the pool, all calls fail
 * from then on.
 */
public final class SerialStore implements BackingStore {
  private final Connector connector;
  private final LineSettings settings;
  private final TransferCost cost;
  private final Link link;
  private final StoreState state;

  SerialStore(Connector connector, LineSettings settings, TransferCost cost, Link link) {
    this.connector = connector;
    this.settings = settings;
    this.cost = cost;
    this.link = link;
    this.state = new StoreState(this, settings.size());
  }

  /**
   * Begins to open a store.
   *
   * @param connector opens the line, and opens it again after it was lost
   * @return settings to change, and to open
   */
  public static SerialStoreBuilder builder(Connector connector) {
    return new SerialStoreBuilder(connector);
  }

  @Override
  public long capacity() {
    return settings.size();
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    run("read " + target.length() + " bytes at " + offset, () -> link.read(offset, target));
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    run("write " + source.length() + " bytes at " + offset, () -> link.write(offset, source));
  }

  /**
   * Waits until the host has carried out all writes and, with the checked protocol, until the store
   * that it lends has made them durable: a file of {@code virtmem serve} is forced to its disk.
   * That must be done within the time-out.
   */
  @Override
  public void sync() {
    state.checkOpen();
    run("sync", link::sync);
  }

  @Override
  public TransferCost cost() {
    return cost;
  }

  /**
   * Tells whether the checked protocol is spoken.
   *
   * @return false if the host is an old one, or if that was asked for
   */
  public boolean isChecked() {
    return link.isChecked();
  }

  /**
   * Goes to the host and back, behind all that is under way.
   *
   * @return how long that took, in ns of the line's clock
   * @throws StoreException if the host does not answer or the store is closed
   */
  public long ping() {
    state.checkOpen();
    long start = connector.nanoTime();
    run("ping", link::ping);
    return connector.nanoTime() - start;
  }

  /**
   * Shows text on the host's console. If that fails because the line is lost, it may be shown later
   * all the same, when the session goes on.
   *
   * @param text holds the bytes; an old host cannot take the byte FF
   * @param from index of the first
   * @param length how many
   * @throws StoreException if the host cannot be reached or the store is closed
   * @throws IllegalArgumentException if an old host would take the text for a command
   */
  public void print(byte[] text, int from, int length) {
    state.checkOpen();
    run("print " + length + " bytes", () -> link.print(text, from, length));
  }

  /**
   * Asks how much was typed at the host's console and not read yet.
   *
   * @return bytes
   * @throws StoreException if the host does not answer or the store is closed
   */
  public long inputAvailable() {
    state.checkOpen();
    var count = new long[1];
    run("ask for input", () -> count[0] = link.inputAvailable());
    return count[0];
  }

  /**
   * Takes what was typed at the host's console.
   *
   * @param target receives the bytes
   * @param from index of the first
   * @param most how many to take at most, at least 0; fewer come if there are fewer, or more than
   *     fit into one answer
   * @return how many came
   * @throws IndexOutOfBoundsException if the range leaves the array
   * @throws StoreException if the host does not answer or the store is closed
   */
  public int readInput(byte[] target, int from, int most) {
    Objects.checkFromIndexSize(from, most, target.length);
    state.checkOpen();
    var count = new int[1];
    run("read input", () -> count[0] = link.readInput(target, from, most));
    return count[0];
  }

  /** Ends the session after all writes were carried out; the host takes its memory back. */
  @Override
  public void close() {
    if (state.close()) {
      run("close", link::close);
    }
  }

  @Override
  public String toString() {
    return connector + ", " + (link.isChecked() ? "checked" : "plain") + " protocol";
  }

  private interface Step {
    void run() throws IOException;
  }

  private void run(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new StoreException("cannot " + what + " of " + this + ": " + e.getMessage(), e);
    }
  }
}
