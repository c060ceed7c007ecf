package dev.virtmem.bench.wire;

import dev.virtmem.BytePointer;
import dev.virtmem.MemoryFunctions;

/** W8: fills a range. */
final class FillWorkload implements Workload {
  private static final int BYTES = 100_000;
  private static final byte VALUE = 0x5A;

  @Override
  public void run(Machine machine) {
    BytePointer bytes = machine.memory().allocateBytes(BYTES);
    machine.measure("W8", () -> MemoryFunctions.fill(bytes, BYTES, VALUE));
    for (int i = 0; i < BYTES; i++) {
      Machine.verify(bytes.get(i) == VALUE, "W8 left a wrong byte at " + i);
    }
  }
}
