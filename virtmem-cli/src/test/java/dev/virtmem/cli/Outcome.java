package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Outcome(int code, String out, String err) {

  /** Runs the command in this JVM. */
  static Outcome of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Checks that all went well. */
  Outcome succeeded() {
    assertEquals("", err);
    assertEquals(0, code);
    return this;
  }

  /** Checks that a command failed with one line that has all of some texts. */
  Outcome failed(int expectedCode, String... texts) {
    assertEquals(expectedCode, code, this::toString);
    assertEquals(1, err.lines().count(), err);
    for (String text : texts) {
      assertTrue(err.contains(text), () -> "'" + text + "' is missing in: " + err);
    }
    return this;
  }

  /** Returns the one JSON object that is the whole output. */
  JsonObject json() {
    return JsonParser.parseString(out).getAsJsonObject();
  }
}
