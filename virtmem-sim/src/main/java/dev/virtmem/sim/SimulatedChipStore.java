package dev.virtmem.sim;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfigBuilder;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.ForwardingStore;

/**
 * A store on a simulated SPI memory chip: the driver for the real chip, over a connection of {@link
 * SimulatedSpiProvider}, over the model of the chip.
 */
public final class SimulatedChipStore extends ForwardingStore {
  private final Spi spi;
  private final MemoryChip chip;
  private final VirtualClock clock;

  private SimulatedChipStore(SpiRamStore store, Spi spi, MemoryChip chip, VirtualClock clock) {
    super(store);
    this.spi = spi;
    this.chip = chip;
    this.clock = clock;
  }

  /**
   * Switches on a chip and opens the driver on it.
   *
   * @param part the part number, such as {@code 23LC1024} or {@code FM25V20A}
   * @param hz clock of the bus, 1 to the part's limit
   * @param gapNanos what the host needs for each transfer beside its bytes, in ns, at least 0
   * @param seed decides what the chip holds after power-up
   * @return an open store
   * @throws IllegalArgumentException if the part is unknown or a number is out of range
   */
  public static SimulatedChipStore open(String part, int hz, int gapNanos, long seed) {
    return open(MemoryChip.byName(part, seed), hz, gapNanos);
  }

  /** Opens the driver on a chip that is switched on already. */
  static SimulatedChipStore open(MemoryChip chip, int hz, int gapNanos) {
    var clock = new VirtualClock(gapNanos);
    // No Pi4J context: starting one takes longer than everything else here.
    var config =
        SpiConfigBuilder.newInstance(null)
            .id("virtmem-sim")
            .bus(SpiBus.BUS_0)
            .channel(0)
            .mode(SpiMode.MODE_0)
            .baud(hz)
            .build();
    Spi spi = new SimulatedSpiProvider(clock).connect(0, 0, chip).create(config);
    try {
      var driver = SpiRamStore.builder(SpiRamChip.byName(chip.part())).gap(gapNanos).attach(spi);
      return new SimulatedChipStore(driver, spi, chip, clock);
    } catch (RuntimeException | Error e) {
      spi.close();
      throw e;
    }
  }

  /**
   * Returns the clock of the bus.
   *
   * @return what the traffic so far would have taken, the driver's transfers of set-up included
   */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Returns the model of the chip.
   *
   * @return the chip; its {@link MemoryChip#violations()} stay empty while the driver is right
   */
  public MemoryChip chip() {
    return chip;
  }

  @Override
  public void close() {
    super.close();
    spi.close();
  }

  @Override
  public String toString() {
    return "simulated " + delegate();
  }
}
