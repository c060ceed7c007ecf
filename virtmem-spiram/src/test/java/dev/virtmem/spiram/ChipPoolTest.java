package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChipPoolTest {
  private static final int CAPACITY = 256;

  private final List<String> log = new ArrayList<>();
  private final List<Chip> chips = new ArrayList<>();
  private TransferBuffer passed;

  /** A chip that notes its transfers and fails if it is told to. */
  private final class Chip extends ForwardingStore {
    private final String name;
    private TransferCost cost = new TransferCost(20, 1, 70, 1, 1);
    private boolean fails;

    Chip(String name, int capacity) {
      super(new HeapStore(capacity));
      this.name = name;
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      note("read " + offset + "+" + target.length(), target);
      super.read(offset, target);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      note("write " + offset + "+" + source.length(), source);
      super.write(offset, source);
    }

    @Override
    public void sync() {
      note("sync", null);
    }

    @Override
    public void close() {
      note("close", null);
    }

    @Override
    public TransferCost cost() {
      return cost;
    }

    @Override
    public String toString() {
      return name;
    }

    private void note(String what, TransferBuffer buffer) {
      log.add(name + " " + what);
      passed = buffer;
      if (fails) {
        throw new StoreException(name + " fails to " + what);
      }
    }
  }

  private ChipPool pool(int count, int capacity, long stripe) {
    for (int i = 0; i < count; i++) {
      chips.add(new Chip("" + (char) ('a' + i), capacity));
    }
    return new ChipPool(chips, stripe);
  }

  @Test
  void passesOnWhatLiesInOneChip() {
    var pool = pool(3, CAPACITY, CAPACITY);
    var buffer = TransferBuffer.of(new byte[CAPACITY]);
    pool.write(256, buffer);
    assertSame(buffer, passed);
    pool.read(512, buffer);
    assertSame(buffer, passed);
    assertEquals(List.of("b write 0+256", "c read 0+256"), log);
    assertEquals(768, pool.capacity());
  }

  @Test
  void goesOnInTheNextChip() {
    var pool = pool(3, CAPACITY, CAPACITY);
    pool.write(255, new byte[2], 0, 2);
    pool.read(10, new byte[700], 0, 700);
    assertEquals(
        List.of("a write 255+1", "b write 0+1", "a read 10+246", "b read 0+256", "c read 0+198"),
        log);
  }

  @Test
  void putsNeighbouringStripesOnDifferentChips() {
    var pool = pool(3, CAPACITY, 16);
    for (int at = 0; at < 64; at += 16) {
      pool.write(at, new byte[16], 0, 16);
    }
    pool.write(767, new byte[1], 0, 1);
    assertEquals(
        List.of("a write 0+16", "b write 0+16", "c write 0+16", "a write 16+16", "c write 255+1"),
        log);
  }

  @Test
  void needsOneTransferForEachChip() {
    var pool = pool(3, CAPACITY, 16);
    pool.read(24, new byte[136], 0, 136);
    // Stripes 1 (half), 2 to 9: b has 1, 4 and 7, c has 2, 5 and 8, a has 3, 6 and 9.
    assertEquals(List.of("b read 8+40", "c read 0+48", "a read 16+48"), log);
    log.clear();
    pool.read(24, new byte[16], 0, 16);
    assertEquals(List.of("b read 8+8", "c read 0+8"), log);
  }

  @Test
  void checksRangesOfThePool() {
    var pool = pool(2, CAPACITY, CAPACITY);
    var e = assertThrows(IndexOutOfBoundsException.class, () -> pool.write(511, new byte[2], 0, 2));
    assertTrue(e.getMessage().contains("512 bytes of concatenated (a, b)"), e.getMessage());
    pool.read(512, new byte[0], 0, 0);
    assertEquals(List.of(), log);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 256, 256",
    "5, 100, 100",
    "2, 256, 1",
    "3, 256, 16",
    "3, 96, 32",
    "4, 256, 128",
    "7, 64, 8"
  })
  void agreesWithAnArray(int count, int capacity, int stripe) {
    var pool = pool(count, capacity, stripe);
    var model = new byte[count * capacity];
    var random = new Random(count * 1000 + stripe);
    for (int step = 0; step < 5000; step++) {
      log.clear();
      var array = new byte[model.length + 8];
      random.nextBytes(array);
      var expected = array.clone();
      var buffer = pieces(array, random);
      int at = random.nextInt(model.length - buffer.length() + 1);
      boolean write = random.nextBoolean();
      if (write) {
        pool.write(at, buffer);
      } else {
        pool.read(at, buffer);
      }
      int next = at;
      for (int i = 0; i < buffer.pieces(); i++) {
        if (write) {
          System.arraycopy(array, buffer.start(i), model, next, buffer.length(i));
        } else {
          System.arraycopy(model, next, expected, buffer.start(i), buffer.length(i));
        }
        next += buffer.length(i);
      }
      assertArrayEquals(expected, array, "step " + step);
      assertTrue(log.size() <= count, log::toString);
    }
    for (int i = 0; i < model.length; i++) {
      var one = new byte[1];
      chips.get(i / stripe % count).read(i / stripe / count * stripe + i % stripe, one, 0, 1);
      assertEquals(model[i], one[0], "byte " + i);
    }
  }

  /** Up to four pieces in reverse order that do not overlap. */
  private static TransferBuffer pieces(byte[] array, Random random) {
    var buffer = new TransferBuffer(array, 1);
    int end = array.length - 8;
    for (int piece = random.nextInt(5); piece > 0; piece--) {
      int start = random.nextInt(end + 1);
      buffer.add(start, random.nextInt(end - start + 1));
      end = start;
    }
    return buffer;
  }

  @Test
  void endsWithTheFirstFailureAndWorksAfterwards() {
    var pool = pool(3, CAPACITY, 16);
    var before = new byte[768];
    Arrays.fill(before, (byte) 1);
    pool.write(0, before, 0, 768);
    log.clear();
    chips.get(1).fails = true;
    var data = new byte[96];
    Arrays.fill(data, (byte) 2);
    var e = assertThrows(StoreException.class, () -> pool.write(32, data, 0, 96));
    assertEquals("b fails to write 16+32", e.getMessage());
    assertEquals(List.of("c write 0+32", "a write 16+32", "b write 16+32"), log);
    chips.get(1).fails = false;
    var after = new byte[768];
    pool.read(0, after, 0, 768);
    System.arraycopy(before, 32, after, 32, 96);
    assertArrayEquals(before, after, "bytes outside the failed write changed");
    pool.write(32, data, 0, 96);
    var back = new byte[96];
    pool.read(32, back, 0, 96);
    assertArrayEquals(data, back);
  }

  @Test
  void reachesEachChipEvenIfOneFails() {
    var pool = pool(4, CAPACITY, CAPACITY);
    chips.get(1).fails = true;
    chips.get(3).fails = true;
    var sync = assertThrows(StoreException.class, pool::sync);
    assertEquals("b fails to sync", sync.getMessage());
    assertEquals("d fails to sync", sync.getSuppressed()[0].getMessage());
    var close = assertThrows(StoreException.class, pool::close);
    assertEquals("b fails to close", close.getMessage());
    assertEquals("d fails to close", close.getSuppressed()[0].getMessage());
    pool.close();
    assertEquals(
        List.of("a sync", "b sync", "c sync", "d sync", "a close", "b close", "c close", "d close"),
        log);
    assertThrows(StoreException.class, pool::sync);
    assertThrows(StoreException.class, () -> pool.read(0, new byte[0], 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"256, 20, 70", "128, 20, 70", "64, 20, 140", "16, 40, 210", "1, 60, 210"})
  void countsTheCommandsOfATransferWorthOne(int stripe, int readNanos, int writeNanos) {
    var cost = pool(3, CAPACITY, stripe).cost();
    assertEquals(new TransferCost(readNanos, 1, writeNanos, 1, 1), cost);
  }

  @Test
  void hasTheUnitOfAChip() {
    chips.add(new Chip("first", CAPACITY));
    chips.getFirst().cost = new TransferCost(20, 1, 20, 1, 4);
    assertEquals(4, pool(1, CAPACITY, CAPACITY).cost().unit());
  }

  @Test
  void namesItsChips() {
    assertEquals("striped by 16 bytes (a, b)", pool(2, CAPACITY, 16).toString());
  }
}
