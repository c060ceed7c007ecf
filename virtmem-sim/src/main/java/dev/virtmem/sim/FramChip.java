package dev.virtmem.sim;

/**
 * A model of serial FRAM and MRAM, byte by byte:
 *
 * <ul>
 *   <li>READ 03 and WRITE 02 run through the whole array and wrap at its end; there is no mode
 *       register, and no delay after a write.
 *   <li>WREN 06 sets the write-enable latch, WRDI 04 clears it. A WRITE or WRSR 01 without it has
 *       no effect. The latch is cleared when chip select rises after either of them, and at
 *       power-up.
 *   <li>RDSR 05 shows the status register: the latch in bit 1, block protection in bits 3:2 (a
 *       quarter, a half or all of the array, from its end), and bit 7. WRSR writes all but the
 *       latch.
 *   <li>MRAM sleeps from B9 to AB. It answers nothing meanwhile and ignores all else.
 *   <li>Contents and status register, but for the latch, survive power-off. A new chip holds
 *       garbage and is not protected.
 * </ul>
 *
 * <p>What the datasheets leave open, or differ in, is taken the strict way: WREN, WRDI, B9 and AB
 * do nothing if their transfer has any other byte; MRAM's latch is cleared as that of FRAM is; an
 * unknown instruction is ignored up to the end of its transfer. The WP line is high, and the 400 us
 * that MRAM needs to wake up are over at once.
 */
public final class FramChip extends MemoryChip {
  private static final int WRSR = 0x01;
  private static final int WRDI = 0x04;
  private static final int RDSR = 0x05;
  private static final int WREN = 0x06;
  private static final int WAKE = 0xab;
  private static final int SLEEP = 0xb9;

  private static final int LATCH = 0x02;
  private static final int BLOCK_PROTECTION = 0x0c;
  private static final int WRITABLE_STATUS = 0x8c;

  private final boolean sleeps;
  private int status;
  private boolean asleep;

  FramChip(FramPart part, long seed, int floating) {
    super(part, seed, floating);
    sleeps = part.sleep();
  }

  /**
   * Switches on a chip whose undriven line floats high.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds at first
   * @return a new chip
   * @throws IllegalArgumentException if there is no such FRAM or MRAM among the models; the message
   *     lists all
   */
  public static FramChip powerUp(String part, long seed) {
    return powerUp(part, seed, 0xff);
  }

  /**
   * Switches on a chip.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds at first
   * @param floating what the host reads while the chip drives nothing, 0 to 255
   * @return a new chip
   * @throws IllegalArgumentException if there is no such FRAM or MRAM among the models; the message
   *     lists all
   */
  public static FramChip powerUp(String part, long seed, int floating) {
    return new FramChip(ChipPart.find(FramPart.ALL, part), seed, floating);
  }

  @Override
  void command(int instruction, byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    if (asleep && instruction != WAKE) {
      undriven(miso, misoFrom, length);
      violation("instruction %02X while the chip sleeps", instruction);
      return;
    }
    switch (instruction) {
      case READ -> read(mosi, mosiFrom, miso, misoFrom, length, 0);
      case RDSR -> answer(status, instruction, miso, misoFrom, length);
      case WRITE, WRSR -> {
        if ((status & LATCH) == 0) {
          violation("instruction %02X without write enable", instruction);
        } else if (instruction == WRITE) {
          write(mosi, mosiFrom, length);
        } else if (expectLength(instruction, length, 2)) {
          status = mosi[mosiFrom + 1] & WRITABLE_STATUS;
        }
        status &= ~LATCH;
        undriven(miso, misoFrom, length);
      }
      default -> {
        undriven(miso, misoFrom, length);
        single(instruction, length);
      }
    }
  }

  @Override
  public Instruction instruction(int code) {
    return switch (code) {
      case READ, WRITE -> access(code);
      case WRSR -> Instruction.plain("WRSR");
      case WRDI -> Instruction.plain("WRDI");
      case RDSR -> Instruction.plain("RDSR");
      case WREN -> Instruction.prefix("WREN");
      case SLEEP -> Instruction.plain("SLEEP");
      case WAKE -> Instruction.plain("WAKE");
      default -> Instruction.unknown(code);
    };
  }

  /** Does an instruction that must be alone in its transfer. */
  private void single(int instruction, int length) {
    boolean known =
        switch (instruction) {
          case WREN, WRDI -> true;
          case SLEEP, WAKE -> sleeps;
          default -> false;
        };
    if (!known) {
      violation("unknown instruction %02X", instruction);
    } else if (expectLength(instruction, length, 1)) {
      switch (instruction) {
        case WREN -> status |= LATCH;
        case WRDI -> status &= ~LATCH;
        default -> asleep = instruction == SLEEP;
      }
    }
  }

  @Override
  int writable(int address, int count) {
    int fromEnd =
        switch ((status & BLOCK_PROTECTION) >> 2) {
          case 0 -> 0;
          case 1 -> capacity() / 4;
          case 2 -> capacity() / 2;
          default -> capacity();
        };
    int writable = Math.clamp(capacity() - fromEnd - address, 0, count);
    if (writable < count) {
      violation("%d bytes from %06X are protected", count - writable, address + writable);
    }
    return writable;
  }

  @Override
  boolean honoursHold() {
    return true;
  }

  @Override
  public void powerCycle() {
    status &= ~LATCH;
    asleep = false;
  }
}
