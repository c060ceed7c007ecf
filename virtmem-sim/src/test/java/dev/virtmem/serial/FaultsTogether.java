package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.FaultyLine.Blow;
import dev.virtmem.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store in use on a {@link FaultyLine}, held against a plain array. Of each byte it is known what
 * a read may give, more than one value only after a write that failed, and what the host's pool may
 * hold, which is more than one value until the next sync.
 */
final class FaultsTogether {
  private static final Pattern MESSAGE = Pattern.compile("<(\\d+)>");
  private static final long LIMIT = 20_000_000_000L;
  private static final int[] BAUDS = {57_600, 115_200, 1_000_000, 12_000_000};

  private final Random random;
  private final String title;
  private final int size;
  private final int baud;
  private final int chunk;
  private final FaultyLine line;
  private final BitSet[] readable;
  private final BitSet[] stored;
  private final List<Integer> printed = new ArrayList<>();
  private SerialStore store;
  private int messages;
  private int lastMessage;
  private int restartsSeen;
  private boolean faulty;
  private int typed;
  private int fetched;

  /**
   * How much of the input the host is known to have forgotten: from there on, but not from beyond
   * what was fetched, the session after one that ended badly goes on.
   */
  private int forgotten;

  private boolean inputUnsure;

  private int position;
  private int step;
  private int failures;

  FaultsTogether(long seed) {
    random = new Random(seed);
    size = 1 + random.nextInt(1 << 4 + random.nextInt(10));
    baud = BAUDS[random.nextInt(BAUDS.length)];
    chunk = 16 + random.nextInt(random.nextBoolean() ? 48 : 1009);
    line = new FaultyLine(size, baud, seed);
    title = "seed " + seed + ", " + size + " bytes, baud " + baud + ", chunk " + chunk;
    readable = sets();
    stored = sets();
  }

  private BitSet[] sets() {
    var sets = new BitSet[size];
    for (int i = 0; i < size; i++) {
      sets[i] = new BitSet();
      sets[i].set(0);
    }
    return sets;
  }

  /** Returns how many calls failed. */
  int failures() {
    return failures;
  }

  /** Returns how often the host forgot its sessions. */
  int restarts() {
    return line.restarts();
  }

  private interface Call {
    void run();
  }

  private String where(String what) {
    return title + ", step " + step + ", " + what;
  }

  /** Does something, and returns whether that went well. */
  private boolean attempt(String what, Call call) {
    long start = line.nanoTime();
    try {
      call.run();
      return true;
    } catch (StoreException e) {
      failures++;
      if (!faulty) {
        throw new AssertionError(where(what + " fails on a good line"), e);
      }
      if (e.getMessage().contains("lost the pool")) {
        reopen();
      }
      return false;
    } finally {
      long took = line.nanoTime() - start;
      assertTrue(took < LIMIT, () -> where(what + " took " + took / 1_000_000 + " ms"));
    }
  }

  private SerialStore open() {
    return SerialStore.builder(line)
        .size(size)
        .baud(baud)
        .protocol(Protocol.CHECKED)
        .chunk(chunk)
        .window(1 << random.nextInt(7))
        .ahead(random.nextInt(3) == 0 ? 0 : random.nextInt(8192))
        .retry(1_000_000L << random.nextInt(7))
        .reconnect(random.nextBoolean() ? 0 : 200_000_000)
        .timeout(baud < 1_000_000 ? 5_000_000_000L : 1_000_000_000L)
        .nonces(random::nextLong)
        .open();
  }

  /** Gives the store up without knowing what has come to the host, and opens another. */
  private void reopen() {
    try {
      store.close();
    } catch (StoreException e) {
      assertTrue(faulty, () -> where("close: " + e));
    }
    // The next handshake does not know what is under way on a slow line.
    line.pause(5_000_000_000L);
    for (int i = 0; i < 100; i++) {
      try {
        store = open();
        inputUnsure |= fetched > forgotten;
        learn();
        return;
      } catch (StoreException e) {
        if (!faulty) {
          throw new AssertionError(where("cannot be opened on a good line"), e);
        }
        if (i > 3) {
          line.repair();
        }
      }
    }
    throw new AssertionError(where("cannot be opened any more"));
  }

  /** Takes over what the pool of a new session holds. */
  private void learn() {
    line.pause(1_000_000_000);
    byte[] pool = line.poolBytes();
    for (int i = 0; i < size; i++) {
      expect(stored[i], pool[i], i, "after opening");
      fix(readable[i], pool[i]);
      fix(stored[i], pool[i]);
    }
    takeText(false);
    if (line.restarts() > restartsSeen) {
      restartsSeen = line.restarts();
      typed = 0;
      position = 0;
      fetched = 0;
      forgotten = 0;
      inputUnsure = false;
    }
  }

  private void expect(BitSet set, byte value, int at, String what) {
    if (!set.get(value & 0xFF)) {
      throw new AssertionError(
          where(what) + ": byte " + at + " is " + (value & 0xFF) + ", not of " + set);
    }
  }

  private static void fix(BitSet set, byte value) {
    set.clear();
    set.set(value & 0xFF);
  }

  /** Compares what came to the console with what was printed. */
  private void takeText(boolean all) {
    Matcher found = MESSAGE.matcher(line.takeText());
    while (found.find()) {
      int message = Integer.parseInt(found.group(1));
      assertTrue(message > lastMessage, () -> where(message + " after " + lastMessage));
      lastMessage = message;
      printed.remove((Integer) message);
    }
    if (all) {
      assertTrue(printed.isEmpty(), () -> where("not shown: " + printed));
    }
    printed.clear();
  }

