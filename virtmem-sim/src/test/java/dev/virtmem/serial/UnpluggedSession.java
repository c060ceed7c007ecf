package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.BreakingLine.Direction;
import dev.virtmem.serial.BreakingLine.Fate;
import dev.virtmem.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A whole life of a store over a line that breaks: everything that it does either succeeds with the
 * right bytes or throws, in time, and what {@code sync} acknowledged is in the host's pool.
 */
final class UnpluggedSession {
  private static final int SIZE = 512;
  private static final int RETRIES = 2;
  private static final long FLIGHT = 20_000_000;
  private static final String TYPED = "abc";
  private static final String PRINTED = "hello\n";

  /**
   * From the break, or from the start of a call after it, to the end of the call: a second, and
   * what the bytes take that are on the line.
   */
  private static final long LIMIT = 1_010_000_000;

  private final Protocol protocol;
  private final Fate fate;
  private final BreakingLine line;
  private final String title;
  private final int most;
  private final Random random = new Random(7);
  private final Random nonces = new Random(8);
  private final byte[] model = new byte[SIZE];
  private final long[] bytes = new long[2];
  private SerialStore store;

  /** When the last call started, in ns of the line's clock. */
  private long started;

  /** May the store never work again? */
  private boolean failed;

  UnpluggedSession(Protocol protocol, Fate fate, Direction direction, long... at) {
    this.protocol = protocol;
    this.fate = fate;
    line = new BreakingLine(fate, direction, at);
    most = at.length;
    title = protocol + ", " + fate + ", " + direction + " after byte " + Arrays.toString(at);
  }

  /** Returns how many bytes went each way in the life of the store. */
  long bytes(Direction direction) {
    return bytes[direction.ordinal()];
  }

  private boolean broke() {
    return line.strikes() > 0;
  }

  int breaks() {
    return line.strikes();
  }

  private interface Call {
    void run();
  }

  /** A call that may be kept for later, since {@code sync} tells whether it was done. */
  private interface Write extends Call {}

  /** Returns what went wrong, or null. */
  private StoreException attempt(String what, Call call) {
    long start = line.nanoTime();
    started = start;
    StoreException failure = null;
    try {
      call.run();
    } catch (StoreException e) {
      failure = e;
      assertTrue(broke(), () -> title + ", nothing happened yet, " + what + ": " + e);
    }
    if (broke()) {
      long took = line.nanoTime() - Math.max(start, line.struckAt());
      assertTrue(took <= LIMIT, () -> title + ", " + what + " took " + took);
    }
    return failure;
  }

  /** Is a store that was open to go on when the line is whole again? */
  private boolean goesOn() {
    return protocol == Protocol.CHECKED && !fate.dead && !fate.restarted && isRepaired();
  }

  private boolean isRepaired() {
    return fate != Fate.CUT_FOR_EVER;
  }

  private void step(String what, Call call) {
    StoreException e = attempt(what, call);
    if (failed) {
      boolean kept = call instanceof Write && protocol == Protocol.CHECKED && !fate.restarted;
      assertTrue(e != null || kept, title + ", works again after a final failure: " + what);
    } else if (e != null && goesOn()) {
      assertTrue(fate != Fate.CUT_FOR_A_MOMENT, () -> title + ", " + what + ": " + e);
      for (int i = 0; i < RETRIES; i++) {
        StoreException still = attempt(what, call);
        assertTrue(still != null || call instanceof Write, () -> title + ", over no line: " + what);
      }
      line.awaitRepair();
      StoreException again = attempt(what, call);
      assertTrue(again == null, () -> title + ", again " + what + ": " + again);
    } else if (e != null) {
      failed = fate.restarted || protocol == Protocol.PLAIN || !isRepaired() || fate.dead;
      boolean lost = fate.restarted && protocol == Protocol.CHECKED;
      assertTrue(
          !lost || e.getMessage().contains("lost the pool"), () -> title + ", " + what + ": " + e);
    }
  }

