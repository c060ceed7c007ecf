package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes in, a host neither fails nor takes more memory, and serves the next device. */
class HostileInputTest {
  private static final long SEED = 0xbad;
  private static final int MAX_POOL = 100_000;
  private static final int MAX_TOTAL = 150_000;
  private static final long MILLI = 1_000_000;

  /** Makes the next bytes of an attack. */
  private interface Attack {
    int next(byte[] target, Random random);
  }

  private final PoolLender lender = PoolLender.heap(MAX_POOL, MAX_TOTAL);
  private final HostSession host = new HostSession(lender, new HostListener() {});
  private final Random random = new Random(SEED);
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private long now;
  private long sent;

  private static int anything(byte[] target, Random random) {
    random.nextBytes(target);
    return 1 + random.nextInt(target.length);
  }

  /** Every second byte starts a command, or ends a frame. */
  private static int commands(byte[] target, Random random) {
    random.nextBytes(target);
    for (int i = 0; i < target.length; i += 2) {
      target[i] = (byte) (random.nextInt(3) == 0 ? 0 : -1);
      if (random.nextBoolean()) {
        target[i + 1] = (byte) random.nextInt(9);
      }
    }
    return 1 + random.nextInt(target.length);
  }

  /** Commands in good form with numbers that are small, at a limit, or huge. */
  private static int numbers(byte[] target, Random random) {
    target[0] = -1;
    target[1] = (byte) random.nextInt(8);
    for (int at = 2; at <= 6; at += 4) {
      long number =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(40);
            case 1 -> MAX_POOL - 20 + random.nextInt(40);
            case 2 -> random.nextInt(MAX_TOTAL);
            default -> random.nextLong();
          };
      LittleEndian.putU32(target, at, number);
    }
    int length = 2 + Plain.argumentBytes(target[1]);
    return random.nextInt(50) == 0 ? 1 + random.nextInt(length) : length;
  }

  /** Frames of sessions that were never opened, and of those that are open, with any body. */
  private static int frames(byte[] target, Random random) {
    if (random.nextInt(20) == 0) {
      byte[] question = Plain.question();
      System.arraycopy(question, 0, target, 2, question.length);
      target[0] = -1;
      target[1] = 0;
      return 2 + question.length;
    }
    var writer = new FrameWriter(80);
    int[] types = {
      FrameType.OPEN, FrameType.OPEN, FrameType.RESUME, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0xFE, 9
    };
    writer.start(types[random.nextInt(types.length)], random.nextInt(70));
    writer.u32(random.nextInt(MAX_POOL));
    if (random.nextInt(4) > 0) {
      writer.u32(random.nextInt(2 * MAX_POOL));
    }
    for (int i = random.nextInt(70); i > 0; i--) {
      writer.u8(random.nextInt());
    }
    int length = writer.finish(random.nextBoolean() ? 0 : 1, target, 0);
    if (random.nextInt(10) == 0) {
      target[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    return length;
  }

  private void send(byte[] bytes, int length) throws IOException {
    now += random.nextInt(1000);
    host.receive(bytes, 0, length, now, answers::write);
    sent += length;
  }

  private void attack(Attack attack, long bytes) throws IOException {
    var target = new byte[256];
    for (long end = sent + bytes; sent < end; ) {
      send(target, attack.next(target, random));
      assertTrue(answers.size() <= MAX_POOL + Plain.LARGEST_READ + 1000, "seed " + SEED);
      answers.reset();
      assertTrue(lender.lent() <= MAX_POOL, "seed " + SEED);
    }
    serveTheNextDevice();
  }

  private void serveTheNextDevice() throws IOException {
    for (int i = 0; i < 4; i++) {
      answers.reset();
      now += 50 * MILLI;
      send(new byte[] {-1, 0}, 2);
    }
    assertArrayEquals(new byte[] {-1, 0}, answers.toByteArray(), "seed " + SEED);
    answers.reset();
    now += 80 * MILLI;
    send(new byte[] {-1, 1, 100, 0, 0, 0}, 6);
    send(new byte[] {-1, 3, 7, 0, 0, 0, 2, 0, 0, 0, 'o', 'k'}, 12);
    send(new byte[] {-1, 2, 6, 0, 0, 0, 4, 0, 0, 0}, 10);
    assertArrayEquals(new byte[] {0, 'o', 'k', 0}, answers.toByteArray(), "seed " + SEED);
    assertEquals(100, lender.lent());
  }

  private void attackInAllWays(long bytes) throws IOException {
    for (int round = 0; round < 5; round++) {
      attack(HostileInputTest::anything, bytes / 20);
      attack(HostileInputTest::commands, bytes / 20);
      attack(HostileInputTest::numbers, bytes / 20);
      attack(HostileInputTest::frames, bytes / 20);
    }
    host.close();
    assertEquals(0, lender.lent());
  }

  @Test
  void oneMillionBytes() throws IOException {
    attackInAllWays(1_000_000);
  }

  @Test
  @Tag("long")
  void tenMillionBytesAtAGo() throws IOException {
    attack(HostileInputTest::anything, 10_000_000);
    attackInAllWays(10_000_000);
  }

  @Test
  void manyLinesTogetherStayBelowTheLimit() throws IOException {
    byte[] open = {-1, 0, -1, 1, 0, 0, 1, 0};
    var sessions = new HostSession[5];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new HostSession(lender, new HostListener() {});
      sessions[i].receive(open, 0, open.length, 0, answers::write);
      assertTrue(lender.lent() <= MAX_TOTAL);
    }
    assertEquals(2 * 65_536, lender.lent());
    Arrays.stream(sessions).forEach(HostSession::close);
    assertEquals(0, lender.lent());
  }
}
