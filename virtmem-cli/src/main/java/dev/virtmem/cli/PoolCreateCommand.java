package dev.virtmem.cli;

import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.sdcard.CardStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an empty pool. */
@Command(
    name = "create",
    description = {
      "Make an empty pool.",
      "",
      "A file is allocated in full. What a store named by its URI holds is lost.",
      ""
    },
    sortOptions = false)
final class PoolCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private PoolArgument pool;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "Size of the file, such as 64M; needed for a file.")
  private Long size;

  @Option(
      names = "--page-size",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "Bytes of a page, a power of two, 512 to 64K; 4K unless the size wants others.")
  private Long pageSize;

  @Option(
      names = "--spare",
      paramLabel = "PERCENT",
      defaultValue = "" + PoolShape.SPARE_PERCENT,
      description =
          "How much to keep free for what changes between commits; ${DEFAULT-VALUE} unless set.")
  private int spare;

  @Option(
      names = "--overwrite",
      description = "Let a store that is named by its URI lose what it holds.")
  private boolean overwrite;

  @Override
  public Integer call() {
    try (var created = Errors.usage(spec, this::create)) {
      var shape = created.shape();
      new Lines(spec)
          .print(
              "%s: %,d bytes in pages of %,d, %,d of them spare",
              pool.name, shape.capacity(), shape.pageSize(), shape.spare());
    }
    return 0;
  }

  private PersistentStore create() {
    if (!pool.isUri()) {
      return createFile();
    }
    if (!overwrite || size != null) {
      throw new ParameterException(
          spec.commandLine(),
          size == null
              ? "what " + pool.name + " holds would be lost; --overwrite allows that"
              : "--size is for files, " + pool.name + " has its own");
    }
    return create(Stores.open(pool.name));
  }

  private PersistentStore createFile() {
    if (size == null) {
      throw new ParameterException(spec.commandLine(), "--size is needed for a file");
    }
    if (Files.exists(pool.path())) {
      throw new Failure(pool.name + " exists; remove it first", null);
    }
    // Before a file is made that would have to be removed again.
    shape(size);
    return create(CardStore.builder(pool.path()).size(size).open());
  }

  private PersistentStore create(BackingStore store) {
    try {
      return PersistentStore.create(store, shape(store.capacity()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private PoolShape shape(long bytes) {
    int page =
        pageSize == null
            ? PoolShape.of(bytes).pageSize()
            : (int) Math.min(pageSize, Integer.MAX_VALUE);
    return PoolShape.of(bytes, page, spare);
  }
}
