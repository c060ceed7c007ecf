package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.BreakingLine.Direction;
import dev.virtmem.serial.BreakingLine.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks the line after each byte that goes over it in the life of a store, in many ways. */
class UnpluggedAtEveryByteTest {
  private static final int STEP = 11;

  static List<Arguments> cases() {
    var cases = new ArrayList<Arguments>();
    for (Protocol protocol : List.of(Protocol.CHECKED, Protocol.PLAIN)) {
      for (Fate fate : Fate.values()) {
        for (Direction direction : Direction.values()) {
          cases.add(Arguments.of(protocol, fate, direction));
        }
      }
    }
    return cases;
  }

  private static long bytes(Protocol protocol, Fate fate, Direction direction) {
    var whole = new UnpluggedSession(protocol, fate, direction);
    whole.run();
    assertEquals(0, whole.breaks());
    long bytes = whole.bytes(direction);
    assertTrue(bytes > 500, "bytes " + bytes);
    return bytes;
  }

  private static void breakAfter(
      Protocol protocol, Fate fate, Direction direction, int first, int step) {
    long bytes = bytes(protocol, fate, direction);
    for (long at = first; at <= bytes; at += step) {
      var session = new UnpluggedSession(protocol, fate, direction, at);
      session.run();
      assertEquals(1, session.breaks(), "byte " + at);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachCallSucceedsOrThrowsAndNothingAcknowledgedIsLost(
      Protocol protocol, Fate fate, Direction direction) {
    int first = 1 + (fate.ordinal() + direction.ordinal()) % STEP;
    breakAfter(protocol, fate, direction, first, STEP);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("cases")
  void thatHoldsForEachByte(Protocol protocol, Fate fate, Direction direction) {
    breakAfter(protocol, fate, direction, 1, 1);
  }

  @Test
  void soItIsWhenTheLineBreaksAgainWhileItIsTakenUp() {
    var random = new Random(3);
    for (Direction direction : Direction.values()) {
      long bytes = bytes(Protocol.CHECKED, Fate.CUT_FOR_A_MOMENT, direction);
      for (int i = 0; i < 1000; i++) {
        long first = 1 + random.nextLong(bytes);
        long second = first + 1 + random.nextLong(100);
        long third = second + 1 + random.nextLong(100);
        new UnpluggedSession(
                Protocol.CHECKED, Fate.CUT_FOR_A_MOMENT, direction, first, second, third)
            .run();
      }
    }
  }
}
