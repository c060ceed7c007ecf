package dev.virtmem.bench.wire;

import dev.virtmem.ArrayMemory;
import dev.virtmem.MemoryFunctions;
import dev.virtmem.Pointer;
import dev.virtmem.sim.replay.Trace;
import dev.virtmem.sim.replay.TracePlayer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** T1 and T2: the accesses of a real program. */
final class TraceWorkload implements Workload {
  /** Bytes of the pool: the traces end below 16 MiB, and a memory does not start at 0. */
  static final int POOL = (16 << 20) + 64;

  private final String name;
  private final Trace trace;

  TraceWorkload(String name, Trace trace) {
    this.name = name;
    this.trace = trace;
  }

  @Override
  public void run(Machine machine) {
    var memory = machine.memory();
    var player = new TracePlayer(memory, 0);
    machine.measure(name, () -> play(player));

    var model = new ArrayMemory(new byte[POOL]);
    var modelPlayer = new TracePlayer(model, 0);
    play(modelPlayer);
    Machine.verify(
        player.checksum() == modelPlayer.checksum(), name + " read something else than it wrote");
    long mismatch =
        MemoryFunctions.mismatch(
            new Pointer(memory, memory.start()),
            new Pointer(model, memory.start()),
            memory.end() - memory.start());
    Machine.verify(
        mismatch < 0, name + " left a wrong byte " + mismatch + " bytes after the start");
  }

  private void play(TracePlayer player) {
    try {
      trace.forEach(player);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
