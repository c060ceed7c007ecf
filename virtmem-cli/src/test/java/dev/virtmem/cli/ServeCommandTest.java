package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serves emulated boards that wait behind TCP ports. */
@Timeout(60)
class ServeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger code = new AtomicInteger(-1);
  private final InputStream keyboard = System.in;

  /** Nothing is typed: through the real one, the build tool talks to this process. */
  @BeforeEach
  void unplugTheKeyboard() {
    System.setIn(InputStream.nullInputStream());
  }

  @AfterEach
  void plugTheKeyboardIn() {
    System.setIn(keyboard);
  }

  private static ServerSocket board() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static String port(ServerSocket board) {
    return "tcp://127.0.0.1:" + board.getLocalPort();
  }

  private Thread serve(String... arguments) {
    return Thread.ofPlatform()
        .start(
            () ->
                code.set(
                    Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments)));
  }

  private static void exchange(Socket socket, byte[] command, byte[] answer) throws IOException {
    socket.getOutputStream().write(command);
    assertArrayEquals(answer, socket.getInputStream().readNBytes(answer.length));
  }

  private void end(Thread thread) throws InterruptedException {
    thread.interrupt();
    thread.join();
    assertEquals(0, code.get());
  }

  private static final byte[] INIT = {-1, 0};
  private static final byte[] PING = {-1, 7};

  @Test
  void lendsRamToABoardAndShowsItsText() throws Exception {
    try (var board = board()) {
      Thread thread = serve("serve", "--port", port(board), "--max-pool", "1K");
      try (Socket socket = board.accept()) {
        exchange(socket, INIT, INIT);
        socket.getOutputStream().write("gr\u00fc\u00df dich\n".getBytes(StandardCharsets.UTF_8));
        exchange(socket, new byte[] {-1, 1, 0, 4, 0, 0, -1, 7}, PING);
        socket.getOutputStream().write(new byte[] {-1, 3, 5, 0, 0, 0, 2, 0, 0, 0, 'o', 'k'});
        byte[] read = {-1, 2, 4, 0, 0, 0, 4, 0, 0, 0};
        exchange(socket, read, new byte[] {0, 'o', 'k', 0});
        exchange(socket, new byte[] {-1, 1, 1, 4, 0, 0, -1, 7}, PING);
      }
      try (Socket again = board.accept()) {
        exchange(again, INIT, INIT);
      }
      end(thread);
      assertEquals("gr\u00fc\u00df dich\n", out.toString());
      String events = err.toString();
      for (String part :
          List.of("is open", "1024 bytes, plain", "1025 bytes is refused", "is gone, waiting")) {
        assertTrue(events.contains(part), events);
      }
    }
  }

  @Test
  void severalBoardsAreToldApart() throws Exception {
    try (var first = board();
        var second = board()) {
      Thread thread = serve("serve", "--quiet", "--port", port(first), "--port", port(second));
      try (Socket one = first.accept();
          Socket two = second.accept()) {
        one.getOutputStream().write("1a\n1b".getBytes(StandardCharsets.US_ASCII));
        exchange(one, PING, PING);
        two.getOutputStream().write("2a\n".getBytes(StandardCharsets.US_ASCII));
        exchange(two, PING, PING);
      }
      end(thread);
      List<String> lines = out.toString().lines().toList();
      assertEquals(
          List.of(port(first) + ": 1a", port(first) + ": 1b", port(second) + ": 2a"), lines);
      assertEquals("", err.toString());
    }
  }

  private static void print(Socket socket, byte... text) throws IOException {
    socket.getOutputStream().write(text);
    exchange(socket, PING, PING);
  }

  @Test
  void theTextOfABoardIsAppendedToALog(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Files.writeString(log, "before\n");
    byte[] text = {'a', (byte) 0xe4, '\n', 0, 'b'};
    try (var board = board()) {
      Thread thread = serve("serve", "--log", log.toString(), "--port", port(board));
      try (Socket socket = board.accept()) {
        print(socket, text);
        byte[] logged = Files.readAllBytes(log);
        assertArrayEquals(text, Arrays.copyOfRange(logged, "before\n".length(), logged.length));
      }
      end(thread);
    }
    assertEquals(
        "before", Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList().getFirst());
    assertEquals("a\ufffd\n\0b", out.toString());
  }

  @Test
  void theLogTellsBoardsApart(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    try (var first = board();
        var second = board()) {
      Thread thread =
          serve(
              "serve",
              "--json",
              "--log",
              log.toString(),
              "--port",
              port(first),
              "--port",
              port(second));
      try (Socket one = first.accept();
          Socket two = second.accept()) {
        print(one, "1a\n1".getBytes(StandardCharsets.US_ASCII));
        print(one, "b".getBytes(StandardCharsets.US_ASCII));
        print(two, "2a\n".getBytes(StandardCharsets.US_ASCII));
      }
      end(thread);
      assertEquals(
          List.of(port(first) + ": 1a", port(first) + ": 1b", port(second) + ": 2a"),
          Files.readAllLines(log));
    }
  }

  @Test
  void aLogThatCannotBeWrittenHidesNoText() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "no full device on this system");
    try (var board = board()) {
      Thread thread = serve("serve", "--quiet", "--log", "/dev/full", "--port", port(board));
      try (Socket socket = board.accept()) {
        print(socket, "one".getBytes(StandardCharsets.US_ASCII));
        print(socket, "two".getBytes(StandardCharsets.US_ASCII));
      }
      end(thread);
      assertEquals("onetwo", out.toString());
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertTrue(err.toString().contains("cannot write the log /dev/full: "), err.toString());
    }
  }

  @Test
  void aLogThatCannotBeOpenedIsAnError(@TempDir Path folder) {
    Outcome.of("serve", "--port", "/dev/x", "--log", folder + "/no/log")
        .failed(1, folder + "/no/log", "no such folder");
    Outcome.of("serve", "--port", "/dev/x", "--log", folder.toString())
        .failed(1, folder + ": ", "directory");
  }

  @Test
  void aPortThatAppearsIsServedBesideOthers(@TempDir Path folder) throws Exception {
    try (var board = board()) {
      Thread thread =
          serve("serve", "--port", folder + "/new*", "--port", port(board), "--max-ports", "2");
      try (Socket socket = board.accept()) {
        print(socket, (byte) 'a');
        Path device = folder.resolve("new1");
        Files.createSymbolicLink(device, Path.of("/dev/null"));
        // It can be found, and is no serial port.
        String found = device + ": the line is waited for";
        while (!err.toString().contains(found) && !Thread.currentThread().isInterrupted()) {
          print(socket, (byte) '.');
        }
        assertTrue(err.toString().contains(found), err.toString());
      }
      end(thread);
      assertTrue(out.toString().startsWith(port(board) + ": a"), out.toString());
    }
  }

  /** Asks for input until there is some, and returns it. */
  private static String input(Socket board) throws IOException {
    int count = 0;
    while (count == 0 && !Thread.currentThread().isInterrupted()) {
      board.getOutputStream().write(new byte[] {-1, 5, 100, 0, 0, 0});
      count = board.getInputStream().readNBytes(4)[0];
    }
    return new String(board.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsTypedIsTheInputAndItsEndIsNotTheEnd() throws Exception {
    System.setIn(new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.US_ASCII)));
    try (var board = board()) {
      Thread thread = serve("serve", "--port", port(board));
      try (Socket socket = board.accept()) {
        exchange(socket, INIT, INIT);
        assertEquals("typed\n", input(socket));
        exchange(socket, PING, PING);
      }
      try (Socket again = board.accept()) {
        exchange(again, PING, PING);
      }
      end(thread);
    }
  }

  @Test
  void anotherPortTakesThePlaceOfTheScreenAndTheKeyboard(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    System.setIn(new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.US_ASCII)));
    try (var board = board();
        var console = board()) {
      Thread thread =
          serve(
              "serve",
              "--json",
              "--log",
              log.toString(),
              "--pass",
              port(console),
              "--port",
              port(board));
      try (Socket socket = board.accept()) {
        exchange(socket, INIT, INIT);
        for (int round = 0; round < 3; round++) {
          byte[] text = ("text " + round).getBytes(StandardCharsets.US_ASCII);
          // It is kept until there is a console to take it.
          print(socket, text);
          try (Socket pass = console.accept()) {
            assertArrayEquals(text, pass.getInputStream().readNBytes(text.length));
            String line = "line " + round + "\n";
            pass.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            assertEquals(line, input(socket));
          }
          String gone = "{\"event\":\"disconnected\",\"port\":\"" + port(console);
          while (out.toString().split(Pattern.quote(gone), -1).length < round + 2) {
            exchange(socket, PING, PING);
          }
        }
        assertEquals("text 0text 1text 2", Files.readString(log));
      }
      end(thread);
      assertEquals(List.of(), out.toString().lines().filter(l -> l.contains("text ")).toList());
    }
  }

  @Test
  void aConsoleThatNobodyReadsDoesNotStopTheBoard() throws Exception {
    byte[] text = "0123456789abcde\n".repeat(4096).getBytes(StandardCharsets.US_ASCII);
    try (var board = board();
        var console = board()) {
      // Else the system's own buffer may grow by many megabytes while the text comes.
      console.setReceiveBufferSize(64 << 10);
      Thread thread = serve("serve", "--quiet", "--port", port(board), "--pass", port(console));
      try (Socket socket = board.accept();
          Socket pass = console.accept()) {
        // Until all buffers on the way are full, however large the system makes them.
        while (!err.toString().contains("the text is not taken")) {
          print(socket, text);
        }
        pass.getInputStream().readNBytes(1);
        end(thread);
      }
    }
    assertEquals("", out.toString());
    List<String> lines = err.toString().lines().toList();
    assertTrue(lines.size() >= 2 && lines.size() < 20, lines::toString);
    // In the order in which it happened, though two threads tell it. The text may just be taken at
    // the end, if what sends it got less of the processor than what brings it.
    assertTrue(lines.getFirst().contains("the text is not taken"), lines::toString);
    assertTrue(lines.getLast().contains(" bytes of it were dropped"), lines::toString);
  }

  @Test
  void eventsForPrograms() throws Exception {
    try (var board = board()) {
      Thread thread = serve("serve", "--json", "--port", port(board));
      try (Socket socket = board.accept()) {
        exchange(socket, new byte[] {-1, 0, 'x', -1, 7}, new byte[] {-1, 0, -1, 7});
      }
      end(thread);
      var first = JsonParser.parseString(out.toString().lines().toList().getFirst());
      assertEquals("connected", first.getAsJsonObject().get("event").getAsString());
      assertTrue(
          out.toString().contains("{\"event\":\"text\",\"port\":\"" + port(board)), out.toString());
    }
  }

  @Test
  void wrongOptionsAreRefused() {
    Outcome.of("serve").failed(2, "--port");
    Outcome.of("serve", "--port", "/dev/x", "--port", "/dev/x").failed(2, "twice");
    Outcome.of("serve", "--port", "/dev/x", "--max-pool", "0").failed(2, "4294967295", "got");
    Outcome.of("serve", "--port", "tcp://h:99999").failed(2, "65535", "99999");
    Outcome.of("serve", "--port", "/dev/x", "--port", "/dev/y", "--store", "heap:1K")
        .failed(2, "one");
    Outcome.of("serve", "--port", "/dev/x", "--port", "/dev/y", "--pass", "/dev/z")
        .failed(2, "--pass", "one", "/dev/x and /dev/y");
    Outcome.of("serve", "--port", "/dev/x*", "--pass", "/dev/z").failed(2, "one --port", "/dev/x*");
    Outcome.of("serve", "--port", "/dev/x", "--pass", "/dev/z*").failed(2, "pattern", "/dev/z*");
    Outcome.of("serve", "--port", "/dev/x", "--pass", "/dev/x").failed(2, "another", "/dev/x");
    Outcome.of("serve", "--port", "/dev/x", "--pass-baud", "9600").failed(2, "--pass-baud");
    Outcome.of("serve", "--port", "/dev/x", "--pass", "/dev/z", "--pass-baud", "3")
        .failed(2, "--pass-baud", "300", "3");
    Outcome.of("serve", "--port", "/dev/x", "--pass", "tcp://h:99999").failed(2, "65535", "99999");
    Outcome.of("serve", "--port", "/dev/x*", "--store", "heap:1K").failed(2, "one", "/dev/x*");
    Outcome.of("serve", "--port", "x*").failed(2, "folder", "x*");
    Outcome.of("serve", "--port", "/dev/x", "--max-ports", "0").failed(2, "--max-ports", "0");
    Outcome.of("serve", "--port", "/dev/x", "--baud", "3").failed(2, "300", "3");
  }
}
