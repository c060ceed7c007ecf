package dev.virtmem.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Prints lines whose numbers look the same in every country. */
final class Lines {
  private static final Pattern BYTES = Pattern.compile("\\[[0-9a-fA-F, .]{8,}\\]");

  private final PrintWriter out;

  /** Prints on the standard output of a command. */
  Lines(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
  }

  /** Prints a line, as {@link String#format} makes it. */
  void print(String format, Object... values) {
    out.println(format(format, values).stripTrailing());
    out.flush();
  }

  /** Prints an empty line. */
  void skip() {
    out.println();
  }

  /** Returns a time with its unit. */
  static String seconds(double seconds) {
    return seconds < 0.01 ? format("%.3f ms", seconds * 1e3) : format("%,.3f s", seconds);
  }

  /** Returns a text in which no list of bytes is longer than one word. */
  static String withoutBytes(String text) {
    return BYTES.matcher(text).replaceAll("[...]");
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
