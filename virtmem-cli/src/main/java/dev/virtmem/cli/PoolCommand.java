package dev.virtmem.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after persistent pools. */
@Command(
    name = "pool",
    description = "Make, inspect and tidy up pools that survive power cuts.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PoolCreateCommand.class,
      PoolInfoCommand.class,
      PoolCheckCommand.class,
      PoolDumpCommand.class,
      PoolCompactCommand.class
    })
final class PoolCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "do what? create, info, check, dump, compact");
  }
}
