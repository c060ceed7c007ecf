package dev.virtmem.examples;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.sim.FramChip;
import dev.virtmem.sim.SimulatedSpiProvider;
import dev.virtmem.sim.VirtualClock;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps a log on FRAM, which survives power-off: the last 64 texts and how many there were, at a
 * fixed place in the store. On a board, {@code --store 'spi:0.0?chip=FM25V20A'}, again and again.
 *
 * <p>It reads and writes the store itself, since what a {@code VirtualMemory} holds is forgotten
 * when it is closed. The count is written last, into one of two slots in turn: a power cut in the
 * middle leaves the other slot, and so the log without the text that was being added.
 */
final class BootLog {
  private static final int MAGIC = 0x424f4f54;
  private static final int SLOT = 12;
  private static final int TEXTS = 2 * SLOT;
  private static final int TEXT = 32;
  private static final int KEPT = 64;

  private final BackingStore store;

  private BootLog(BackingStore store) {
    this.store = store;
  }

  /** Returns how many texts were added since the chip was new. */
  private int count() {
    return Math.max(count(0), count(1));
  }

  private int count(int slot) {
    var bytes = new byte[SLOT];
    store.read(slot * SLOT, bytes, 0, SLOT);
    var buffer = ByteBuffer.wrap(bytes);
    int count = buffer.getInt();
    return buffer.getInt() == MAGIC && buffer.getInt() == ~count ? count : 0;
  }

  private void add(String text) {
    int count = count() + 1;
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), TEXT);
    store.write(TEXTS + count % KEPT * TEXT, bytes, 0, TEXT);
    byte[] slot = ByteBuffer.allocate(SLOT).putInt(count).putInt(MAGIC).putInt(~count).array();
    store.write(count % 2 * SLOT, slot, 0, SLOT);
  }

  private List<String> texts() {
    int count = count();
    var texts = new ArrayList<String>();
    for (int i = Math.max(1, count - KEPT + 1); i <= count; i++) {
      var bytes = new byte[TEXT];
      store.read(TEXTS + i % KEPT * TEXT, bytes, 0, TEXT);
      texts.add(new String(bytes, StandardCharsets.UTF_8).replace("\0", ""));
    }
    return texts;
  }

  /** What a program does each time that it starts; owns the store. */
  private static void boot(BackingStore store) {
    try (store) {
      var log = new BootLog(store);
      int boot = log.count() + 1;
      log.add("boot " + boot);
      System.out.println("Boot " + boot + ", the log says " + log.texts());
    }
  }

  static void main(String[] args) {
    if (args.length > 0) {
      boot(Stores.open(StoreOption.of(args)));
      return;
    }
    var chip = FramChip.powerUp("FM25V20A", 1);
    var bus = new SimulatedSpiProvider(new VirtualClock(15_000)).connect(0, 0, chip);
    Context pi4j = Pi4J.newContextBuilder().add(bus).build();
    try {
      for (int i = 0; i < 3; i++) {
        boot(SpiRamStore.builder(SpiRamChip.byName("FM25V20A")).open(pi4j, 0, 0));
        chip.powerCycle();
      }
    } finally {
      pi4j.shutdown();
    }
  }
}
