package dev.virtmem.cli;

import dev.virtmem.PersistentPool;
import dev.virtmem.alloc.Block;
import dev.virtmem.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what is in a pool. */
@Command(
    name = "dump",
    description = {
      "List the blocks of a pool, or print bytes of it.",
      "",
      "Bytes that lie in a damaged page are left out, and the page is named.",
      ""
    },
    sortOptions = false)
final class PoolDumpCommand implements Callable<Integer> {
  private static final int COLUMNS = 16;

  @Spec private CommandSpec spec;

  @Mixin private PoolArgument argument;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Print bytes from this address on, not the list of blocks.")
  private Long from;

  @Option(
      names = "--length",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      defaultValue = "256",
      description = "How many bytes to print; ${DEFAULT-VALUE} unless set.")
  private long length;

  @Override
  public Integer call() {
    try (var store = argument.openStore(spec);
        var pool = PoolArgument.openPool(store)) {
      var lines = new Lines(spec);
      if (from != null) {
        bytes(lines, pool);
      } else if (pool.store().heap() != null) {
        blocks(lines, pool);
      }
    }
    return 0;
  }

  private static void blocks(Lines lines, PersistentPool pool) {
    for (Block block : pool.memory().blocks()) {
      if (block.used()) {
        lines.print(
            "%15d %12d bytes", block.address(), block.start() + block.size() - block.address());
      } else {
        lines.print("%15d %12d bytes free", block.start(), block.size());
      }
    }
  }

  private void bytes(Lines lines, PersistentPool pool) {
    var memory = pool.memory();
    long end = Math.min(memory.end(), from > memory.end() - length ? memory.end() : from + length);
    String damage = "";
    for (long at = Math.max(memory.start(), from); at < end; at += COLUMNS - at % COLUMNS) {
      byte[] row = new byte[(int) Math.min(COLUMNS - at % COLUMNS, end - at)];
      try {
        memory.read(at, MemorySegment.ofArray(row));
        lines.print("%15d  %s", at, row(row));
      } catch (StoreException e) {
        if (!damage.equals(e.getMessage())) {
          damage = e.getMessage();
          lines.print("%15d  %s", at, damage);
        }
      }
    }
  }

  private static String row(byte[] bytes) {
    var hex = new StringBuilder();
    var text = new StringBuilder();
    for (byte one : bytes) {
      hex.append(Lines.format("%02x ", one & 0xFF));
      text.append(one >= ' ' && one < 0x7F ? (char) one : '.');
    }
    return Lines.format("%-" + 3 * COLUMNS + "s %s", hex, text);
  }
}
