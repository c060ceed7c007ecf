package dev.virtmem.sim;

import com.pi4j.exception.Pi4JException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A memory chip and the wires to it, with whatever {@linkplain Faults faults} they have at the
 * moment:
 *
 * <pre>{@code
 * var wire = FaultyWire.powerUp("23LC1024", Faults.parse("flips:1e-5"), 1);
 * provider.connect(0, 0, wire);
 * ...
 * wire.faults(Faults.NONE);
 * }</pre>
 *
 * <p>Transfers are counted from 1 whenever the faults are set. Which bits flip is decided by the
 * seed and the traffic alone.
 *
 * <p>Safe for use by several threads.
 */
public final class FaultyWire implements SpiDevice {
  /** Of the bits to the host, how many flip for each part that the clock is above the limit. */
  private static final double FLIPS_PER_EXCESS = 0.1;

  private final MemoryChip chip;
  private final BitFlips toChip;
  private final BitFlips toHost;
  private final BitFlips readsOnly;
  private final BitFlips tooFast;
  private Faults faults = Faults.NONE;
  private long transfers;

  private FaultyWire(MemoryChip chip, Faults faults, long seed) {
    this.chip = chip;
    var random = new SplittableRandom(seed);
    toChip = new BitFlips(random.split());
    toHost = new BitFlips(random.split());
    readsOnly = new BitFlips(random.split());
    tooFast = new BitFlips(random.split());
    faults(faults);
  }

  /**
   * Switches on a chip at the end of the wires: the part that the faults say is there, or else the
   * one that is meant to be.
   *
   * @param part the part number that the driver is told, in upper or lower case
   * @param faults what is wrong
   * @param seed decides what the chip holds after power-up, and which bits flip
   * @return the chip on its wires
   * @throws IllegalArgumentException if there is no model of this part, or the part cannot have one
   *     of the faults, such as a stuck bit beyond its addresses
   */
  public static FaultyWire powerUp(String part, Faults faults, long seed) {
    var chip = MemoryChip.byName(faults.wired != null ? faults.wired : part, seed);
    return new FaultyWire(chip, faults, seed);
  }

  /**
   * Wires up a chip that is switched on already.
   *
   * @param chip the chip, used by this object alone from now on
   * @param faults what is wrong
   * @param seed decides which bits flip
   * @return the chip on its wires
   * @throws IllegalArgumentException if the chip cannot have one of the faults, or the faults say
   *     that another part is wired
   */
  public static FaultyWire to(MemoryChip chip, Faults faults, long seed) {
    return new FaultyWire(chip, faults, seed);
  }

  /**
   * Replaces the faults. What they did to the contents of the chip stays.
   *
   * @param faults what is wrong from now on; {@code error-at} and {@code silent-from} count from
   *     the next transfer
   * @throws IllegalArgumentException if the chip cannot have one of them, or they say that another
   *     part is wired
   */
  public synchronized void faults(Faults faults) {
    if (faults.wired != null && !faults.wired.equals(chip.part())) {
      throw new IllegalArgumentException(
          "a " + chip.part() + " is wired and cannot become a " + faults.wired);
    }
    chip.damage(faults);
    if (faults.hold != this.faults.hold) {
      chip.hold(faults.hold);
    }
    toChip.rate(faults.flips);
    toHost.rate(faults.flips);
    readsOnly.rate(faults.readFlips);
    this.faults = faults;
    transfers = 0;
  }

  @Override
  public void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length) {
    transfer(mosi, mosiFrom, miso, misoFrom, length, Math.min(chip.maxHz(), faults().limitHz));
  }

  @Override
  public synchronized void transfer(
      byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length, int hz) {
    transfers++;
    if (faults.failsAt(transfers)) {
      throw failure(mosi, mosiFrom, length);
    }
    if (faults.silentAt(transfers)) {
      Arrays.fill(miso, misoFrom, misoFrom + length, (byte) faults.floating);
      return;
    }
    if (toChip.within(length)) {
      byte[] received = Arrays.copyOfRange(mosi, mosiFrom, mosiFrom + length);
      toChip.apply(received, 0, length);
      chip.transfer(received, 0, miso, misoFrom, length, hz);
    } else {
      toChip.apply(mosi, mosiFrom, length);
      chip.transfer(mosi, mosiFrom, miso, misoFrom, length, hz);
    }
    toHost.apply(miso, misoFrom, length);
    readsOnly.apply(miso, misoFrom, length);
    tooFast.rate(overclockingFlips(hz, faults.limitHz));
    tooFast.apply(miso, misoFrom, length);
  }

  @Override
  public Instruction instruction(int code) {
    return chip.instruction(code);
  }

  /**
   * Returns the probability that a bit to the host flips at a clock. No datasheet says it: what
   * matters is that there are some flips a little above the limit, and many far above.
   */
  static double overclockingFlips(int hz, int limitHz) {
    return hz <= limitHz ? 0 : Math.min(0.5, FLIPS_PER_EXCESS * ((double) hz / limitHz - 1));
  }

  /** Makes an exception as Pi4J's provider for Linux does: with the buffer in a cause's text. */
  private static Pi4JException failure(byte[] mosi, int mosiFrom, int length) {
    String bytes = HexFormat.ofDelimiter(", ").formatHex(mosi, mosiFrom, mosiFrom + length);
    String text = "Error during call to 'ioctl' with data [" + bytes + "]: Remote I/O error (121)";
    return new Pi4JException(text, new Pi4JException(text));
  }

  /**
   * Returns what is wrong at the moment.
   *
   * @return the faults
   */
  public synchronized Faults faults() {
    return faults;
  }

  /**
   * Returns the chip at the end of the wires, which is there even if the faults say that it is
   * absent: nothing reaches it then.
   *
   * @return the chip
   */
  public MemoryChip chip() {
    return chip;
  }

  @Override
  public String toString() {
    String text = faults().toString();
    return text.isEmpty() ? chip.toString() : chip + " with " + text;
  }
}
