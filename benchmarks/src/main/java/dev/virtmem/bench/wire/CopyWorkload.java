package dev.virtmem.bench.wire;

import dev.virtmem.BytePointer;
import dev.virtmem.MemoryFunctions;

/** W9: copies a range to another in the same memory. */
final class CopyWorkload implements Workload {
  private static final int BYTES = 50_000;

  @Override
  public void run(Machine machine) {
    BytePointer from = machine.memory().allocateBytes(BYTES);
    BytePointer to = machine.memory().allocateBytes(BYTES);
    for (int i = 0; i < BYTES; i++) {
      from.set(i, value(i));
    }
    machine.measure("W9", () -> MemoryFunctions.copy(from, to, BYTES));
    for (int i = 0; i < BYTES; i++) {
      Machine.verify(to.get(i) == value(i), "W9 left a wrong byte at " + i);
      Machine.verify(from.get(i) == value(i), "W9 changed the source at " + i);
    }
  }

  private static byte value(int i) {
    return (byte) (i * 31 >> 3);
  }
}
