package dev.virtmem.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A model of Microchip's serial SRAM, byte by byte as the datasheets of the 23LC512 and 23LC1024
 * have it:
 *
 * <ul>
 *   <li>READ 03 and WRITE 02 with an address, RDMR 05 and WRMR 01 for the mode register; upper
 *       address bits that the part does not have are ignored.
 *   <li>Modes: byte (00) moves one byte per transfer, page (80) wraps inside a page, sequential
 *       (40) wraps at the end of the array. A part powers up in sequential mode.
 *   <li>EDIO 3B and EQIO 38 turn to two or four data lines. A host with a single line is not
 *       understood then, until RSTIO FF.
 *   <li>A command ends with its transfer. What is cut off before its data has no effect.
 *   <li>While the chip drives nothing, the line floats, to all bits 1 unless set otherwise.
 *   <li>At power-up the contents are garbage.
 * </ul>
 *
 * <p>What the datasheets leave open: an unknown instruction is ignored up to the end of its
 * transfer, as are bytes beyond the first one in byte mode and beyond the value of WRMR. While two
 * or four lines are on, lines other than the host's are taken to be pulled high.
 *
 * <p>A real chip says nothing about a driver's faults. The model {@linkplain #violations() notes}
 * them. Not safe for use by several threads; a {@link SimulatedSpiProvider} takes care of that.
 */
public final class SramChip implements SpiDevice {
  private static final int WRMR = 0x01;
  private static final int WRITE = 0x02;
  private static final int READ = 0x03;
  private static final int RDMR = 0x05;
  private static final int EQIO = 0x38;
  private static final int EDIO = 0x3b;
  private static final int RSTIO = 0xff;

  private static final int BYTE_MODE = 0x00;
  private static final int SEQUENTIAL_MODE = 0x40;
  private static final int PAGE_MODE = 0x80;
  private static final int MODE_BITS = 0xc0;

  private static final int MAX_VIOLATIONS = 32;

  private final SramPart part;
  private final byte[] memory;
  private final byte floating;
  private final List<String> violations = new ArrayList<>();
  private int modeRegister = SEQUENTIAL_MODE;
  private boolean singleLine = true;

  private SramChip(SramPart part, long seed, int floating) {
    this.part = part;
    this.floating = (byte) floating;
    memory = new byte[part.capacity()];
    new Random(seed).nextBytes(memory);
  }

  /**
   * Switches on a chip whose undriven line floats high.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds after power-up
   * @return a new chip
   * @throws IllegalArgumentException if there is no model of this part; the message lists all
   */
  public static SramChip powerUp(String part, long seed) {
    return powerUp(part, seed, 0xff);
  }

  /**
   * Switches on a chip.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds after power-up
   * @param floating what the host reads while the chip drives nothing, 0 to 255
   * @return a new chip
   * @throws IllegalArgumentException if there is no model of this part; the message lists all
   */
  public static SramChip powerUp(String part, long seed, int floating) {
    return new SramChip(SramPart.byName(part), seed, floating);
  }

