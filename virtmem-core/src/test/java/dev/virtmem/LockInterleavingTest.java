package dev.virtmem;

import dev.virtmem.policy.Policies;
import dev.virtmem.store.HeapStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks, pointers, bulk accesses and other locks see each other's bytes, whatever the order. */
class LockInterleavingTest {
  private static final int STEPS = 3000;

  private Random random;
  private Mirror mirror;
  private List<PageLock> locks;
  private boolean passed;
  private String setting = "";

  /** Where most accesses go, so that they meet the locks. */
  private int focus;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyWaySeesEveryOther(long seed) {
    random = new Random(seed);
    try (var memory = open()) {
      mirror = new Mirror(memory);
      locks = new ArrayList<>();
      mirror.fillAtRandom(random);
      for (int step = 0; step < STEPS; step++) {
        setting = "step " + step + " of seed " + seed + " with " + memory.frames();
        step();
        memory.check();
      }
      locks.forEach(PageLock::close);
      memory.check();
      mirror.checkAll();
      memory.drop();
      mirror.checkAll();
      passed = true;
    }
  }

  @AfterEach
  void sayWhere() {
    if (!passed) {
      System.err.println(setting + " frames failed");
    }
  }

  private VirtualMemory open() {
    int pageSize = 16 << random.nextInt(8);
    int frames = 1 + random.nextInt(8);
    int pool = Math.max(pageSize * frames * (2 + random.nextInt(4)), 600) + random.nextInt(100);
    var builder = VirtualMemory.builder(new HeapStore(pool)).pageSize(pageSize).frames(frames);
    builder.policy(Policies.names().get(random.nextInt(Policies.names().size())));
    if (frames == 1 || random.nextInt(3) > 0) {
      int small = Math.max(8, pageSize / 64);
      builder.lockBuffers(small, small, Math.min(2 * small, pageSize / 2));
    } else {
      builder.lockBuffers();
    }
    if (random.nextBoolean()) {
      int first = 1 << random.nextInt(9);
      builder.fetch(first, first * (1 + random.nextInt(8)));
    }
    return builder.open();
  }

  private int address(int length) {
    if (random.nextInt(40) == 0) {
      focus = random.nextInt(mirror.end());
    }
    int far = random.nextInt(8) == 0 ? mirror.end() : 2 * mirror.memory.pageSize();
    int at = focus + random.nextInt(2 * far) - far;
    return Math.clamp(at, mirror.start(), mirror.end() - length);
  }

  private int length() {
    int most = random.nextInt(4) == 0 ? 3 * mirror.memory.pageSize() : 40;
    return Math.min(random.nextInt(most + 1), mirror.end() - mirror.start());
  }

  private void step() {
    int kind = random.nextInt(20);
    if (kind < 3) {
      int size = 1 << random.nextInt(4);
      mirror.setNumber(address(size), size, random.nextLong());
    } else if (kind < 6) {
      int size = 1 << random.nextInt(4);
      mirror.checkNumber(address(size), size);
    } else if (kind < 9) {
      bulk(kind);
    } else if (kind < 10) {
      int length = length();
      mirror.copy(address(length), address(length), length);
    } else if (kind < 13) {
      lock();
    } else if (kind < 17) {
      useLock();
    } else if (kind < 19) {
      if (!locks.isEmpty()) {
        locks.remove(random.nextInt(locks.size())).close();
      }
    } else if (random.nextBoolean()) {
      mirror.memory.flush();
    } else {
      mirror.memory.drop();
    }
  }

  private void bulk(int kind) {
    int length = length();
    int at = address(length);
    switch (kind) {
      case 6 -> mirror.checkRange(at, length);
      case 7 -> {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        mirror.write(at, bytes);
      }
      default -> mirror.fill(at, length, random.nextInt());
    }
  }

  private void lock() {
    int length = Math.max(1, length());
    var pointer = mirror.at(address(length));
    try {
      boolean writable = random.nextInt(3) > 0;
      var lock =
          writable
              ? mirror.memory.lock(pointer, length)
              : mirror.memory.lockForReading(pointer, length);
      locks.add(lock);
      mirror.checkLock(lock);
    } catch (LockUnavailableException e) {
      if (locks.isEmpty()) {
        throw e;
      }
    }
  }

  private void useLock() {
    if (!locks.isEmpty()) {
      var lock = locks.get(random.nextInt(locks.size()));
      mirror.checkLock(lock);
      if (!lock.isReadOnly()) {
        mirror.setByte(lock, random.nextInt(lock.size()), random.nextInt());
      }
    }
  }
}
