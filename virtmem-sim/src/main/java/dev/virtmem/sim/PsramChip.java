package dev.virtmem.sim;

import java.util.Random;

/**
 * A model of serial pseudo-static RAM, AP Memory's APS6404L, byte by byte. All of it comes from
 * drivers and from datasheets as others quote them, and is unverified.
 *
 * <ul>
 *   <li>READ 03, FAST READ 0B with a dummy byte after the address, and WRITE 02 wrap inside a page
 *       of 1 KiB; there is no mode register, and no write enable.
 *   <li>The chip refreshes its cells while chip select is high, which may be low for 8 us at most:
 *       20 bytes at 20 MHz, instruction and address included.
 *   <li>Reset: 66 and right after it 99, each alone in its transfer. Wanted once after power-up.
 *   <li>Read ID 9F, with three bytes that do not matter: 0D for the maker, 5D for a good die, and
 *       six bytes that differ from chip to chip.
 *   <li>At power-up the contents are garbage.
 * </ul>
 *
 * <p>What is open is taken the strict way: the bytes that a transfer moves after 8 us are lost, in
 * the array and on the line, while other cells are spared; a transfer that ends in time harms
 * nothing. The clock limit of READ holds for all instructions. The instructions for four lines and
 * for another wrap are unknown. Chip select is taken to be high for long enough between transfers.
 */
public final class PsramChip extends MemoryChip {
  private static final int FAST_READ = 0x0b;
  private static final int RESET_ENABLE = 0x66;
  private static final int RESET = 0x99;
  private static final int READ_ID = 0x9f;

  private static final int FAST_READ_DUMMY_BYTES = 1;
  private static final byte MAKER = 0x0d;
  private static final byte GOOD_DIE = 0x5d;

  private final PsramPart part;
  private final byte[] id = new byte[8];
  private boolean resetEnabled;
  private boolean reset;

  PsramChip(PsramPart part, long seed, int floating) {
    super(part, seed, floating);
    this.part = part;
    new Random(seed).nextBytes(id);
    id[0] = MAKER;
    id[1] = GOOD_DIE;
  }

  /**
   * Switches on a chip whose undriven line floats high.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds after power-up
   * @return a new chip
   * @throws IllegalArgumentException if there is no such pseudo-static RAM among the models; the
   *     message lists all
   */
  public static PsramChip powerUp(String part, long seed) {
    return new PsramChip(ChipPart.find(PsramPart.ALL, part), seed, 0xff);
  }

  @Override
  void command(int instruction, byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    boolean enabled = resetEnabled;
    resetEnabled = false;
    checkSelectTime(length);
    switch (instruction) {
      case READ -> {
        checkReset();
        loseLateBytes(mosi, mosiFrom, length, 0);
        read(mosi, mosiFrom, miso, misoFrom, length, 0);
      }
      case FAST_READ -> {
        checkReset();
        loseLateBytes(mosi, mosiFrom, length, FAST_READ_DUMMY_BYTES);
        read(mosi, mosiFrom, miso, misoFrom, length, FAST_READ_DUMMY_BYTES);
      }
      case WRITE -> {
        checkReset();
        write(mosi, mosiFrom, length);
        loseLateBytes(mosi, mosiFrom, length, 0);
        undriven(miso, misoFrom, length);
      }
      case RESET_ENABLE -> {
        resetEnabled = expectLength(instruction, length, 1);
        undriven(miso, misoFrom, length);
      }
      case RESET -> {
        if (!enabled) {
          violation("instruction 99 without 66 right before it");
        } else if (expectLength(instruction, length, 1)) {
          reset = true;
        }
        undriven(miso, misoFrom, length);
      }
      case READ_ID -> readId(miso, misoFrom, length);
      default -> {
        undriven(miso, misoFrom, length);
        violation("unknown instruction %02X", instruction);
      }
    }
  }

  private void readId(byte[] miso, int misoFrom, int length) {
    int header = Math.min(length, 1 + part.addressBytes());
    int count = Math.min(id.length, length - header);
    undriven(miso, misoFrom, length);
    System.arraycopy(id, 0, miso, misoFrom + header, count);
    if (count == 0) {
      violation("instruction %02X cut off after %d bytes", READ_ID, length);
    }
  }

  private void checkReset() {
    if (!reset) {
      violation("an access before the first reset");
      reset = true;
    }
  }

  private void checkSelectTime(int length) {
    if (length > bytesInTime()) {
      violation(
          "chip select low for %d bytes at %d Hz, more than %d ns",
          length, hz(), part.selectNanos());
    }
  }

  /** Returns how many bytes a transfer can have at the present clock. */
  private long bytesInTime() {
    return (long) part.selectNanos() * hz() / 8_000_000_000L;
  }

  /** Replaces the cells that an access reaches too late. */
  private void loseLateBytes(byte[] mosi, int mosiFrom, int length, int dummyBytes) {
    int header = 1 + part.addressBytes() + dummyBytes;
    int inTime = (int) Math.max(0, bytesInTime() - header);
    if (length - header > inTime) {
      lose(addressOf(mosi, mosiFrom), inTime, length - header - inTime);
    }
  }

  @Override
  int wrap() {
    return part.pageSize();
  }

  @Override
  boolean honoursHold() {
    return false;
  }

  @Override
  public Instruction instruction(int code) {
    return switch (code) {
      case READ, WRITE -> access(code);
      case FAST_READ ->
          new Instruction("FAST READ", part.addressBytes(), FAST_READ_DUMMY_BYTES, false);
      case RESET_ENABLE -> Instruction.prefix("RSTEN");
      case RESET -> Instruction.plain("RST");
      case READ_ID -> Instruction.addressed("READ ID", part.addressBytes());
      default -> Instruction.unknown(code);
    };
  }

  @Override
  public void powerCycle() {
    resetEnabled = false;
    reset = false;
    fillWithGarbage();
  }
}
