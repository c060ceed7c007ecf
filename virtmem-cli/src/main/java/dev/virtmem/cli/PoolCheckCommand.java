package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.CorruptPoolException;
import dev.virtmem.persist.PoolCheck;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Verifies a pool. */
@Command(
    name = "check",
    description = {
      "Verify each checksum, header and block of a pool; say what is wrong.",
      "",
      "Writes nothing. Exit code 1 if there is a fault.",
      ""
    })
final class PoolCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PoolArgument argument;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    try (BackingStore store = argument.openStore(spec)) {
      PoolCheck check = PoolCheck.of(store);
      List<String> faults = new ArrayList<>(check.faults());
      checkHeap(store, faults);
      if (json) {
        json(check, faults);
      } else {
        text(check, faults);
      }
      return faults.isEmpty() ? 0 : 1;
    }
  }

  private static void checkHeap(BackingStore store, List<String> faults) {
    try (var pool = PoolArgument.openPool(store)) {
      if (pool.store().heap() != null) {
        pool.memory().check();
      }
    } catch (StoreException | CorruptPoolException e) {
      if (!faults.contains(e.getMessage())) {
        faults.add("the heap: " + e.getMessage());
      }
    } catch (IllegalStateException e) {
      faults.add("the heap: " + e.getMessage());
    }
  }

  private void text(PoolCheck check, List<String> faults) {
    var lines = new Lines(spec);
    lines.print("%s, commit %,d: %,d pages read", argument.name, check.commit(), check.pages());
    check.repairs().forEach(repair -> lines.print("  %s; opening the pool repairs it", repair));
    faults.forEach(fault -> lines.print("  %s", fault));
    switch (faults.size()) {
      case 0 -> lines.print("No fault.");
      case 1 -> lines.print("1 fault.");
      default -> lines.print("%,d faults.", faults.size());
    }
  }

  private void json(PoolCheck check, List<String> faults) {
    var object = new JsonObject();
    object.addProperty("pool", argument.name);
    object.addProperty("commit", check.commit());
    object.addProperty("pagesRead", check.pages());
    object.add("repairs", array(check.repairs()));
    object.add("faults", array(faults));
    Json.print(spec, object);
  }

  private static JsonArray array(List<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
