package dev.virtmem.examples;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.PointerType;
import dev.virtmem.VirtualMemory;
import dev.virtmem.sim.MemoryChip;
import dev.virtmem.sim.SimulatedSpiProvider;
import dev.virtmem.sim.VirtualClock;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;

/**
 * Uses two chips as one memory: 240,000 bytes in an array that neither of them could hold. On a
 * board, {@code --store 'spi:0.0,0.1?chip=23LC1024'}.
 */
final class SeveralChips {
  private static final int NUMBERS = 30_000;

  private SeveralChips() {}

  /** Sums up what it wrote; owns the store. */
  private static void run(BackingStore store) {
    System.out.printf("%,d bytes on %s%n", store.capacity(), store);
    try (var memory = VirtualMemory.builder(store).ram(4096).open()) {
      var squares = memory.allocate(PointerType.LONG, NUMBERS);
      for (int i = 0; i < NUMBERS; i++) {
        squares.set(i, (long) i * i);
      }
      long sum = 0;
      for (int i = 0; i < NUMBERS; i++) {
        sum += squares.get(i);
      }
      System.out.printf("%,d squares add up to %,d%n", NUMBERS, sum);
    }
  }

  static void main(String[] args) {
    if (args.length > 0) {
      run(Stores.open(StoreOption.of(args)));
      return;
    }
    var bus = new SimulatedSpiProvider(new VirtualClock(15_000));
    bus.connect(0, 0, MemoryChip.byName("23LC1024", 1));
    bus.connect(0, 1, MemoryChip.byName("23LC1024", 2));
    Context pi4j = Pi4J.newContextBuilder().add(bus).build();
    try {
      run(SpiRamStore.builder(SpiRamChip.byName("23LC1024")).at(0, 0).at(0, 1).open(pi4j));
    } finally {
      pi4j.shutdown();
    }
  }
}
