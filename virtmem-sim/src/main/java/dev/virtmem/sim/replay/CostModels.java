package dev.virtmem.sim.replay;

import dev.virtmem.store.TransferCost;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transfer costs on three devices that span the field: cheap short transfers, dear transfers
 * and slow bytes, and very dear transfers of at least a sector. Nominal figures, for comparing.
 */
public final class CostModels {
  /**
   * A 23LC1024 at 20 MHz on a small Linux board: 15 us for the system call, then 4 bytes of
   * instruction and address and n bytes of data with 8 bits each, both ways alike.
   */
  public static final TransferCost SPI =
      new TransferCost(15_000 + 4 * 400, 400, 15_000 + 4 * 400, 400, 1);

  /**
   * RAM of a host at the end of a line of 1 Mbaud through USB: 10 us a byte with start and stop
   * bit, 10 bytes of protocol, and 1 ms until an answer comes back, which only a read awaits.
   */
  public static final TransferCost SERIAL =
      new TransferCost(1_000_000 + 10 * 10_000, 10_000, 10 * 10_000, 10_000, 1);

  /**
   * An SD card of class A1: 0.5 ms a read and 1.5 ms a write, 20 and 10 MB/s, in sectors of 512
   * bytes.
   */
  public static final TransferCost CARD = new TransferCost(500_000, 50, 1_500_000, 100, 512);

  private static final Map<String, TransferCost> BY_NAME = byName();

  private CostModels() {}

  /**
   * Returns the three models.
   *
   * @return {@code spi}, {@code serial} and {@code card}, in this order; unmodifiable
   */
  public static Map<String, TransferCost> all() {
    return BY_NAME;
  }

  private static Map<String, TransferCost> byName() {
    var map = new LinkedHashMap<String, TransferCost>();
    map.put("spi", SPI);
    map.put("serial", SERIAL);
    map.put("card", CARD);
    return Collections.unmodifiableMap(map);
  }
}
