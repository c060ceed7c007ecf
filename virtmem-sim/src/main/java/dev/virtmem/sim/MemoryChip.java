package dev.virtmem.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model of a serial memory chip: READ 03 and WRITE 02 with an address, most significant byte
 * first, and whatever its kind adds. A command ends with its transfer; what is cut off before its
 * data has no effect. Upper address bits that the part does not have are ignored.
 *
 * <p>While the chip drives nothing, the line to the host floats, to all bits 1 unless set
 * otherwise. While its HOLD line is low, the chip takes no part in anything. Above the part's clock
 * limit, bits to the host {@linkplain Faults flip}.
 *
 * <p>A real chip says nothing about a driver's faults. The model {@linkplain #violations() notes}
 * them. Not safe for use by several threads; a {@link SimulatedSpiProvider} takes care of that.
 */
public abstract sealed class MemoryChip implements SpiDevice permits FramChip, PsramChip, SramChip {
  static final int WRITE = 0x02;
  static final int READ = 0x03;

  private static final int FLOATS_HIGH = 0xff;
  private static final int MAX_VIOLATIONS = 32;

  private final String part;
  private final int addressBytes;
  private final int maxHz;
  private final CellArray cells;
  private final byte floating;
  private final BitFlips tooFast;
  private final List<String> violations = new ArrayList<>();
  private boolean holdLow;
  private int hz;
  private long clocks;

  MemoryChip(ChipPart part, long seed, int floating) {
    this.part = part.name();
    addressBytes = part.addressBytes();
    maxHz = part.maxHz();
    this.floating = (byte) floating;
    cells = new CellArray(part.capacity(), seed);
    tooFast = new BitFlips(new SplittableRandom(seed));
  }

  /**
   * Switches on a chip of any kind, whose undriven line floats high.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds after power-up
   * @return a new chip
   * @throws IllegalArgumentException if there is no model of this part; the message lists all
   */
  public static MemoryChip byName(String part, long seed) {
    return ChipPart.find(ChipPart.ALL, part).powerUp(seed, FLOATS_HIGH);
  }

  /**
   * Returns the parts that there are models of.
   *
   * @return the part numbers, unmodifiable
   */
  public static List<String> parts() {
    return ChipPart.ALL.stream().map(ChipPart::name).toList();
  }

