package dev.virtmem.cli;

import com.google.gson.JsonObject;
import dev.virtmem.serial.HostEvent;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows what several devices print and what happens to them: text on standard output, events and
 * the status on standard error. Safe for use by several threads.
 */
final class ServeScreen {
  private static final String CLEAR = "\r\033[K";
  private static final int CHUNK = 512;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean prefixed;
  private final boolean quiet;
  private final boolean json;
  private final Map<String, CharsetDecoder> decoders = new HashMap<>();
  private final Map<String, ByteBuffer> rests = new HashMap<>();
  private String lastPort = "";
  private boolean lineOpen;
  private boolean statusShown;

  /**
   * Creates a screen.
   *
   * @param prefixed whether each line starts with its port
   * @param quiet whether events are left out
   * @param json whether events are JSON objects, one a line, on standard output, and text as well
   */
  ServeScreen(PrintWriter out, PrintWriter err, boolean prefixed, boolean quiet, boolean json) {
    this.out = out;
    this.err = err;
    this.prefixed = prefixed;
    this.quiet = quiet;
    this.json = json;
  }

  /** Shows what a device printed. */
  synchronized void text(String port, byte[] bytes, int from, int length) {
    clearStatus();
    for (int done = 0; done < length; ) {
      int part = Math.min(CHUNK, length - done);
      show(port, decode(port, bytes, from + done, part));
      done += part;
    }
    out.flush();
  }

  /** Decodes UTF-8, whose characters may come in parts. */
  private String decode(String port, byte[] bytes, int from, int length) {
    ByteBuffer rest = rests.computeIfAbsent(port, p -> ByteBuffer.allocate(CHUNK + 8));
    CharsetDecoder decoder =
        decoders.computeIfAbsent(
            port,
            p -> StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE));
    rest.put(bytes, from, length).flip();
    var chars = CharBuffer.allocate(rest.remaining() + 1);
    decoder.decode(rest, chars, false);
    rest.compact();
    return chars.flip().toString();
  }

  private void show(String port, String text) {
    if (json) {
      print("text", port, text);
      return;
    }
    if (!prefixed) {
      out.print(text);
      return;
    }
    if (lineOpen && !port.equals(lastPort)) {
      out.println();
      lineOpen = false;
    }
    lastPort = port;
    for (String line : text.split("(?<=\n)")) {
      if (!lineOpen && !line.isEmpty()) {
        out.print(port + ": ");
      }
      out.print(line);
      lineOpen = !line.endsWith("\n") && (lineOpen || !line.isEmpty());
    }
  }

  /** Tells what happened; that text is lost, even if events are left out. */
  synchronized void event(String port, HostEvent event) {
    clearStatus();
    if (json) {
      print(event.kind().name().toLowerCase(Locale.ROOT), port, event.message());
    } else if (!quiet || event.kind() == HostEvent.Kind.DROPPED) {
      err.println(port + ": " + event.message());
      err.flush();
    }
  }

  /** Tells of a problem of the host's own, even if events are left out. */
  synchronized void problem(String message) {
    clearStatus();
    if (json) {
      var object = new JsonObject();
      object.addProperty("event", "problem");
      object.addProperty("text", message);
      out.println(object);
      out.flush();
    } else {
      err.println("virtmem serve: " + message);
      err.flush();
    }
  }

  private void print(String kind, String port, String text) {
    var object = new JsonObject();
    object.addProperty("event", kind);
    object.addProperty("port", port);
    object.addProperty("text", text);
    out.println(object);
    out.flush();
  }

  /** Shows a line that the next call replaces. */
  synchronized void status(String line) {
    err.print(CLEAR + line);
    err.flush();
    statusShown = true;
  }

  /** Takes the status away. */
  synchronized void clearStatus() {
    if (statusShown) {
      err.print(CLEAR);
      err.flush();
      statusShown = false;
    }
  }
}
