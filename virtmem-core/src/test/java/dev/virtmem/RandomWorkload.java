package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.store.BackingStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Uses a memory at random and compares every byte that it reads with a {@code byte[]}. Reusable by
 * other modules for their stores.
 */
public final class RandomWorkload {
  private record Block(Pointer pointer, int size) {
    long address() {
      return pointer.address();
    }
  }

  private final long seed;
  private final SplittableRandom random;
  private final Supplier<BackingStore> opener;
  private final Function<BackingStore, VirtualMemory> builder;
  private final boolean checkEachStep;
  private final List<Block> blocks = new ArrayList<>();
  private final List<PageLock> locks = new ArrayList<>();
  private VirtualMemory memory;
  private byte[] model;
  private int maxBlock;
  private long cursor;

  /**
   * Creates a workload.
   *
   * @param opener opens the same store, with the contents that it had when it was closed
   * @param builder opens a memory over it
   */
  public RandomWorkload(
      long seed,
      Supplier<BackingStore> opener,
      Function<BackingStore, VirtualMemory> builder,
      boolean checkEachStep) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.opener = opener;
    this.builder = builder;
    this.checkEachStep = checkEachStep;
  }

  /** Runs a number of operations and then compares everything. */
  public void run(int operations) {
    int step = 0;
    memory = builder.apply(opener.get());
    try {
      model = new byte[(int) memory.end()];
      maxBlock = (int) Math.min(memory.pageSize() * 4L, memory.end() / 8);
      for (; step < operations; step++) {
        operate(random.nextInt(10_000));
        if (checkEachStep) {
          memory.check();
        }
      }
      reopen();
      memory.close();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed %d, step %d of %s".formatted(seed, step, memory), e);
    }
  }

  private void operate(int dice) {
    if (blocks.isEmpty() || dice < 700) {
      allocate();
    } else if (dice < 1300) {
      free();
    } else if (dice < 3500) {
      readNumber();
    } else if (dice < 6500) {
      writeNumber();
    } else if (dice < 7200) {
      readRange();
    } else if (dice < 7900) {
      writeRange();
    } else if (dice < 8200) {
      copy();
    } else if (dice < 8800) {
      lock();
    } else if (dice < 9400) {
      useLock();
    } else if (dice < 9930) {
      unlock();
    } else if (dice < 9970) {
      memory.flush();
    } else if (dice < 9999) {
      memory.drop();
    } else {
      reopen();
    }
  }

  private void allocate() {
    int size = 1 + random.nextInt(random.nextInt(4) == 0 ? maxBlock : Math.min(64, maxBlock));
    Pointer pointer;
    try {
      pointer = memory.allocate(size);
    } catch (PoolExhaustedException e) {
      if (blocks.isEmpty()) {
        throw e;
      }
      free();
      return;
    }
    var block = new Block(pointer, size);
    for (Block other : blocks) {
      if (block.address() < other.address() + other.size
          && other.address() < block.address() + size) {
        throw new AssertionError(block + " overlaps " + other);
      }
    }
    blocks.add(block);
    byte value = (byte) random.nextInt();
    memory.fill(pointer.address(), size, value);
    Arrays.fill(model, at(block, 0), at(block, size), value);
  }

  private void free() {
    int index = random.nextInt(blocks.size());
    Block block = blocks.get(index);
    for (PageLock lock : locks) {
      if (lock.address() < block.address() + block.size && block.address() <= lock.address()) {
        return;
      }
    }
    compare(block, 0, block.size);
    memory.free(block.pointer);
    blocks.set(index, blocks.getLast());
    blocks.removeLast();
  }

  /** Picks an address where {@code size} bytes of a block lie: at random or behind the last one. */
  private long pick(int size) {
    Block block = blocks.get(random.nextInt(blocks.size()));
    if (random.nextInt(3) > 0) {
      for (Block candidate : blocks.subList(0, Math.min(4, blocks.size()))) {
        if (cursor >= candidate.address()
            && cursor + size <= candidate.address() + candidate.size) {
          long here = cursor;
          cursor += random.nextInt(8) == 0 ? -size : size;
          return here;
        }
      }
      block = blocks.getFirst();
    }
    if (block.size < size) {
      return -1;
    }
    cursor = block.address() + random.nextInt(block.size - size + 1);
    return cursor;
  }

  private void readNumber() {
    int size = 1 << random.nextInt(4);
    long address = pick(size);
    if (address < 0) {
      return;
    }
    long expected = 0;
    for (int i = size - 1; i >= 0; i--) {
      expected = expected << 8 | model[(int) address + i] & 0xFF;
    }
    switch (size) {
      case 1 -> assertEquals((byte) expected, memory.getByte(address));
      case 2 -> assertEquals((short) expected, memory.getShort(address));
      case 4 -> assertEquals((int) expected, memory.getInt(address));
      default -> assertEquals(expected, memory.getLong(address));
    }
  }

  private void writeNumber() {
    int size = 1 << random.nextInt(4);
    long address = pick(size);
    if (address < 0) {
      return;
    }
    long value = random.nextLong();
    switch (size) {
      case 1 -> memory.setByte(address, (byte) value);
      case 2 -> memory.setShort(address, (short) value);
      case 4 -> memory.setInt(address, (int) value);
      default -> memory.setLong(address, value);
    }
    for (int i = 0; i < size; i++) {
      model[(int) address + i] = (byte) (value >>> 8 * i);
    }
  }

  private void readRange() {
    Block block = blocks.get(random.nextInt(blocks.size()));
    int from = random.nextInt(block.size + 1);
    compare(block, from, random.nextInt(block.size - from + 1));
  }

  private void compare(Block block, int from, int length) {
    byte[] bytes = new byte[length];
    memory.read(block.address() + from, MemorySegment.ofArray(bytes));
    int at = at(block, from);
    int difference = Arrays.mismatch(bytes, 0, length, model, at, at + length);
    if (difference >= 0) {
      throw new AssertionError(
          "address %d: %d, not %d"
              .formatted(at + difference, bytes[difference], model[at + difference]));
    }
  }

  private void writeRange() {
    Block block = blocks.get(random.nextInt(blocks.size()));
    int from = random.nextInt(block.size + 1);
    int length = random.nextInt(block.size - from + 1);
    if (random.nextInt(3) == 0) {
      memory.fill(block.address() + from, length, (byte) from);
      Arrays.fill(model, at(block, from), at(block, from + length), (byte) from);
    } else {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) random.nextInt();
      }
      memory.write(block.address() + from, MemorySegment.ofArray(bytes));
      System.arraycopy(bytes, 0, model, at(block, from), length);
    }
  }

  private void copy() {
    Block from = blocks.get(random.nextInt(blocks.size()));
    Block to = random.nextBoolean() ? from : blocks.get(random.nextInt(blocks.size()));
    int length = random.nextInt(Math.min(from.size, to.size) + 1);
    int source = random.nextInt(from.size - length + 1);
    int target = random.nextInt(to.size - length + 1);
    memory.copy(from.address() + source, to.address() + target, length);
    System.arraycopy(model, at(from, source), model, at(to, target), length);
  }

  private void lock() {
    if (locks.size() == 5) {
      return;
    }
    Block block = blocks.get(random.nextInt(blocks.size()));
    int from = random.nextInt(block.size);
    int length = 1 + random.nextInt(block.size - from);
    var pointer = new Pointer(memory, block.address() + from);
    try {
      locks.add(
          random.nextBoolean()
              ? memory.lock(pointer, length)
              : memory.lockForReading(pointer, length));
    } catch (LockUnavailableException e) {
      if (locks.isEmpty() && memory.frames() > 1) {
        throw e;
      }
    }
  }

  private void useLock() {
    if (locks.isEmpty()) {
      return;
    }
    PageLock lock = locks.get(random.nextInt(locks.size()));
    int address = (int) lock.address();
    for (int i = 0; i < lock.size(); i += 1 + random.nextInt(16)) {
      assertEquals(model[address + i], lock.getByte(i), "byte " + i + " of " + lock);
      if (!lock.isReadOnly() && random.nextInt(4) == 0) {
        model[address + i] = (byte) random.nextInt();
        lock.setByte(i, model[address + i]);
      }
    }
  }

  private void unlock() {
    if (!locks.isEmpty()) {
      locks.remove(random.nextInt(locks.size())).close();
    }
  }

  /** Closes memory and store; what was written must be there after opening them again. */
  private void reopen() {
    locks.forEach(PageLock::close);
    locks.clear();
    blocks.forEach(block -> compare(block, 0, block.size));
    memory.check();
    memory.close();
    memory = builder.apply(opener.get());
    blocks.forEach(block -> compare(block, 0, block.size));
    blocks.clear();
  }

  private int at(Block block, int offset) {
    return (int) block.address() + offset;
  }
}