  private void write(int at, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    boolean written = false;
    for (int i = 0; i < 3 && !written; i++) {
      for (int j = 0; j < length; j++) {
        readable[at + j].set(bytes[j] & 0xFF);
        stored[at + j].set(bytes[j] & 0xFF);
      }
      written = attempt("write " + length + " at " + at, () -> store.write(at, bytes, 0, length));
    }
    for (int i = 0; i < length && written; i++) {
      fix(readable[at + i], bytes[i]);
    }
  }

  private void read(int at, int length) {
    var bytes = new byte[length];
    if (attempt("read " + length + " at " + at, () -> store.read(at, bytes, 0, length))) {
      for (int i = 0; i < length; i++) {
        expect(readable[at + i], bytes[i], at + i, "read " + length + " at " + at);
        fix(readable[at + i], bytes[i]);
      }
    }
  }

  private boolean sync() {
    boolean done = attempt("sync", store::sync);
    if (done) {
      checkPool("after sync");
    }
    return done;
  }

  private void checkPool(String what) {
    if (line.restarts() > restartsSeen) {
      // It was acknowledged by a host that is gone since.
      return;
    }
    byte[] pool = line.poolBytes();
    for (int i = 0; i < size; i++) {
      expect(readable[i], pool[i], i, what);
      fix(readable[i], pool[i]);
      fix(stored[i], pool[i]);
    }
    takeText(true);
  }

  private void print() {
    int message = ++messages;
    byte[] bytes = ("<" + message + ">").getBytes(StandardCharsets.US_ASCII);
    if (attempt("print", () -> store.print(bytes, 0, bytes.length))) {
      printed.add(message);
    }
  }

  private void input() {
    if (line.restarts() == restartsSeen) {
      var bytes = new byte[random.nextInt(20)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (typed + i);
      }
      typed += line.host().type(bytes, 0, bytes.length);
    }
    int limit = typed;
    var target = new byte[random.nextInt(30)];
    int restarts = restartsSeen;
    attempt(
        "input",
        () -> {
          int count = store.readInput(target, 0, target.length);
          if (inputUnsure && count > 0) {
            fetched -= (byte) (fetched - target[0]);
            assertTrue(
                fetched >= forgotten,
                where("input " + target[0] + " for " + fetched + ", forgotten " + forgotten));
            inputUnsure = false;
          }
          forgotten = inputUnsure ? forgotten : fetched;
          for (int i = 0; i < count; i++) {
            assertEquals(
                (byte) fetched++,
                target[i],
                where("input " + target[0] + " for " + fetched + ", forgotten " + forgotten));
          }
        });
    attempt(
        "input available",
        () -> {
          long count = store.inputAvailable();
          forgotten = inputUnsure ? forgotten : fetched;
          if (!inputUnsure && restarts == restartsSeen && line.restarts() == restartsSeen) {
            assertEquals(limit - fetched, count, where("input available"));
          }
        });
  }

  private void close() {
    if (attempt("close", store::close)) {
      checkPool("after close");
      forgotten = inputUnsure ? forgotten : fetched;
    }
    reopen();
  }

  private void stream() {
    int part = 1 + random.nextInt(Math.min(size, 200));
    int count = random.nextInt(20);
    boolean down = random.nextBoolean();
    int at = random.nextInt(size);
    for (int i = 0; i < count; i++) {
      int length = Math.min(part, size);
      int next = Math.floorMod(at + (down ? -i : i) * part, size - length + 1);
      if (random.nextInt(4) == 0) {
        write(next, length);
      } else {
        read(next, length);
      }
    }
  }

  private int length() {
    return 1 + random.nextInt(Math.min(size, 1 << random.nextInt(12)));
  }

  private int place(int length) {
    position = Math.floorMod(position + random.nextInt(5) * length, size);
    return random.nextBoolean()
        ? random.nextInt(size - length + 1)
        : Math.min(position, size - length);
  }

  private void use() {
    int length = length();
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> write(place(length), length);
      case 6, 7, 8, 9, 10 -> read(place(length), length);
      case 11 -> stream();
      case 12 -> sync();
      case 13 -> print();
      case 14 -> input();
      default -> {
        if (random.nextInt(20) == 0) {
          close();
        } else {
          attempt("ping", store::ping);
        }
      }
    }
  }

  private void fault() {
    faulty = true;
    switch (random.nextInt(10)) {
      case 0, 1 -> line.noise = 1 + random.nextInt(1000);
      case 2 -> line.refusedWrites = random.nextInt(60);
      case 3 -> line.refusedReads = random.nextInt(60);
      case 4, 5, 6 -> line.strikeAfter(random.nextInt(500), Blow.CUT);
      case 7 -> line.strikeAfter(random.nextInt(500), Blow.HOST_REOPENS);
      case 8 -> {
        if (random.nextInt(4) == 0) {
          line.strikeAfter(random.nextInt(500), Blow.HOST_RESTARTS);
        } else {
          line.blocked = true;
          line.strikeAfter(random.nextInt(500), Blow.CUT);
        }
      }
      default -> line.deaf = random.nextInt(3) == 0;
    }
  }

  /** Ends all faults; the store may tell of them once more. */
  private void recover() {
    line.repair();
    int tries = 0;
    while (!sync()) {
      tries++;
      assertTrue(tries < 3, where("does not go on"));
    }
    if (line.restarts() == restartsSeen) {
      faulty = false;
    }
  }

  void run(int steps) {
    store = open();
    for (step = 0; step < steps; step++) {
      int dice = random.nextInt(100);
      if (dice < 3) {
        fault();
      } else if (dice < 8 && faulty) {
        recover();
      }
      use();
    }
    recover();
    read(0, size);
    close();
    store.close();
    line.pause(1_000_000_000);
    assertEquals(0, line.host().statistics().poolBytes(), title);
  }
}
