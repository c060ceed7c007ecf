package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The store contract for several chips as one store, through Pi4J, on modelled parts. */
class SpiRamPoolContractTest {

  abstract static class OnPool extends BackingStoreContract {
    private final String part;
    private final int limit;
    private final List<SramChip> chips = new ArrayList<>();
    private Context pi4j;

    OnPool(String part, int limit) {
      this.part = part;
      this.limit = limit;
    }

    /** Adds the places and the layout. */
    abstract SpiRamBuilder lay(SpiRamBuilder builder);

    @Override
    protected BackingStore open() {
      var provider = new SimulatedSpiProvider(new VirtualClock(0), limit);
      for (int place = 0; place < 4; place++) {
        var chip = SramChip.powerUp(part, place);
        chips.add(chip);
        provider.connect(place / 2, place % 2, chip);
      }
      pi4j = Pi4J.newContextBuilder().add(provider).build();
      var builder = SpiRamStore.builder(SpiRamChip.byName(part)).transferLimit(limit);
      return lay(builder).open(pi4j);
    }

    @AfterEach
    void endWithoutViolations() {
      pi4j.shutdown();
      chips.forEach(chip -> assertEquals(List.of(), chip.violations()));
    }
  }

  @Nested
  class TwoConcatenated extends OnPool {
    TwoConcatenated() {
      super("23LC1024", 4096);
    }

    @Override
    SpiRamBuilder lay(SpiRamBuilder builder) {
      return builder.at(0, 0).at(0, 1);
    }
  }

  @Nested
  class ThreeStripedOnTwoBuses extends OnPool {
    ThreeStripedOnTwoBuses() {
      super("23LC512", 4096);
    }

    @Override
    SpiRamBuilder lay(SpiRamBuilder builder) {
      return builder.at(1, 1).at(0, 0).at(1, 0).striped();
    }
  }

  @Nested
  class ThreeInSmallStripesWithSmallTransfers extends OnPool {
    ThreeInSmallStripesWithSmallTransfers() {
      super("23LC512", 37);
    }

    @Override
    SpiRamBuilder lay(SpiRamBuilder builder) {
      return builder.at(0, 0).at(0, 1).at(1, 0).striped(16);
    }

    @Override
    protected int rounds() {
      return 200;
    }
  }
}
