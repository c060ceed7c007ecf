package dev.virtmem.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code virtmem}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "virtmem",
    description = "Memory that lives on a chip, a card or another computer, used like memory.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      SelfTestCommand.class,
      BenchCommand.class,
      StoresCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show a stack trace with an error.")
  private boolean debug;

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param arguments of the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the command, which writes to the standard streams. */
  static CommandLine commandLine() {
    var errors = new Errors();
    var commandLine =
        new CommandLine(new Main())
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setUsageHelpWidth(80)
            .setUsageHelpAutoWidth(false);
    // Each subcommand with -h and -V, and all of them in the order of their declaration.
    commandLine
        .getSubcommands()
        .values()
        .forEach(
            subcommand -> {
              if (!(subcommand.getCommand() instanceof HelpCommand)) {
                subcommand.getCommandSpec().mixinStandardHelpOptions(true);
              }
            });
    return commandLine;
  }

  /** Returns where results go. */
  static PrintWriter out(CommandSpec spec) {
    return spec.commandLine().getOut();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
