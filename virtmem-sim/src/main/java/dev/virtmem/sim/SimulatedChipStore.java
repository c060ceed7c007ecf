package dev.virtmem.sim;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfigBuilder;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.spiram.Verification;
import dev.virtmem.spiram.VerifiedStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A store on simulated SPI memory chips: the driver for the real chips, over connections of {@link
 * SimulatedSpiProvider}, over the models of the chips on wires with or without faults.
 */
public final class SimulatedChipStore extends ForwardingStore implements VerifiedStore {
  private final List<FaultyWire> wires;
  private final SimulatedSpiProvider bus;
  private final Runnable end;

  private SimulatedChipStore(
      BackingStore store, List<FaultyWire> wires, SimulatedSpiProvider bus, Runnable end) {
    super(store);
    this.wires = wires;
    this.bus = bus;
    this.end = end;
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
    var driver = SpiRamStore.builder(SpiRamChip.byName(chip.part())).gap(gapNanos);
    List<FaultyWire> wires = List.of(FaultyWire.to(chip, Faults.NONE, 0));
    return open(driver, wires, hz, gapNanos, SimulatedSpiProvider.DEFAULT_LIMIT);
  }

  /**
   * Opens a driver on chips that are switched on already.
   *
   * @param driver what the driver is told, but for its clock, the places of the chips and the limit
   * @param wires the chips, on channels from 0 of bus 0
   * @param transferLimit the longest transfer, in bytes: that of the simulated kernel, and not of
   *     the one that runs this
   */
  static SimulatedChipStore open(
      SpiRamBuilder driver, List<FaultyWire> wires, int hz, int gapNanos, int transferLimit) {
    driver.transferLimit(transferLimit);
    var bus = new SimulatedSpiProvider(new VirtualClock(gapNanos), transferLimit);
    for (int channel = 0; channel < wires.size(); channel++) {
      bus.connect(0, channel, wires.get(channel));
    }
    // No Pi4J context: starting one takes longer than everything else here.
    var connections = new ArrayList<Spi>();
    for (int channel = 0; channel < wires.size(); channel++) {
      var config =
          SpiConfigBuilder.newInstance(null)
              .id("virtmem-sim-" + channel)
              .bus(SpiBus.BUS_0)
              .channel(channel)
              .mode(SpiMode.MODE_0)
              .baud(hz)
              .build();
      connections.add(bus.create(config));
    }
    Runnable end = () -> connections.forEach(Spi::close);
    try {
      return new SimulatedChipStore(driver.attachAll(connections), wires, bus, end);
    } catch (RuntimeException | Error e) {
      end.run();
      throw e;
    }
  }

  /**
   * Returns the clock of the bus.
   *
   * @return what the traffic so far would have taken, the driver's transfers of set-up included
   */
  public VirtualClock clock() {
    return bus.clock();
  }

  /**
   * Notes from now on what is on the wires.
   *
   * @param log where; null for nowhere, as at first
   * @see SimulatedSpiProvider#log
   */
  public void log(CommandLog log) {
    bus.log(log);
  }

  /**
   * Returns the model of the first chip, which is the only one unless several were asked for.
   *
   * @return the chip; its {@link MemoryChip#violations()} stay empty while the driver is right
   */
  public MemoryChip chip() {
    return wires.getFirst().chip();
  }

  /**
   * Returns the chips with their wires, whose faults can be changed while the store is open.
   *
   * @return one for each channel, from 0; unmodifiable
   */
  public List<FaultyWire> wires() {
    return wires;
  }

  @Override
  public Verification.Counts counts() {
    return Verification.countsOf(delegate());
  }

  @Override
  public int bufferBytes() {
    return Verification.bufferBytesOf(delegate());
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      end.run();
    }
  }

  @Override
  public String toString() {
    return "simulated " + delegate();
  }
}