  @Override
  public void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    if (length == 0) {
      return;
    }
    int instruction = mosi[mosiFrom] & 0xff;
    if (!singleLine) {
      singleLine = instruction == RSTIO;
      if (!singleLine) {
        violation("instruction %02X on one line while the chip listens on several", instruction);
      }
      undriven(miso, misoFrom, length);
      return;
    }
    switch (instruction) {
      case READ -> read(mosi, mosiFrom, miso, misoFrom, length);
      case WRITE -> {
        write(mosi, mosiFrom, length);
        undriven(miso, misoFrom, length);
      }
      case RDMR -> {
        undriven(miso, misoFrom, 1);
        Arrays.fill(miso, misoFrom + 1, misoFrom + length, (byte) modeRegister);
        expectLength(instruction, length, 2);
      }
      case WRMR -> {
        if (length > 1) {
          writeModeRegister(mosi[mosiFrom + 1] & 0xff);
        }
        undriven(miso, misoFrom, length);
        expectLength(instruction, length, 2);
      }
      case EDIO, EQIO, RSTIO -> {
        singleLine = instruction == RSTIO;
        undriven(miso, misoFrom, length);
        expectLength(instruction, length, 1);
      }
      default -> {
        undriven(miso, misoFrom, length);
        violation("unknown instruction %02X", instruction);
      }
    }
  }

  private void read(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    int header = 1 + part.addressBytes();
    int count = dataLength(READ, length);
    if (count == 0) {
      undriven(miso, misoFrom, length);
      return;
    }
    int address = address(mosi, mosiFrom, count);
    undriven(miso, misoFrom, header);
    int driven = modeRegister == BYTE_MODE ? Math.min(count, 1) : count;
    for (int done = 0; done < driven; ) {
      int run = Math.min(run(address), driven - done);
      System.arraycopy(memory, address, miso, misoFrom + header + done, run);
      done += run;
      address = next(address, run);
    }
    undriven(miso, misoFrom + header + driven, count - driven);
  }

  private void write(byte[] mosi, int mosiFrom, int length) {
    int header = 1 + part.addressBytes();
    int count = dataLength(WRITE, length);
    if (count == 0) {
      return;
    }
    int address = address(mosi, mosiFrom, count);
    int taken = modeRegister == BYTE_MODE ? Math.min(count, 1) : count;
    for (int done = 0; done < taken; ) {
      int run = Math.min(run(address), taken - done);
      System.arraycopy(mosi, mosiFrom + header + done, memory, address, run);
      done += run;
      address = next(address, run);
    }
  }

  /** Returns the number of data bytes of an access: 0 if it is cut off before. */
  private int dataLength(int instruction, int length) {
    int count = length - 1 - part.addressBytes();
    if (count <= 0) {
      violation("instruction %02X cut off after %d bytes", instruction, length);
      return 0;
    }
    if (modeRegister == BYTE_MODE && count > 1) {
      violation("%d bytes of data in byte mode", count);
    }
    return count;
  }

  private int address(byte[] mosi, int mosiFrom, int count) {
    int address = 0;
    for (int i = 1; i <= part.addressBytes(); i++) {
      address = address << 8 | mosi[mosiFrom + i] & 0xff;
    }
    int area = wrap();
    if (address >= part.capacity()) {
      violation("address %06X beyond the array", address);
    } else if (count > area - address % area) {
      violation("%d bytes from %06X wrap", count, address);
    }
    return address & part.capacity() - 1;
  }

  /** Returns the size of the area in which addresses wrap, in bytes. */
  private int wrap() {
    return modeRegister == PAGE_MODE ? part.pageSize() : part.capacity();
  }

  private int run(int address) {
    return wrap() - address % wrap();
  }

  private int next(int address, int run) {
    int area = wrap();
    return address / area * area + (address + run) % area;
  }

  private void writeModeRegister(int value) {
    if ((value & ~MODE_BITS) != 0 || value == MODE_BITS) {
      violation("reserved bits set in mode register value %02X", value);
    }
    modeRegister = value & MODE_BITS;
  }

  private void undriven(byte[] miso, int from, int count) {
    Arrays.fill(miso, from, from + count, floating);
  }

  private void expectLength(int instruction, int length, int expected) {
    if (length != expected) {
      violation("instruction %02X with %d bytes", instruction, length);
    }
  }

  private void violation(String format, Object... values) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(String.format(format, values));
    }
  }

  /**
   * Returns what the host did that the datasheet forbids, or that a driver hardly means: unknown or
   * incomplete instructions, addresses beyond the array, accesses that wrap.
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
    Objects.checkFromIndexSize(address, length, memory.length);
    return Arrays.copyOfRange(memory, address, address + length);
  }

  @Override
  public String toString() {
    return part.name();
  }
}
