package dev.virtmem.cli;

import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints each error as one line on standard error; with {@code --debug}, its stack trace too. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(command, describe(error) + "; see " + name + " --help", error, debug(arguments));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult result) {
    String[] arguments = result.originalArgs().toArray(String[]::new);
    print(command, describe(error), error, debug(arguments));
    return ExitCode.SOFTWARE;
  }

  /** Runs what fails with an IllegalArgumentException only if the user's input is wrong. */
  static <T> T usage(CommandSpec spec, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static boolean debug(String[] arguments) {
    return Arrays.asList(arguments).contains("--debug");
  }

  private static String describe(ParameterException error) {
    boolean noCommand =
        error instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !error.getCommandLine().getSubcommands().isEmpty();
    return noCommand
        ? "there is no command '%s', there are %s"
            .formatted(
                ((UnmatchedArgumentException) error).getUnmatched().getFirst(),
                String.join(", ", error.getCommandLine().getSubcommands().keySet()))
        : error.getMessage();
  }

  private static String describe(Throwable error) {
    return switch (error) {
      case Failure failure -> failure.getMessage();
      case StoreException failed -> failed.getMessage();
      case UncheckedIOException wrapped -> describe(wrapped.getCause());
      case NoSuchFileException missing when missing.getReason() == null ->
          "there is no file " + missing.getFile();
      case AccessDeniedException denied -> "may not read " + denied.getFile();
      case IOException other -> other.getMessage();
      default -> "unexpected " + error + "; with --debug it says where";
    };
  }

  private static void print(CommandLine command, String text, Throwable error, boolean debug) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + text.replaceAll("\\s*\\R\\s*", " "));
    if (debug) {
      error.printStackTrace(command.getErr());
    }
    command.getErr().flush();
  }
}
