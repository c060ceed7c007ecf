package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store contract for the driver, through Pi4J, on each modelled part. */
class SpiRamStoreContractTest {
  static Stream<String> parts() {
    return SpiRamChip.known().stream().map(SpiRamChip::name);
  }

  abstract static class OnPart extends BackingStoreContract {
    private final String part;
    private final int limit;
    private MemoryChip chip;
    private Context pi4j;

    OnPart(String part, int limit) {
      this.part = part;
      this.limit = limit;
    }

    @Override
    protected BackingStore open() {
      chip = MemoryChip.byName(part, 3);
      var provider = new SimulatedSpiProvider(new VirtualClock(0), limit).connect(0, 0, chip);
      pi4j = Pi4J.newContextBuilder().add(provider).build();
      return SpiRamStore.builder(SpiRamChip.byName(part)).transferLimit(limit).open(pi4j, 0, 0);
    }

    @AfterEach
    void endWithoutViolations() {
      pi4j.shutdown();
      assertEquals(0, chip.violations().size(), () -> chip.violations().toString());
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.virtmem.sim.SpiRamStoreContractTest#parts")
  class OnEachPart extends OnPart {
    OnEachPart(String part) {
      super(part, 4096);
    }

    @Override
    protected int rounds() {
      return 500;
    }
  }

  @Nested
  class On23lc1024WithSmallTransfers extends OnPart {
    On23lc1024WithSmallTransfers() {
      super("23LC1024", 37);
    }

    @Override
    protected int rounds() {
      return 200;
    }
  }

  @Nested
  class OnFramWithSmallTransfers extends OnPart {
    OnFramWithSmallTransfers() {
      super("MB85RS1MT", 37);
    }

    @Override
    protected int rounds() {
      return 200;
    }
  }

  @Nested
  class ByUri extends BackingStoreContract {
    @Override
    protected BackingStore open() {
      return SimulatedChipStore.open("23LC1024", 20_000_000, 15_000, 1);
    }
  }
}
