package dev.virtmem.sim;

import dev.virtmem.serial.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A model of the original Python host, with its faults: sizes are signed and one that it cannot
 * allocate ends it, a read beyond the pool is short, a write beyond makes it grow, arguments of
 * what it rejects are text, and input peek answers zeros. Held against recordings.
 */
final class OriginalHost implements LineEnd {
  private static final int START = 0xFF;
  private static final byte[] NOTHING = {};

  private final int memory;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final byte[] arguments = new byte[8];
  private byte[] input = NOTHING;
  private byte[] pool;
  private boolean initialised;
  private boolean ended;
  private boolean started;

  /** The command whose arguments or data are read, or -1. */
  private int code = -1;

  private int wanted;
  private int got;
  private byte[] data = NOTHING;
  private int warnings;

  /** Makes a host that can allocate so many bytes. */
  OriginalHost(int memory) {
    this.memory = memory;
  }

  /** Has a pool that it could not allocate ended it? */
  boolean isEnded() {
    return ended;
  }

  /** Returns the size of the pool, or -1 if there is none. */
  int poolSize() {
    return pool == null ? -1 : pool.length;
  }

  /** How often it has told that there is no pool. */
  int warnings() {
    return warnings;
  }

  String text() {
    return shown.toString(StandardCharsets.ISO_8859_1);
  }

  void type(byte[] line) {
    input = Arrays.copyOf(input, input.length + line.length);
    System.arraycopy(line, 0, input, input.length - line.length, line.length);
  }

  /** The process is killed. */
  void kill() {
    ended = true;
  }

  @Override
  public void lineLost() {
    initialised = false;
  }

  @Override
  public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    for (int i = from; i < from + length && !ended; i++) {
      receive(bytes[i], answers);
    }
  }

  private void receive(byte next, ByteSink answers) throws IOException {
    if (data.length > 0) {
      data[got++] = next;
      if (got == data.length) {
        store();
      }
    } else if (code >= 0) {
      arguments[got++] = next;
      if (got == wanted) {
        run(answers);
      }
    } else if (started) {
      started = false;
      begin(next & 0xFF, answers);
    } else if (next == (byte) START) {
      started = true;
    } else {
      shown.write(next);
    }
  }

  private void begin(int command, ByteSink answers) throws IOException {
    if (command == 7) {
      answer(answers, new byte[] {(byte) START, 7});
    } else if (command == 0) {
      initialised = true;
      pool = null;
      answer(answers, new byte[] {(byte) START, 0});
    } else if (initialised) {
      switch (command) {
        case 1, 5 -> await(command, 4);
        case 4 -> answer(answers, number(input.length));
        case 6 -> answer(answers, new byte[input.length == 0 ? 0 : 1 + (input[0] & 0xFF)]);
        default -> beginTransfer(command);
      }
    }
  }

  private void beginTransfer(int command) {
    if (pool == null) {
      warnings++;
    } else if (command == 2 || command == 3) {
      await(command, 8);
    }
  }

  private void await(int command, int bytes) {
    code = command;
    wanted = bytes;
    got = 0;
  }

  private void run(ByteSink answers) throws IOException {
    ByteBuffer numbers = ByteBuffer.wrap(arguments).order(ByteOrder.LITTLE_ENDIAN);
    int first = numbers.getInt();
    int second = numbers.getInt();
    switch (code) {
      case 1 -> {
        ended = first < 0 || first > memory;
        pool = ended ? null : new byte[first];
      }
      case 2 -> {
        int start = Math.min(first, pool.length);
        answer(answers, Arrays.copyOfRange(pool, start, Math.min(start + second, pool.length)));
      }
      case 3 -> {
        data = new byte[second];
        got = 0;
        return;
      }
      default -> {
        int count = Math.min(first, input.length);
        answer(answers, number(count));
        answer(answers, Arrays.copyOf(input, count));
        input = Arrays.copyOfRange(input, count, input.length);
      }
    }
    code = -1;
  }

  /** Replaces a part of the pool, or appends what lies beyond it. */
  private void store() {
    int at =
        Math.min(ByteBuffer.wrap(arguments).order(ByteOrder.LITTLE_ENDIAN).getInt(), pool.length);
    pool = Arrays.copyOf(pool, Math.max(pool.length, at + data.length));
    System.arraycopy(data, 0, pool, at, data.length);
    data = NOTHING;
    code = -1;
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static void answer(ByteSink answers, byte[] bytes) throws IOException {
    answers.write(bytes, 0, bytes.length);
  }
}
