package dev.virtmem.bench.scratch;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.FileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random accesses to a scratch pool in a file: each reads a number anywhere in the pool, and each
 * second one changes it. Rounds alternate with a plain loop over a {@link FileChannel} that repeats
 * the transfers of the round before: the same offsets, lengths and directions, through one direct
 * buffer. So both move the same bytes, and what is left is what the memory costs. With frames that
 * the processor's caches do not hold, that includes bringing them there, which the single buffer of
 * the plain loop never needs.
 */
public final class ScratchBenchmark {
  private static final int PAGE = 4096;
  private static final int BUFFER = 64 * 1024;

  private ScratchBenchmark() {}

  /**
   * Runs the benchmark in a new file, which is removed afterwards.
   *
   * @param file where; nothing must be there
   * @param size of the pool, in bytes
   * @param ram of the memory, in bytes
   * @param accesses in each round
   * @param rounds how many, at least 1
   * @return what was measured
   * @throws IOException if the file cannot be used
   * @throws dev.virtmem.store.StoreException if the file exists or cannot be used
   */
  public static ScratchResult run(Path file, long size, long ram, int accesses, int rounds)
      throws IOException {
    var store = FileStore.create(file, size);
    try (var recorder = new RecordingStore(store);
        var memory = VirtualMemory.builder(recorder).ram(ram).pageSize(PAGE).open();
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var random = new SplittableRandom(1);
      access(memory, random, accesses);
      List<ScratchResult.Round> measured = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        recorder.forget();
        long begin = System.nanoTime();
        access(memory, random, accesses);
        long middle = System.nanoTime();
        repeat(recorder, channel);
        long end = System.nanoTime();
        measured.add(round(recorder, middle - begin, end - middle));
      }
      long frames = memory.ramBytes();
      memory.abandon();
      return new ScratchResult(size, frames, Runtime.getRuntime().maxMemory(), accesses, measured);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void access(VirtualMemory memory, SplittableRandom random, int accesses) {
    long slots = (memory.end() - memory.start()) / Long.BYTES;
    for (int i = 0; i < accesses; i++) {
      long address = memory.start() + random.nextLong(slots) * Long.BYTES;
      long value = memory.getLong(address);
      if (i % 2 == 0) {
        memory.setLong(address, value + 1);
      }
    }
  }

  private static void repeat(RecordingStore recorder, FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    for (int i = 0; i < recorder.count(); i++) {
      int length = recorder.length(i);
      long offset = recorder.offset(i);
      int bytes = Math.abs(length);
      for (int done = 0; done < bytes; done += buffer.limit()) {
        buffer.clear().limit(Math.min(buffer.capacity(), bytes - done));
        while (buffer.hasRemaining()) {
          long at = offset + done + buffer.position();
          int moved = length > 0 ? channel.read(buffer, at) : channel.write(buffer, at);
          if (moved < 0) {
            throw new IOException("the file ends before " + at);
          }
        }
      }
    }
  }

  private static ScratchResult.Round round(RecordingStore recorder, long memory, long plain) {
    long reads = 0;
    for (int i = 0; i < recorder.count(); i++) {
      reads += recorder.length(i) > 0 ? 1 : 0;
    }
    return new ScratchResult.Round(reads, recorder.count() - reads, memory / 1e9, plain / 1e9);
  }
}
