package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports that come and go under names that match a pattern: links to pseudo-terminals. */
@Timeout(30)
class HostPortsTest {
  private static final byte[] PING = {-1, 7};

  /** Starts over and asks for a pool of 16 bytes. */
  private static final byte[] START = {-1, 0, -1, 1, 16, 0, 0, 0};

  private static final byte[] READ = {-1, 2, 0, 0, 0, 0, 1, 0, 0, 0};

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final PoolLender lender = PoolLender.heap(1 << 16, 1 << 16);

  @TempDir private Path folder;

  @BeforeEach
  void onlyWithPseudoTerminals() {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
  }

  private HostPorts ports(int most) {
    return new HostPorts(
        name -> Lines.port(name, 115_200),
        lender,
        name ->
            new HostListener() {
              @Override
              public void event(HostEvent event) {
                events.add(Path.of(name).getFileName() + " " + event.kind());
                if (event.kind() == Kind.REFUSED) {
                  refused.add(name);
                }
              }
            },
        most);
  }

  private PortPattern pattern() {
    return PortPattern.of(folder + "/board*");
  }

  private void await(String wanted) throws InterruptedException {
    String event;
    do {
      event = events.poll(20, TimeUnit.SECONDS);
      assertTrue(event != null, "no event " + wanted);
    } while (!event.equals(wanted));
  }

  private PseudoTerminal plugIn(String name) throws IOException {
    PseudoTerminal terminal = PseudoTerminal.open();
    Files.createSymbolicLink(folder.resolve(name), Path.of(terminal.path()));
    return terminal;
  }

  private void unplug(String name, PseudoTerminal terminal) throws IOException {
    Files.delete(folder.resolve(name));
    terminal.close();
  }

  private static byte[] exchange(PseudoTerminal board, byte[] command, int answer)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment sent = arena.allocateFrom(ValueLayout.JAVA_BYTE, command);
      assertEquals(command.length, board.write(sent, command.length));
      MemorySegment got = arena.allocate(answer);
      for (long done = 0; done < answer; ) {
        done += board.read(got.asSlice(done), answer - done);
        assertFalse(Thread.currentThread().isInterrupted(), "no answer");
      }
      return got.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static void write(PseudoTerminal board, int value) throws IOException {
    byte[] write = {-1, 3, 0, 0, 0, 0, 1, 0, 0, 0, (byte) value, -1, 7};
    assertArrayEquals(PING, exchange(board, write, 2));
  }

  private static int read(PseudoTerminal board) throws IOException {
    return exchange(board, READ, 1)[0];
  }

  @Test
  void portsThatAppearAreServedEachWithItsOwnPool() throws Exception {
    PseudoTerminal other = plugIn("other");
    PseudoTerminal first = plugIn("board1");
    try (HostPorts ports = ports(8)) {
      ports.add(pattern());
      ports.refresh();
      await("board1 CONNECTED");
      exchange(first, START, 2);
      write(first, 1);
      PseudoTerminal second = plugIn("board2");
      ports.refresh();
      await("board2 CONNECTED");
      exchange(second, START, 2);
      write(second, 2);
      ports.refresh();
      assertEquals(1, read(first));
      assertEquals(2, read(second));
      assertEquals(32, lender.lent());
      assertEquals(2, ports.ports().size());
      assertNull(ports.ports().get(folder.resolve("other").toString()));
      second.close();
    }
    assertEquals(0, lender.lent());
    first.close();
    other.close();
  }

  @Test
  void aNameThatComesBackFindsItsPoolUnlessItStartsOver() throws Exception {
    try (HostPorts ports = ports(8)) {
      ports.add(pattern());
      ports.refresh();
      PseudoTerminal board = plugIn("board1");
      ports.refresh();
      await("board1 CONNECTED");
      exchange(board, START, 2);
      write(board, 77);
      unplug("board1", board);
      await("board1 DISCONNECTED");
      ports.refresh();
      assertEquals(16, lender.lent());
      board = plugIn("board1");
      ports.refresh();
      await("board1 CONNECTED");
      assertEquals(77, read(board));
      exchange(board, START, 2);
      assertEquals(0, read(board));
      assertEquals(1, ports.ports().size());
      assertEquals(16, lender.lent());
      board.close();
    }
  }

  @Test
  void morePortsThanAllowedAreRefusedOnce() throws Exception {
    PseudoTerminal first = plugIn("board1");
    PseudoTerminal second = plugIn("board2");
    try (HostPorts ports = ports(1)) {
      ports.add(pattern());
      ports.refresh();
      ports.refresh();
      await("board1 CONNECTED");
      assertEquals(1, ports.ports().size());
    }
    assertEquals(List.of(folder + "/board2"), refused);
    first.close();
    second.close();
  }

  @Test
  void patternsMatchDevicesOnly() throws Exception {
    PseudoTerminal board = plugIn("board1");
    Files.createFile(folder.resolve("board2"));
    Files.createDirectory(folder.resolve("board3"));
    Files.createSymbolicLink(folder.resolve("board4"), folder.resolve("nowhere"));
    assertEquals(List.of(folder + "/board1"), pattern().matches());
    assertEquals(List.of(), PortPattern.of(folder + "/no/board*").matches());
    assertEquals(folder + "/board*", pattern().toString());
    board.close();
  }

  @Test
  void malformedPatternsAreRefused() {
    for (String wrong : List.of("ttyACM*", "/d?v/ttyACM*", "/dev/tty[")) {
      var e = assertThrows(IllegalArgumentException.class, () -> PortPattern.of(wrong));
      assertTrue(e.getMessage().contains(wrong), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> ports(0));
  }
}
