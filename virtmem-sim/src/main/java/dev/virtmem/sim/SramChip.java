package dev.virtmem.sim;

import dev.virtmem.sim.SramPart.Generation;

/**
 * A model of Microchip's serial SRAM, byte by byte as the datasheets of the 23K256, 23LC512,
 * 23LC1024 and 23LCV1024 have it:
 *
 * <ul>
 *   <li>READ 03 and WRITE 02, RDMR 05 and WRMR 01 for the mode register.
 *   <li>Modes: byte (00) moves one byte per transfer, page (80) wraps inside a page, sequential
 *       (40) wraps at the end of the array. A 23K640 or 23K256, or its 23A, powers up in byte mode,
 *       the others in sequential mode.
 *   <li>EDIO 3B and EQIO 38 turn to two or four data lines. A host with a single line is not
 *       understood then, until RSTIO FF. A 23LCV has no EQIO, the parts that power up in byte mode
 *       have none of the three.
 *   <li>In those, bit 0 of the mode register disables HOLD. A 23LCV has no HOLD line.
 *   <li>At power-up the contents are garbage, but for a 23LCV, which has a battery.
 * </ul>
 *
 * <p>What the datasheets leave open: an unknown instruction is ignored up to the end of its
 * transfer, as are bytes beyond the first one in byte mode and beyond the value of WRMR. While two
 * or four lines are on, lines other than the host's are taken to be pulled high.
 */
public final class SramChip extends MemoryChip {
  private static final int WRMR = 0x01;
  private static final int RDMR = 0x05;
  private static final int EQIO = 0x38;
  private static final int EDIO = 0x3b;
  private static final int RSTIO = 0xff;

  private static final int BYTE_MODE = 0x00;
  private static final int PAGE_MODE = 0x80;
  private static final int MODE_BITS = 0xc0;
  private static final int HOLD_DISABLED = 0x01;

  private final Generation generation;
  private int modeRegister;
  private boolean singleLine;

  SramChip(SramPart part, long seed, int floating) {
    super(part, seed, floating);
    generation = part.generation();
    reset();
  }

  /**
   * Switches on a chip whose undriven line floats high.
   *
   * @param part the part number, in upper or lower case
   * @param seed decides what it holds after power-up
   * @return a new chip
   * @throws IllegalArgumentException if there is no such SRAM among the models; the message lists
   *     all
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
   * @throws IllegalArgumentException if there is no such SRAM among the models; the message lists
   *     all
   */
  public static SramChip powerUp(String part, long seed, int floating) {
    return new SramChip(ChipPart.find(SramPart.ALL, part), seed, floating);
  }

  @Override
  void command(int instruction, byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    if (!singleLine) {
      singleLine = instruction == RSTIO;
      if (!singleLine) {
        violation("instruction %02X on one line while the chip listens on several", instruction);
      }
      undriven(miso, misoFrom, length);
      return;
    }
    if (!knows(instruction)) {
      undriven(miso, misoFrom, length);
      violation("unknown instruction %02X", instruction);
      return;
    }
    switch (instruction) {
      case READ -> read(mosi, mosiFrom, miso, misoFrom, length, 0);
      case RDMR -> answer(modeRegister, instruction, miso, misoFrom, length);
      case WRITE -> {
        write(mosi, mosiFrom, length);
        undriven(miso, misoFrom, length);
      }
      case WRMR -> {
        if (length > 1) {
          writeModeRegister(mosi[mosiFrom + 1] & 0xff);
        }
        undriven(miso, misoFrom, length);
        expectLength(instruction, length, 2);
      }
      default -> {
        singleLine = instruction == RSTIO;
        undriven(miso, misoFrom, length);
        expectLength(instruction, length, 1);
      }
    }
  }

  @Override
  public Instruction instruction(int code) {
    return switch (code) {
      case READ, WRITE -> access(code);
      case WRMR -> Instruction.plain("WRMR");
      case RDMR -> Instruction.plain("RDMR");
      case EDIO -> Instruction.plain("EDIO");
      case EQIO -> Instruction.plain("EQIO");
      case RSTIO -> Instruction.plain("RSTIO");
      default -> Instruction.unknown(code);
    };
  }

  private boolean knows(int instruction) {
    return switch (instruction) {
      case READ, WRITE, RDMR, WRMR -> true;
      case EDIO, RSTIO -> generation.edio();
      case EQIO -> generation.eqio();
      default -> false;
    };
  }

  private void writeModeRegister(int value) {
    if ((value & ~generation.modeBits()) != 0 || (value & MODE_BITS) == MODE_BITS) {
      violation("reserved bits set in mode register value %02X", value);
    }
    modeRegister = value & generation.modeBits();
  }

  @Override
  int wrap() {
    return mode() == PAGE_MODE ? SramPart.PAGE_SIZE : capacity();
  }

  @Override
  int longestAccess() {
    return mode() == BYTE_MODE ? 1 : Integer.MAX_VALUE;
  }

  private int mode() {
    return modeRegister & MODE_BITS;
  }

  @Override
  boolean honoursHold() {
    return generation.hold() && (modeRegister & HOLD_DISABLED) == 0;
  }

  @Override
  public void powerCycle() {
    reset();
    if (!generation.battery()) {
      fillWithGarbage();
    }
  }

  private void reset() {
    modeRegister = generation.powerUpMode();
    singleLine = true;
  }
}
