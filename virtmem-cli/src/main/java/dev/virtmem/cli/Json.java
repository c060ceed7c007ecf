package dev.virtmem.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import picocli.CommandLine.Model.CommandSpec;

/** Prints results for programs. */
final class Json {
  private Json() {}

  /** Prints one value, in ASCII, so that it is right whatever the terminal's character set. */
  static void print(CommandSpec spec, JsonElement value) {
    String text =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(value);
    var ascii = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      ascii.append(c < 0x7F ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    spec.commandLine().getOut().println(ascii);
    spec.commandLine().getOut().flush();
  }
}
