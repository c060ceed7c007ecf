package dev.virtmem.sim;

import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Opens {@code sim:PART}, for instance {@code sim:23LC1024?hz=20000000&gap=15000&seed=1}: a {@link
 * SimulatedChipStore}. Parameters: {@code seed}, what the chip holds at power-up and which bits
 * flip (1); {@code fault}, what is wrong, as {@link Faults} lists it, such as {@code
 * fault=flips:1e-5,error-at:100} (nothing); {@code chips}, how many there are on the bus, up to 16
 * (1), each with the faults, and with contents and flips of its own; and all that {@link
 * SpiRamBuilder#parametersOf} knows. The clock {@code hz} is 20 MHz here unless set, or the part's
 * limit if that is lower; {@code gap} is also what the virtual clock counts for each transfer, and
 * {@code limit} what the simulated kernel takes in one, 4,096 bytes unless set.
 */
public final class SimStoreProvider implements StoreProvider {
  private static final int DEFAULT_HZ = 20_000_000;
  private static final int MOST_CHIPS = 16;

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SimStoreProvider() {}

  @Override
  public String scheme() {
    return "sim";
  }

  @Override
  public String syntax() {
    return "sim:PART[?seed=NUMBER][&fault=NAME[:VALUE][,NAME[:VALUE]...]][&chips=NUMBER]"
        + SpiRamBuilder.URI_PARAMETERS;
  }

  @Override
  public BackingStore open(StoreUri uri) {
    long gap = uri.number("gap", VirtualClock.DEFAULT_GAP_NANOS, 0, Integer.MAX_VALUE);
    long seed = uri.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    var faults = Faults.parse(uri.text("fault", ""));
    long count = uri.number("chips", 1, 1, MOST_CHIPS);
    int limit = ChipPart.find(ChipPart.ALL, uri.rest()).maxHz();
    long hz = uri.number("hz", Math.min(DEFAULT_HZ, limit), 1, Integer.MAX_VALUE);
    var driver = SpiRamStore.builder(SpiRamChip.byName(uri.rest())).parametersOf(uri);
    long longest = uri.number("limit", SimulatedSpiProvider.DEFAULT_LIMIT, 1, Integer.MAX_VALUE);
    uri.checkAllUsed();
    List<FaultyWire> wires =
        LongStream.range(seed, seed + count)
            .mapToObj(chipSeed -> FaultyWire.powerUp(uri.rest(), faults, chipSeed))
            .toList();
    return SimulatedChipStore.open(driver, wires, (int) hz, (int) gap, (int) longest);
  }
}
