package dev.virtmem.cli;

import dev.virtmem.sdcard.CardStore;
import dev.virtmem.store.BackingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Copies a pool into order. */
@Command(
    name = "compact",
    description = {
      "Put the pages of a pool in order again, and give up those of free blocks.",
      "",
      "Writes a new file beside the old one, which it then replaces at once. Addresses stay."
          + " Commits are counted anew.",
      ""
    })
final class PoolCompactCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PoolArgument argument;

  @Override
  public Integer call() throws IOException {
    if (argument.isUri()) {
      throw new ParameterException(
          spec.commandLine(), "only a file can be compacted, got " + argument.name);
    }
    // What a link leads to is replaced, not the link.
    Path file = Files.exists(argument.path()) ? argument.path().toRealPath() : argument.path();
    Path copy = Path.of(file + ".compact");
    if (Files.exists(copy)) {
      throw new Failure(copy + " exists: is the pool being compacted? If not, remove it", null);
    }
    try (BackingStore old = argument.openStore(spec)) {
      var compaction = new Compaction(old);
      try (BackingStore target = CardStore.builder(copy).size(old.capacity()).open()) {
        compaction.copyTo(target);
      }
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
      new Lines(spec)
          .print(
              "%s: %,d places in use, before %,d",
              argument.name, compaction.placesAfter(), compaction.placesBefore());
    } finally {
      Files.deleteIfExists(copy);
    }
    return 0;
  }
}
