package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private static final long SEED = 42;
  private static final long SESSION = 0x1122_3344_5566_7788L;

  private final Random random = new Random(SEED);
  private final FrameWriter writer = new FrameWriter(1028);
  private final FrameReader reader = new FrameReader(1028);
  private final byte[] line = new byte[2048];

  private byte[] body(int length, int zeroes) {
    var body = new byte[length];
    for (int i = 0; i < length; i++) {
      body[i] = (byte) (random.nextInt(100) < zeroes ? 0 : random.nextInt(256));
    }
    return body;
  }

  private int write(byte[] body, int number) {
    return writer.start(0x11, number).bytes(body, 0, body.length).finish(SESSION, line, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void everyLengthComesThrough(int zeroes) {
    for (int length = 0; length <= 1028; length++) {
      byte[] body = body(length, zeroes);
      int sent = write(body, length);
      assertTrue(sent <= FrameWriter.encodedLength(length), "length " + length);
      for (int i = 0; i < sent - 1; i++) {
        assertTrue(line[i] != 0, "length " + length);
      }
      assertEquals(sent, reader.feed(line, 0, sent));
      assertTrue(reader.ended() && reader.decode() && reader.isOf(SESSION), "length " + length);
      assertEquals(length, reader.number());
      assertEquals(length, reader.bodyLength());
      int from = reader.bodyStart();
      assertArrayEquals(body, Arrays.copyOfRange(reader.array(), from, from + length));
      assertFalse(reader.isOf(SESSION + 1));
    }
  }

  /** Whatever garbage comes before, the second frame after it is received. */
  @Test
  void findsItsFeetAfterGarbage() {
    var garbage = new byte[3000];
    for (int round = 0; round < 500; round++) {
      random.nextBytes(garbage);
      int length = random.nextInt(garbage.length);
      for (int at = 0; at < length; ) {
        at = reader.feed(garbage, at, length);
        assertFalse(reader.ended() && reader.decode() && reader.isOf(SESSION));
      }
      boolean received = false;
      for (int i = 0; i < 2; i++) {
        int sent = write(body(20, 30), round);
        assertEquals(sent, reader.feed(line, 0, sent));
        received = reader.ended() && reader.decode() && reader.isOf(SESSION);
      }
      assertTrue(received, "seed " + SEED + ", round " + round);
    }
  }

  @Test
  void everyDamagedByteIsNoticed() {
    byte[] body = body(300, 5);
    int sent = write(body, 7);
    for (int at = 0; at < sent; at++) {
      for (int change = 1; change < 256; change++) {
        line[at] ^= (byte) change;
        boolean accepted = false;
        for (int i = 0; i < sent; ) {
          i = reader.feed(line, i, sent);
          accepted |= reader.ended() && reader.decode() && reader.isOf(SESSION);
        }
        line[at] ^= (byte) change;
        reader.feed(new byte[] {1, 0}, 0, 2);
        assertFalse(accepted, "byte " + at + " changed by " + change);
      }
    }
  }

  @Test
  void everyLostAndEveryDoubledByteIsNoticed() {
    byte[] body = body(300, 5);
    int sent = write(body, 7);
    for (int at = 0; at < sent - 1; at++) {
      for (int copies : new int[] {0, 2}) {
        var changed = new byte[sent + 1];
        System.arraycopy(line, 0, changed, 0, at);
        Arrays.fill(changed, at, at + copies, line[at]);
        System.arraycopy(line, at + 1, changed, at + copies, sent - at - 1);
        boolean accepted = false;
        for (int i = 0; i < changed.length; ) {
          i = reader.feed(changed, i, changed.length);
          accepted |= reader.ended() && reader.decode() && reader.isOf(SESSION);
        }
        assertFalse(accepted, "byte " + at + " came " + copies + " times");
      }
    }
  }
}
