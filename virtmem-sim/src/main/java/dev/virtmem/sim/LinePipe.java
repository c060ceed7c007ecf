package dev.virtmem.sim;

import java.util.ArrayDeque;
import java.util.Random;

/** One direction of a simulated line: bytes leave one after the other and arrive in packets. */
final class LinePipe {
  /** A bulk packet of full-speed USB. */
  private static final int PACKET = 64;

  private static final int MILLION = 1_000_000;

  /** Bytes that are on their way. */
  record Packet(long arrival, byte[] bytes) {}

  private final double byteNanos;
  private final long latency;
  private final long usbFrame;
  private final LineFaults faults;
  private final Random random;
  private final ArrayDeque<Packet> packets = new ArrayDeque<>();
  private final byte[] damaged = new byte[2 * PACKET];
  private double freeAt;
  private long faultless;

  LinePipe(int baud, long latency, long usbFrame, LineFaults faults, long seed) {
    this.byteNanos = 10e9 / baud;
    this.latency = latency;
    this.usbFrame = usbFrame;
    this.faults = faults;
    this.random = new Random(seed);
    drawFault();
  }

  /** Returns when the last byte sent so far leaves. */
  long freeAt() {
    return (long) freeAt;
  }

  double byteNanos() {
    return byteNanos;
  }

  void send(byte[] source, int from, int length, long now) {
    for (int at = 0; at < length; at += PACKET) {
      int count = Math.min(PACKET, length - at);
      freeAt = Math.max(freeAt, now) + count * byteNanos;
      if (faults.stalls() > 0 && random.nextInt(MILLION) < faults.stalls()) {
        freeAt += faults.stallNanos();
      }
      long arrival = (long) freeAt + latency;
      if (usbFrame > 0) {
        arrival = Math.ceilDiv(arrival, usbFrame) * usbFrame;
      }
      byte[] bytes = damage(source, from + at, count);
      if (bytes.length > 0) {
        packets.add(new Packet(arrival, bytes));
      }
    }
  }

  /** Returns when the next packet arrives, or {@link Long#MAX_VALUE}. */
  long nextArrival() {
    return packets.isEmpty() ? Long.MAX_VALUE : packets.getFirst().arrival();
  }

  byte[] take() {
    return packets.removeFirst().bytes();
  }

  void cut() {
    packets.clear();
    freeAt = 0;
  }

  private byte[] damage(byte[] source, int from, int count) {
    int to = 0;
    for (int i = 0; i < count; i++) {
      byte value = source[from + i];
      if (faultless-- > 0) {
        damaged[to++] = value;
        continue;
      }
      int which = random.nextInt(faults.flips() + faults.drops() + faults.duplicates());
      if (which < faults.flips()) {
        damaged[to++] = (byte) (value ^ 1 << random.nextInt(8));
      } else if (which >= faults.flips() + faults.drops()) {
        damaged[to++] = value;
        damaged[to++] = value;
      }
      drawFault();
    }
    var result = new byte[to];
    System.arraycopy(damaged, 0, result, 0, to);
    return result;
  }

  /** Draws how many bytes come through before the next fault: a geometric distribution. */
  private void drawFault() {
    double rate = (faults.flips() + faults.drops() + faults.duplicates()) / (double) MILLION;
    faultless =
        rate == 0
            ? Long.MAX_VALUE
            : (long) (Math.log(1 - random.nextDouble()) / Math.log(1 - rate));
  }
}
