package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.serial.Protocol;
import dev.virtmem.serial.SerialStoreBuilder;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The store contract for the RAM of a host, both protocols, on the line model. */
class SerialLineContractTest {
  private static final int SIZE = 20_011;

  abstract static class OnLine extends BackingStoreContract {
    private SimulatedSerialStore store;

    LineFaults faults() {
      return LineFaults.NONE;
    }

    abstract SerialStoreBuilder set(SerialStoreBuilder builder);

    @Override
    protected BackingStore open() {
      store = SimulatedSerialStore.open(SIZE, 1_000_000, 500_000, faults(), this::set);
      return store;
    }

    @Override
    protected int rounds() {
      return 300;
    }

    @AfterEach
    void nothingWasWasted() {
      var host = store.host().statistics();
      assertEquals(0, store.line().overruns());
      if (faults() == LineFaults.NONE) {
        assertEquals(0, host.badFrames() + host.repeats() + host.ignored(), host::toString);
      }
    }
  }

  @Nested
  class Checked extends OnLine {
    @Override
    SerialStoreBuilder set(SerialStoreBuilder builder) {
      return builder.protocol(Protocol.CHECKED);
    }
  }

  @Nested
  class CheckedOneByOneInSmallFrames extends OnLine {
    @Override
    SerialStoreBuilder set(SerialStoreBuilder builder) {
      return builder.window(1).chunk(37).ahead(0);
    }
  }

  @Nested
  class CheckedThroughNoiseAndCuts extends OnLine {
    @Override
    LineFaults faults() {
      return LineFaults.noise(200, 7).cuts(700_000_000, 50_000_000);
    }

    @Override
    SerialStoreBuilder set(SerialStoreBuilder builder) {
      return builder.retry(20_000_000);
    }
  }

  @Nested
  class Plain extends OnLine {
    @Override
    SerialStoreBuilder set(SerialStoreBuilder builder) {
      return builder.protocol(Protocol.PLAIN);
    }
  }

  @Nested
  class PlainInSmallTransfers extends OnLine {
    @Override
    SerialStoreBuilder set(SerialStoreBuilder builder) {
      return builder.protocol(Protocol.PLAIN).transfer(100);
    }
  }
}