  private SerialStore open() {
    return SerialStore.builder(line)
        .size(SIZE)
        .baud(BreakingLine.BAUD)
        .protocol(protocol)
        .chunk(64)
        .window(8)
        .nonces(nonces::nextLong)
        .open();
  }

  private void write(int at, int length) {
    for (int i = 0; i < length; i++) {
      // No FF, which an old host that was restarted takes for a command.
      model[at + i] = (byte) (random.nextInt() & 0x7F);
    }
    Write write = () -> store.write(at, model, at, length);
    step("write at " + at, write);
  }

  private void read(int at, int length) {
    step(
        "read at " + at,
        () -> {
          var bytes = new byte[length];
          store.read(at, bytes, 0, length);
          assertArrayEquals(
              Arrays.copyOfRange(model, at, at + length), bytes, title + ", read at " + at);
        });
  }

  private void sync() {
    step(
        "sync",
        () -> {
          store.sync();
          checkPool("what sync acknowledged");
        });
  }

  private void checkPool(String what) {
    // A host that was restarted while its answer was under way has acknowledged what it had then.
    boolean meanwhile = fate.restarted && line.struckAt() >= started;
    assertArrayEquals(model, meanwhile ? line.poolBefore() : line.poolBytes(), title + ", " + what);
  }

  private void input() {
    var input = new byte[TYPED.length()];
    step("input available", () -> assertEquals(TYPED.length(), store.inputAvailable(), title));
    step("input", () -> assertEquals(TYPED.length(), store.readInput(input, 0, 3), title));
    if (!failed) {
      assertEquals(TYPED, new String(input, StandardCharsets.US_ASCII), title);
    }
  }

  void run() {
    line.host().type(TYPED.getBytes(StandardCharsets.US_ASCII), 0, TYPED.length());
    boolean opened = attempt("open", () -> store = open()) == null;
    for (int i = 0; !opened && i < most; i++) {
      line.awaitRepair();
      opened = attempt("open again", () -> store = open()) == null;
    }
    assertTrue(opened || fate.dead || !isRepaired(), () -> title + ", cannot be opened again");
    if (store != null) {
      live();
    }
    end();
  }

  private void live() {
    write(0, SIZE);
    read(10, 20);
    write(100, 150);
    sync();
    for (int at = 0; at < SIZE - 100; at += 100) {
      read(at, 100);
    }
    step("print", () -> store.print(PRINTED.getBytes(StandardCharsets.US_ASCII), 0, 6));
    step("ping", store::ping);
    if (!fate.restarted) {
      input();
    }
    write(30, 100);
    read(0, 140);
    write(200, 40);
    write(220, 100);
    StoreException e = attempt("close", store::close);
    if (e == null && !failed) {
      checkPool("what close acknowledged");
    }
    store.close();
    line.pause(FLIGHT);
    System.arraycopy(line.bytes, 0, bytes, 0, bytes.length);
  }

  /** Whatever happened, the line is free, and the host serves the next one. */
  private void end() {
    line.end();
    line.awaitRepair();
    if (fate.dead || !isRepaired()) {
      return;
    }
    try (var next = open()) {
      byte[] bytes = {1, 2, 3};
      next.write(5, bytes, 0, 3);
      next.sync();
      assertArrayEquals(bytes, Arrays.copyOfRange(line.poolBytes(), 5, 8), title);
    }
    line.pause(LIMIT);
    assertEquals(0, line.lender.lent(), title);
    if (protocol == Protocol.CHECKED && goesOn()) {
      // What failed is kept and shown later, each time that it was tried.
      int times =
          fate == Fate.CUT_FOR_LONG && line.text.size() > PRINTED.length() ? RETRIES + 2 : 1;
      assertEquals(PRINTED.repeat(times), line.text.toString(StandardCharsets.US_ASCII), title);
    }
  }
}
