package dev.virtmem.cli;

import dev.virtmem.store.Stores;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what {@code --store} takes. */
@Command(name = "stores", description = "List the stores that --store can open.")
final class StoresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var lines = new Lines(spec);
    Stores.syntaxes().forEach(syntax -> lines.print("%s", syntax));
    return 0;
  }
}
