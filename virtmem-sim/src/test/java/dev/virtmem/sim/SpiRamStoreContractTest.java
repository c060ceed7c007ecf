package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The store contract for the driver, through Pi4J, on each modelled part. */
class SpiRamStoreContractTest {

  abstract static class OnPart extends BackingStoreContract {
    private final String part;
    private final int limit;
    private SramChip chip;
    private Context pi4j;

    OnPart(String part, int limit) {
      this.part = part;
      this.limit = limit;
    }

    @Override
    protected BackingStore open() {
      chip = SramChip.powerUp(part, 3);
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
  class On23lc1024 extends OnPart {
    On23lc1024() {
      super("23LC1024", 4096);
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
  class On23a1024 extends OnPart {
    On23a1024() {
      super("23A1024", 4096);
    }
  }

  @Nested
  class On23lc512 extends OnPart {
    On23lc512() {
      super("23LC512", 4096);
    }
  }

  @Nested
  class On23a512 extends OnPart {
    On23a512() {
      super("23A512", 1024);
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
