package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each part declared, each part really there, with contents that leave more or less open. */
class WrongPartTest {
  private static final int MOST_TRANSFERS = 63;
  private static final List<String> KINDS = List.of("noise", "zeros", "ones", "marks", "triples");

  static Stream<Arguments> pairs() {
    return SpiRamChip.known().stream()
        .flatMap(declared -> SpiRamChip.known().stream().map(real -> Arguments.of(declared, real)));
  }

  @ParameterizedTest(name = "{0} declared, {1} there")
  @MethodSource("pairs")
  void isDetected(SpiRamChip declared, SpiRamChip real) {
    // Filling a large chip in short transfers takes long, and those alone tell its kind by an ID.
    boolean byIdAlone = real.has(Trait.PSEUDO_STATIC) && !declared.equals(real);
    for (String kind : byIdAlone ? List.of("noise") : KINDS) {
      var chip = DetectionBench.chip(real.name(), kind);
      byte[] before = chip.peek(0, chip.capacity());
      int violations = chip.violations().size();
      var bench = new DetectionBench(chip);
      String message = cause(declared, real);
      if (message == null) {
        var store = bench.open(declared);
        assertEquals(violations, chip.violations().size(), () -> chip.violations().toString());
        var bytes = new byte[] {1, 2, 3};
        store.read(declared.capacity() - 3, bytes, 0, 3);
        assertArrayEquals(chip.peek((int) declared.capacity() - 3, 3), bytes);
      } else {
        var e = assertThrows(StoreException.class, () -> bench.open(declared), kind);
        assertTrue(e.getMessage().contains(message), e.getMessage());
      }
      assertArrayEquals(before, chip.peek(0, chip.capacity()), kind);
      assertTrue(
          bench.clock.transfers() <= MOST_TRANSFERS,
          () -> kind + " takes " + bench.clock.transfers() + " transfers");
    }
  }

  /** Returns what the message must say; null if the part that is there serves as well. */
  private static String cause(SpiRamChip declared, SpiRamChip real) {
    if (!kind(declared).equals(kind(real))) {
      return "But a" + kind(real) + " answers";
    }
    String holds = "It seems to hold " + real.capacity() + " bytes, as do ";
    if (declared.addressBytes() != real.addressBytes()) {
      return "takes "
          + real.addressBytes()
          + " address bytes, and a "
          + declared.name()
          + " takes "
          + declared.addressBytes()
          + ". "
          + holds;
    }
    return real.capacity() >= declared.capacity()
        ? null
        : "is smaller than a "
            + declared.name()
            + " of "
            + declared.capacity()
            + " bytes: what is at address 0 shows again at "
            + real.capacity()
            + ". "
            + holds;
  }

  private static String kind(SpiRamChip chip) {
    if (chip.has(Trait.PSEUDO_STATIC)) {
      return " pseudo-static RAM";
    }
    return chip.has(Trait.WRITE_ENABLE) ? "n FRAM or MRAM" : " serial SRAM";
  }
}
