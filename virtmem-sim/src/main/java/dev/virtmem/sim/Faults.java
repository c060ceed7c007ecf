package dev.virtmem.sim;

import java.util.Locale;

/**
 * What is wrong with a memory chip and with the wires to it; {@link FaultyWire} suffers from it.
 * Immutable.
 *
 * <ul>
 *   <li>{@code absent}, {@code absent:low}: there is no chip, and the line to the host floats high
 *       or low.
 *   <li>{@code wired:PART}: another chip is there than the driver is told of.
 *   <li>{@code stuck-address:BIT}: that bit of an address is always 0 at the chip.
 *   <li>{@code stuck-cell:OFFSET}: bit 0 of that byte cannot be set.
 *   <li>{@code stuck-data:BIT}: that bit of each byte that is read from the array is 0.
 *   <li>{@code flips:RATE}: each bit on the wires, to the chip as to the host, flips with that
 *       probability, such as {@code 1e-5}.
 *   <li>{@code read-flips:RATE}: likewise, but to the host only.
 *   <li>{@code limit:HZ}: the wires stand no more than this clock. Above it bits to the host flip,
 *       the more the higher the clock is: 1 of 1,000 at 1 % above, 1 of 100 at 10 %.
 *   <li>{@code error-at:N}, {@code error-at:N-M}: the transfers of these numbers, from 1, do not
 *       reach the chip and fail with an exception as Pi4J throws it.
 *   <li>{@code silent-from:N}: from that transfer on nothing reaches the chip, and the line to the
 *       host floats high.
 *   <li>{@code hold}: the chip's HOLD line is low.
 * </ul>
 */
public final class Faults {
  /** Nothing is wrong. */
  public static final Faults NONE = new Faults("");

  /** A bit or an offset that does not exist. */
  static final int NOWHERE = -1;

  private static final int HIGH = 0xff;
  private static final int LOW = 0x00;

  private final String text;

  final boolean absent;
  final int floating;
  final String wired;
  final int stuckAddressBit;
  final int stuckCell;
  final int stuckDataBit;
  final double flips;
  final double readFlips;
  final int limitHz;
  final long firstError;
  final long lastError;
  final long silentFrom;
  final boolean hold;

  private Faults(String text) {
    this.text = text;
    var reader = new FaultReader(text);
    absent = reader.has("absent");
    floating = absent ? floating(reader) : HIGH;
    wired = reader.has("wired") ? part(reader) : null;
    stuckAddressBit = (int) reader.number("stuck-address", NOWHERE, 0, 31);
    stuckCell = (int) reader.number("stuck-cell", NOWHERE, 0, Integer.MAX_VALUE);
    stuckDataBit = (int) reader.number("stuck-data", NOWHERE, 0, 7);
    flips = reader.rate("flips");
    readFlips = reader.rate("read-flips");
    limitHz = (int) reader.number("limit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    long[] errors = reader.range("error-at", 1);
    firstError = errors[0];
    lastError = errors[1];
    silentFrom = reader.number("silent-from", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    hold = reader.flag("hold");
  }

  /**
   * Reads a list of faults, separated by commas: in any order, each at most once.
   *
   * @param text the list, such as {@code flips:1e-5,error-at:3}, in upper or lower case; empty for
   *     no fault
   * @return the faults
   * @throws IllegalArgumentException if there is no such fault, a value is missing, too much or not
   *     allowed, or a fault is named twice; the message says what there is
   */
  public static Faults parse(String text) {
    return new Faults(text.toLowerCase(Locale.ROOT));
  }

  private static int floating(FaultReader reader) {
    return switch (reader.value("absent")) {
      case "" -> HIGH;
      case "low" -> LOW;
      default -> throw reader.refused("absent", "alone, which floats high, or absent:low");
    };
  }

  private static String part(FaultReader reader) {
    return MemoryChip.parts().stream()
        .filter(part -> part.equalsIgnoreCase(reader.value("wired")))
        .findFirst()
        .orElseThrow(
            () -> reader.refused("wired", "one of " + String.join(", ", MemoryChip.parts())));
  }

  /** Tells whether a transfer fails with an exception. */
  boolean failsAt(long transfer) {
    return transfer >= firstError && transfer <= lastError;
  }

  /** Tells whether nothing of a transfer reaches a chip. */
  boolean silentAt(long transfer) {
    return absent || transfer >= silentFrom;
  }

  /**
   * Returns the list of faults.
   *
   * @return the text that {@link #parse} was given, in lower case
   */
  @Override
  public String toString() {
    return text;
  }
}