  @Override
  public final void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    transfer(mosi, mosiFrom, miso, misoFrom, length, maxHz);
  }

  @Override
  public final void transfer(
      byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length, int hz) {
    if (length == 0) {
      return;
    }
    clocks += length * 8L;
    setClock(hz);
    if (holdLow && honoursHold()) {
      undriven(miso, misoFrom, length);
      return;
    }
    command(mosi[mosiFrom] & 0xff, mosi, mosiFrom, miso, misoFrom, length);
    tooFast.apply(miso, misoFrom, length);
  }

  private void setClock(int hz) {
    if (hz != this.hz) {
      this.hz = hz;
      tooFast.rate(FaultyWire.overclockingFlips(hz, maxHz));
      if (hz > maxHz) {
        violation("clock of %d Hz, above the limit of %d Hz", hz, maxHz);
      }
    }
  }

  /** Damages the array of cells, and repairs what is not named. */
  final void damage(Faults faults) {
    cells.damage(faults);
  }

  /** Does a transfer of at least one byte, the instruction. */
  abstract void command(
      int instruction, byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length);

  /** Describes READ or WRITE. */
  final Instruction access(int code) {
    return Instruction.addressed(code == READ ? "READ" : "WRITE", addressBytes);
  }

  /** Tells whether the chip's HOLD line counts at present. */
  abstract boolean honoursHold();

  /** Switches the chip off and on again: what is volatile is lost. */
  public abstract void powerCycle();

  /**
   * Pulls the HOLD line, or lets it go. A part without that line does not care.
   *
   * @param low whether it is low, which stops the chip
   */
  public void hold(boolean low) {
    holdLow = low;
  }

  /** Does a READ, or one with dummy bytes between address and data. */
  final void read(
      byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length, int dummyBytes) {
    int header = 1 + addressBytes + dummyBytes;
    int count = dataLength(mosi[mosiFrom] & 0xff, length, header);
    if (count == 0) {
      undriven(miso, misoFrom, length);
      return;
    }
    int address = address(mosi, mosiFrom, count);
    undriven(miso, misoFrom, header);
    int driven = Math.min(count, longestAccess());
    for (int done = 0; done < driven; ) {
      int run = Math.min(run(address), driven - done);
      cells.read(address, miso, misoFrom + header + done, run);
      done += run;
      address = next(address, run);
    }
    undriven(miso, misoFrom + header + driven, count - driven);
  }

  /** Does a WRITE, but for the line to the host. */
  final void write(byte[] mosi, int mosiFrom, int length) {
    int header = 1 + addressBytes;
    int count = dataLength(WRITE, length, header);
    if (count == 0) {
      return;
    }
    int address = address(mosi, mosiFrom, count);
    int taken = Math.min(count, longestAccess());
    for (int done = 0; done < taken; ) {
      int run = Math.min(run(address), taken - done);
      cells.write(address, mosi, mosiFrom + header + done, writable(address, run));
      done += run;
      address = next(address, run);
    }
  }

  /** Returns the number of data bytes of an access: 0 if it is cut off before. */
  private int dataLength(int instruction, int length, int header) {
    int count = length - header;
    if (count <= 0) {
      violation("instruction %02X cut off after %d bytes", instruction, length);
      return 0;
    }
    if (count > longestAccess()) {
      violation("%d bytes of data in byte mode", count);
    }
    return count;
  }

  /** Loses cells of an access, from the one that is so many bytes after its first. */
  final void lose(int address, int from, int count) {
    int at = next(address & capacity() - 1, from);
    for (int done = 0; done < count; ) {
      int run = Math.min(run(at), count - done);
      cells.fillWithGarbage(at, run);
      done += run;
      at = next(at, run);
    }
  }

  /** Returns the address as it was sent. */
  final int addressOf(byte[] mosi, int mosiFrom) {
    int address = 0;
    for (int i = 1; i <= addressBytes; i++) {
      address = address << 8 | mosi[mosiFrom + i] & 0xff;
    }
    return address;
  }

  /** Returns the address in the array of an access. */
  private int address(byte[] mosi, int mosiFrom, int count) {
    int address = addressOf(mosi, mosiFrom);
    int area = wrap();
    if (address >= capacity()) {
      violation("address %06X beyond the array", address);
    } else if (count > area - address % area) {
      violation("%d bytes from %06X wrap", count, address);
    }
    return address & capacity() - 1;
  }

  /** Returns the size of the area in which addresses wrap, in bytes. */
  int wrap() {
    return capacity();
  }

  /** Returns how many data bytes a transfer can move. */
  int longestAccess() {
    return Integer.MAX_VALUE;
  }

  /** Returns how many bytes of a run inside the array are not protected, from its start. */
  int writable(int address, int count) {
    return count;
  }

  private int run(int address) {
    return wrap() - address % wrap();
  }

  private int next(int address, int run) {
    int area = wrap();
    return address / area * area + (address + run) % area;
  }

  /** Returns the clock of the present transfer, in Hz. */
  final int hz() {
    return hz;
  }

  final void fillWithGarbage() {
    cells.fillWithGarbage();
  }

  final void undriven(byte[] miso, int from, int count) {
    Arrays.fill(miso, from, from + count, floating);
  }

  /** Answers an instruction that has no argument with a register, for as long as it is asked. */
  final void answer(int register, int instruction, byte[] miso, int misoFrom, int length) {
    undriven(miso, misoFrom, 1);
    Arrays.fill(miso, misoFrom + 1, misoFrom + length, (byte) register);
    expectLength(instruction, length, 2);
  }

  final boolean expectLength(int instruction, int length, int expected) {
    if (length != expected) {
      violation("instruction %02X with %d bytes", instruction, length);
    }
    return length == expected;
  }

  final void violation(String format, Object... values) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(String.format(format, values));
    }
  }

  /**
   * Returns what the host did that the datasheet forbids, or that a driver hardly means: unknown or
   * incomplete instructions, addresses beyond the array, accesses that wrap, writes that have no
   * effect, a clock above the limit.
   *
   * @return one line each, the first 32; unmodifiable
   */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /**
   * Returns a part of the contents without any traffic.
   *
   * @param address where to start, in bytes, from 0
   * @param length number of bytes
   * @return a copy
   * @throws IndexOutOfBoundsException if the range leaves the array
   */
  public byte[] peek(int address, int length) {
    return cells.peek(address, length);
  }

  /**
   * Returns the size of the array.
   *
   * @return bytes, a power of two
   */
  public int capacity() {
    return cells.capacity();
  }

  /**
   * Returns the clocks that the chip has seen while it was selected.
   *
   * @return a number of clocks, 8 for each byte
   */
  public long clocks() {
    return clocks;
  }

  /**
   * Returns the part's clock limit.
   *
   * @return Hz
   */
  public int maxHz() {
    return maxHz;
  }

  /**
   * Returns the part number.
   *
   * @return the part number, as the maker writes it
   */
  public String part() {
    return part;
  }

  @Override
  public String toString() {
    return part;
  }
}
