package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  @Test
  void aLineIsRightInItsSlotOnly() {
    var lines = new Lines(2);
    Arrays.fill(lines.bytes, (byte) 7);
    lines.seal(1, 300);
    assertTrue(lines.isRight(1, 300));
    assertFalse(lines.isRight(1, 301));
    lines.bytes[Lines.at(1) + 63] ^= 1;
    assertFalse(lines.isRight(1, 300));
  }

  /** A line that nothing drives, or that was never written, must not pass in any slot. */
  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xff})
  void aLineOfOneValueIsWrongInEverySlot(int value) {
    var lines = new Lines(1);
    Arrays.fill(lines.bytes, (byte) value);
    for (int slot = 0; slot < 1 << 22; slot++) {
      assertFalse(lines.isRight(0, slot));
    }
  }
}
