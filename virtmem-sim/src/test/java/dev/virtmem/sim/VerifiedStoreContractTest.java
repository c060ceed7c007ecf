package dev.virtmem.sim;

import dev.virtmem.spiram.Verification;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The store contract for both kinds of verification, on sound wires and on such that flip bits. */
class VerifiedStoreContractTest {

  @Nested
  @ParameterizedClass
  @CsvSource({
    "23LC1024, READ_BACK, 0",
    "23LC1024, CRC, 0",
    "23K640, READ_BACK, 0",
    "23K640, CRC, 0",
    "23LCV512, CRC, 0",
    "FM25V20A, READ_BACK, 0",
    "MR25H40, CRC, 0",
    "23LC512, CRC, 1e-5",
    "MB85RS1MT, CRC, 1e-5"
  })
  class OnAChip extends BackingStoreContract {
    private final String part;
    private final Verification kind;
    private final double rate;

    OnAChip(String part, Verification kind, double rate) {
      this.part = part;
      this.kind = kind;
      this.rate = rate;
    }

    @Override
    protected BackingStore open() {
      var wire = new UnreliableWire(MemoryChip.byName(part, 3), 3);
      BackingStore store = wire.open(wire.builder().verify(kind).format());
      wire.flipping(rate);
      return store;
    }

    @Override
    protected int rounds() {
      return 300;
    }
  }
}
