package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.policy.Policies;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.Stores;
import dev.virtmem.store.TransferCost;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderTest {
  private static final List<TransferCost> COSTS =
      List.of(TransferCost.MEMORY, Costs.SPI, Costs.SERIAL, Costs.CARD);

  private static VirtualMemoryBuilder builder() {
    return VirtualMemory.builder(new HeapStore(64 * 1024));
  }

  private static void refused(Executable setting, String... parts) {
    var e = assertThrows(IllegalArgumentException.class, setting);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage() + " does not say " + part);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {127, 1, 0, -1, Long.MIN_VALUE})
  void budgetsBelow128BytesAreRefused(long bytes) {
    refused(() -> builder().ram(bytes), "at least 128 bytes", "got " + bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 32_768, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void framesOutOfRangeAreRefused(int count) {
    refused(() -> builder().frames(count), "1 to 32767", "got " + count);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 15, 17, 48, 65535, 131_072, -64, Integer.MIN_VALUE})
  void pageSizesThatAreNoPowerOfTwoOrOutOfRangeAreRefused(int bytes) {
    refused(() -> builder().pageSize(bytes), "power of two", "16 to 65536", "got " + bytes);
  }

  @Test
  void fetchSizesThatContradictEachOtherAreRefused() {
    refused(() -> builder().fetch(0, 16), "power of two", "0 and 16");
    refused(() -> builder().fetch(-16, 16), "-16 and 16");
    refused(() -> builder().fetch(24, 100), "24 and 100");
    refused(() -> builder().fetch(32, 16), "32 and 16");
    refused(() -> builder().fetch(Integer.MIN_VALUE, 16), "and 16");
    builder().fetch(1, 1).open().close();
    builder().fetch(64, 100).open().close();
    builder().fetch(1 << 30, Integer.MAX_VALUE).open().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, -4, 64, 128, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void lockBuffersThatFitNoPageAreRefused(int size) {
    refused(
        () -> builder().pageSize(64).lockBuffers(16, size).open(),
        "pages of 64 bytes",
        "powers of two from 1 to 32",
        "got " + size);
  }

  @Test
  void lockBuffersBelowASectorAreRefused() {
    refused(
        () -> builder().ram(1 << 20).pageSize(4096).lockBuffers(32).open(),
        "from 64 to 2048",
        "got 32");
    builder().ram(1 << 20).pageSize(4096).lockBuffers(2048, 64).open().close();
  }

  @Test
  void unknownPoliciesAreRefusedWithThoseThatThereAre() {
    refused(() -> builder().policy("MRU"), "'MRU'");
    for (String name : Policies.names()) {
      refused(() -> builder().policy("MRU"), name);
      builder().policy(name).open().close();
      builder().policy(name.toLowerCase(java.util.Locale.ROOT)).open().close();
    }
  }

  @Test
  void nullsAreRefused() {
    assertThrows(NullPointerException.class, () -> builder().policy(null));
    assertThrows(NullPointerException.class, () -> builder().fit(null));
    assertThrows(NullPointerException.class, () -> builder().listener(null));
    assertThrows(NullPointerException.class, () -> builder().preset(null));
    assertThrows(NullPointerException.class, () -> builder().lockBuffers((int[]) null));
    assertThrows(NullPointerException.class, () -> VirtualMemory.builder((BackingStore) null));
  }

  @Test
  void settingsThatExceedTheBudgetAreRefused() {
    refused(
        () -> builder().ram(1000).frames(100).pageSize(64).open(),
        "1000 bytes",
        "100 frames of 64 bytes",
        "0 bytes of lock buffers",
        "64 for transfers");
    refused(() -> builder().ram(1000).pageSize(1024).open(), "1000 bytes", "1024 bytes");
    refused(() -> builder().ram(200).pageSize(64).lockBuffers(32, 32, 32, 32, 32).open(), "160");
    refused(() -> builder().ram(2000).preset(Preset.BOARD_64K).open(), "2000 bytes");
    int[] buffers = {32_768, 32_768, 32_768};
    refused(
        () -> builder().frames(32_767).pageSize(65_536).lockBuffers(buffers).open(),
        "32767",
        "65536",
        "98304",
        "1 GiB");
    refused(() -> builder().frames(16_384).pageSize(65_536).lockBuffers().open(), "1 GiB");
  }

  @Test
  void aStoreThatIsTooSmallIsRefusedAndStaysOpen() {
    var store = new HeapStore(79);
    refused(() -> VirtualMemory.builder(store).open(), "79 bytes", "80");
    store.sync();
    try (var memory = VirtualMemory.builder(new HeapStore(80)).open()) {
      memory.setLong(72, -5);
      assertEquals(-5, memory.getLong(72));
      memory.allocate(1);
      memory.check();
    }
  }

  @Test
  void storesAreOpenedByUri() {
    try (var memory = VirtualMemory.builder("heap:2K").open()) {
      assertEquals(2048, memory.end());
    }
    refused(() -> VirtualMemory.builder("nowhere:2K").open(), "nowhere", "heap", "file");
  }

  /** Nobody else could close it. */
  @Test
  void aStoreThatWasOpenedByUriIsClosedIfTheMemoryCannotBeOpened(@TempDir Path folder) {
    String uri = "file:" + folder.resolve("pool") + "?size=64K";
    refused(() -> VirtualMemory.builder(uri).ram(128).pageSize(1024).open(), "128 bytes");
    try (var store = Stores.open(uri)) {
      assertEquals(64 * 1024, store.capacity());
    }
  }

  @Test
  void theBudgetIsNeverExceeded() {
    var random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      long budget = i < 2000 ? 128 + i : 2000 + random.nextInt(1 << 20);
      var cost = COSTS.get(i % COSTS.size());
      var builder = VirtualMemory.builder(new HeapStore(8192, cost)).ram(budget);
      if (i % 3 == 1) {
        builder.pageSize(1 << (4 + random.nextInt(4)));
      }
      if (i % 7 == 3 && budget > 1000) {
        builder.lockBuffers(4, 8).frames(1 + random.nextInt(4));
      }
      try (var memory = builder.open()) {
        assertTrue(memory.ramBytes() <= budget, memory.ramBytes() + " bytes of " + budget);
        assertTrue((long) memory.frames() * memory.pageSize() <= memory.ramBytes());
      } catch (IllegalArgumentException e) {
        assertTrue(i % 3 == 1 && budget < 256, budget + ": " + e.getMessage());
      }
    }
  }

  @Test
  void theBudgetIsUsed() {
    assertEquals(5376, VirtualMemoryBuilder.DEFAULT_RAM);
    try (var memory = builder().open()) {
      assertTrue(memory.ramBytes() > 5376 - 64 && memory.ramBytes() <= 5376);
    }
    for (long budget = 128; budget < 300_000; budget = budget * 5 / 4) {
      try (var memory = builder().ram(budget).open()) {
        assertTrue(memory.ramBytes() > budget - memory.pageSize(), budget + " bytes");
        assertTrue((long) memory.frames() * memory.pageSize() >= budget - 2L * 64 - 4096);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPresetOpensWithItsNumbers(Preset preset) {
    try (var memory = VirtualMemory.builder(new HeapStore(1 << 20)).preset(preset).open()) {
      assertEquals(preset.frames(), memory.frames());
      assertEquals(preset.pageSize(), memory.pageSize());
      BytePointer block = memory.allocateBytes(100_000);
      MemoryFunctions.fill(block, 100_000, (byte) 9);
      assertEquals(9, block.get(99_999));
      memory.check();
    }
  }

  @Test
  void presetsMirrorTheOriginalsPlatforms() {
    assertEquals(128, Preset.UNO.pageSize());
    assertEquals(1, Preset.UNO.frames());
    assertEquals(512, Preset.BOARD_16K.pageSize());
    assertEquals(1024, Preset.BOARD_64K.pageSize());
    assertEquals(32_768, Preset.PC.pageSize());
    assertEquals(4, Preset.PC.frames());
  }

  /**
   * Opens a memory over a device of some cost, with what stands for its data, and nothing cached.
   */
  private static CountingStore device(TransferCost cost) {
    return new CountingStore(new HeapStore(64 * 1024, cost));
  }

  private static long lonelyRead(TransferCost cost) {
    var device = device(cost);
    try (var memory = VirtualMemory.builder(device).open()) {
      memory.getByte(30_000);
      assertEquals(1, device.traffic().reads());
      return device.traffic().bytesRead();
    }
  }

  private static long readsOfAStream(TransferCost cost) {
    var device = device(cost);
    try (var memory = VirtualMemory.builder(device).open()) {
      for (int i = 1024; i < 60_000; i++) {
        memory.getByte(i);
      }
      assertTrue(device.traffic().bytesRead() < 60_000 - 1024 + 3000, "streams read little more");
      return device.traffic().reads();
    }
  }

  @Test
  void theCostOfATransferDecidesHowMuchAFaultReads() {
    assertTrue(lonelyRead(Costs.SPI) <= 32, "no more than a transfer costs");
    assertTrue(lonelyRead(Costs.SPI) < lonelyRead(Costs.SERIAL));
    assertTrue(lonelyRead(Costs.SERIAL) <= 110, "no more than a transfer costs");
    assertTrue(lonelyRead(Costs.SERIAL) <= lonelyRead(Costs.CARD));
  }

  @Test
  void theCostOfATransferDecidesHowFarAStreamReadsAhead() {
    assertTrue(readsOfAStream(Costs.SPI) < 50, "large transfers, " + readsOfAStream(Costs.SPI));
    assertTrue(readsOfAStream(Costs.SERIAL) <= readsOfAStream(Costs.SPI));
    assertTrue(readsOfAStream(Costs.CARD) <= readsOfAStream(Costs.SPI));
  }

  private static long writesOfTwoBytes(TransferCost cost, int distance) {
    var device = device(cost);
    try (var memory = VirtualMemory.builder(device).ram(64 * 1024).open()) {
      for (int i = 0; i < distance + 64; i++) {
        memory.getByte(10_000 + i);
      }
      memory.setByte(10_000, (byte) 1);
      memory.setByte(10_000 + distance, (byte) 1);
      memory.flush();
      return device.traffic().writes();
    }
  }

  @Test
  void theCostOfATransferDecidesWhichGapsAreWrittenAlong() {
    assertEquals(1, writesOfTwoBytes(Costs.SPI, 40));
    assertEquals(2, writesOfTwoBytes(Costs.SPI, 50));
    assertEquals(1, writesOfTwoBytes(Costs.SERIAL, 9));
    assertEquals(2, writesOfTwoBytes(Costs.SERIAL, 20));
    assertEquals(1, writesOfTwoBytes(Costs.CARD, 100));
  }
}
