package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which parts of the input are handed over together, on a line that brings what it is told. */
class PassInputTest {
  private final HostSession device =
      new HostSession(PoolLender.heap(1024, 1024), new HostListener() {});
  private final PassInput input = new PassInput();
  private final ScriptedLine line = new ScriptedLine();

  /** Brings one part a read; an empty one stands for nothing in time, and none for a hang-up. */
  private static final class ScriptedLine implements Transport {
    private final Deque<byte[]> parts = new ArrayDeque<>();
    private long waited;

    @Override
    public int read(byte[] target, int from, int length, long nanos) {
      assertTrue(length > 0, "it has no room for what it reads");
      waited = nanos;
      if (parts.isEmpty()) {
        return -1;
      }
      byte[] part = parts.remove();
      int count = Math.min(part.length, length);
      System.arraycopy(part, 0, target, from, count);
      if (count < part.length) {
        parts.addFirst(Arrays.copyOfRange(part, count, part.length));
      }
      return count;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      throw new AssertionError("input is only read");
    }

    @Override
    public void close() {}
  }

  /** Lets a part come, and returns what the device can fetch after that. */
  private String after(String part) throws IOException {
    line.parts.add(part.getBytes(StandardCharsets.US_ASCII));
    assertTrue(input.read(line));
    assertTrue(input.handOver(device));
    return new String(fetch(), StandardCharsets.US_ASCII);
  }

  private byte[] fetch() throws IOException {
    byte[] command = {-1, 0, -1, 5, 0, 0, 1, 0};
    var answer = new ByteArrayOutputStream();
    device.receive(command, 0, command.length, 0, answer::write);
    return Arrays.copyOfRange(answer.toByteArray(), 6, answer.size());
  }

  @Test
  void linesArriveAsAWhole() throws IOException {
    assertEquals("", after("ab"));
    assertEquals("", after("c"));
    assertEquals("abcd\n\ne\n", after("d\n\ne\nf"));
    assertEquals("f\n", after("\n"));
  }

  @Test
  void whatHasNoLineEndArrivesAfterAPause() throws IOException {
    assertEquals("", after(""));
    assertTrue(line.waited > PassInput.PAUSE, "it waits long for nothing");
    assertEquals("", after("key"));
    assertEquals("key", after(""));
    assertEquals(PassInput.PAUSE, line.waited);
    assertEquals("a\n", after("a\nb"));
    assertFalse(input.read(line));
    assertTrue(input.handOver(device));
    assertArrayEquals(new byte[] {'b'}, fetch());
  }

  @Test
  void aLineLongerThanTheBufferArrives() throws IOException {
    var text = new byte[10_000];
    var random = new Random(2);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(26));
    }
    line.parts.add(text);
    line.parts.add(new byte[0]);
    var got = new ByteArrayOutputStream();
    while (!line.parts.isEmpty()) {
      assertTrue(input.read(line));
      assertTrue(input.handOver(device));
      got.writeBytes(fetch());
    }
    assertArrayEquals(text, got.toByteArray());
  }

  @Test
  void noByteIsLostWhenTheDeviceIsLate() throws IOException {
    var random = new Random(1);
    var sent = new ByteArrayOutputStream();
    var got = new ByteArrayOutputStream();
    for (int round = 0; round < 2_000; round++) {
      var part = new byte[random.nextInt(300)];
      random.nextBytes(part);
      sent.writeBytes(part);
      line.parts.add(part);
      while (!input.handOver(device)) {
        got.writeBytes(fetch());
      }
      assertTrue(input.read(line));
    }
    while (input.read(line) || !input.handOver(device)) {
      got.writeBytes(fetch());
    }
    got.writeBytes(fetch());
    assertArrayEquals(sent.toByteArray(), got.toByteArray());
  }
}
