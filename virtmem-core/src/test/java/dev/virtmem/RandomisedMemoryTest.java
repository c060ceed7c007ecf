package dev.virtmem;

import dev.virtmem.policy.Policies;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FileStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Millions of random operations over page sizes, frame counts, policies and stores. */
class RandomisedMemoryTest {
  private static final int RUNS = 240;

  @Test
  void agreesWithAnArray() {
    for (int seed = 0; seed < RUNS; seed++) {
      workload(seed, kept(new HeapStore(capacity(seed))), false).run(45_000);
    }
  }

  @Test
  void agreesWithAnArrayAndIsConsistentAfterEachStep() {
    for (int seed = 1000; seed < 1000 + RUNS; seed++) {
      workload(seed, kept(new HeapStore(capacity(seed) / 4)), true).run(1_500);
    }
  }

  @Test
  void agreesWithAnArrayOverAFile(@TempDir Path folder) {
    for (int seed = 2000; seed < 2020; seed++) {
      Path file = folder.resolve("pool" + seed);
      long capacity = capacity(seed);
      workload(seed, () -> FileStore.openOrCreate(file, capacity), false).run(10_000);
    }
  }

  @Test
  @Tag("long")
  void agreesWithAnArrayForLong() {
    for (int seed = 10_000; seed < 20_000; seed++) {
      workload(seed, kept(new HeapStore(capacity(seed))), seed % 8 == 0).run(20_000);
    }
  }

  private static long capacity(int seed) {
    var random = new SplittableRandom(seed);
    return 4096 + random.nextInt(random.nextBoolean() ? 8192 : 400_000);
  }

  private static RandomWorkload workload(
      int seed, Supplier<BackingStore> opener, boolean checkEachStep) {
    return new RandomWorkload(seed, opener, configuration(seed), checkEachStep);
  }

  /** Closing this store leaves the one below open, so that it can be "opened" again. */
  private static Supplier<BackingStore> kept(BackingStore store) {
    return () ->
        new ForwardingStore(store) {
          @Override
          public void close() {}
        };
  }

  private static Function<BackingStore, VirtualMemory> configuration(int seed) {
    var random = new SplittableRandom(seed);
    int pageSize = 16 << random.nextInt(7);
    int frames = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
    int first = 1 << random.nextInt(8);
    int most = first * (1 + random.nextInt(20));
    String policy = Policies.names().get(random.nextInt(Policies.names().size()));
    int[] buffers = new int[pageSize < 64 ? 0 : random.nextInt(5)];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = pageSize >> (1 + random.nextInt(3));
    }
    boolean fixed = random.nextInt(4) > 0;
    boolean shared = random.nextInt(8) == 0;
    return store -> {
      var builder = VirtualMemory.builder(store).policy(policy);
      if (fixed) {
        builder.pageSize(pageSize).frames(frames).fetch(first, most).lockBuffers(buffers);
      } else {
        builder.ram(1024 + 64L * frames);
      }
      return (shared ? builder.shared() : builder).open();
    };
  }
}
