package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.PersistentPool;
import dev.virtmem.alloc.Allocator;
import dev.virtmem.alloc.Fit;
import dev.virtmem.alloc.HeapMap;
import dev.virtmem.alloc.HeapReport;
import dev.virtmem.persist.HeapState;
import dev.virtmem.persist.PersistentStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Describes a pool. */
@Command(name = "info", description = "Show commits, shape, use and fragmentation of a pool.")
final class PoolInfoCommand implements Callable<Integer> {
  private static final int MAP_LINES = 4;
  private static final int MAP_COLUMNS = 64;

  @Spec private CommandSpec spec;

  @Mixin private PoolArgument argument;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    try (var store = argument.openStore(spec);
        var pool = PoolArgument.openPool(store)) {
      HeapState heap = pool.store().heap();
      HeapReport report = heap == null ? null : pool.memory().heapReport();
      if (json) {
        json(pool, report);
      } else {
        text(pool, report);
      }
    }
    return 0;
  }

  private void text(PersistentPool pool, HeapReport report) {
    var lines = new Lines(spec);
    var shape = pool.store().shape();
    lines.print("%s, commit %,d", argument.name, pool.store().commitNumber());
    lines.print("  capacity      %,15d bytes in %,d pages", shape.capacity(), shape.dataPages());
    lines.print("  store         %,15d bytes in %,d pages", shape.storeBytes(), shape.pages());
    lines.print("  page          %,15d bytes", shape.pageSize());
    lines.print("  places in use %,15d, %,d spare", pool.store().usedPlaces(), shape.spare());
    new PlacePicture(pool.store(), MAP_COLUMNS, MAP_LINES).print(lines);
    for (int i = 0; i < PersistentStore.ROOTS; i++) {
      if (!pool.root(i).isNull()) {
        lines.print("  root %-2d       %,15d", i, pool.root(i).address());
      }
    }
    if (report == null) {
      lines.print("  heap                     none");
      return;
    }
    lines.print(
        "  used          %,15d bytes in %,d blocks", report.usedBytes(), report.usedBlocks());
    lines.print(
        "  free          %,15d bytes in %,d blocks", report.freeBytes(), report.freeBlocks());
    lines.print("  largest free  %,15d bytes", report.largestFree());
    lines.print("  fragmentation %14.1f %%", 100 * report.fragmentation());
    map(lines, pool);
  }

  private static void map(Lines lines, PersistentPool pool) {
    HeapState heap = pool.store().heap();
    var allocator =
        Allocator.attach(
            new MemoryBytes(pool.memory()), heap.layout(), Fit.FIRST_FIT, heap.usage());
    long cells = MAP_LINES * MAP_COLUMNS;
    lines.print(
        "  the heap, each character up to %,d bytes, from blank (free) to @ (used):",
        (heap.layout().size() + cells - 1) / cells);
    String map = HeapMap.draw(allocator, MAP_LINES * MAP_COLUMNS);
    for (int line = 0; line < MAP_LINES; line++) {
      lines.print("  [%s]", map.substring(line * MAP_COLUMNS, (line + 1) * MAP_COLUMNS));
    }
  }

  private void json(PersistentPool pool, HeapReport report) {
    var shape = pool.store().shape();
    var object = new JsonObject();
    object.addProperty("pool", argument.name);
    object.addProperty("commit", pool.store().commitNumber());
    object.addProperty("capacity", shape.capacity());
    object.addProperty("storeBytes", shape.storeBytes());
    object.addProperty("pageSize", shape.pageSize());
    object.addProperty("pages", shape.pages());
    object.addProperty("dataPages", shape.dataPages());
    object.addProperty("spare", shape.spare());
    object.addProperty("usedPlaces", pool.store().usedPlaces());
    var roots = new JsonArray();
    for (int i = 0; i < PersistentStore.ROOTS; i++) {
      roots.add(pool.root(i).address());
    }
    object.add("roots", roots);
    if (report != null) {
      var heap = new JsonObject();
      heap.addProperty("usedBytes", report.usedBytes());
      heap.addProperty("freeBytes", report.freeBytes());
      heap.addProperty("usedBlocks", report.usedBlocks());
      heap.addProperty("freeBlocks", report.freeBlocks());
      heap.addProperty("largestFree", report.largestFree());
      heap.addProperty("fragmentation", report.fragmentation());
      object.add("heap", heap);
    }
    Json.print(spec, object);
  }
}
