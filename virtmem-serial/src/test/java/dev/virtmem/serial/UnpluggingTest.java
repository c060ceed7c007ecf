package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.pty.PtyCable;
import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines that go away and come back, over real devices and sockets. */
@Timeout(30)
class UnpluggingTest {
  /** Of stores whose host answers, however long the machine may stand still. */
  private static final long PATIENCE = 20_000_000_000L;

  private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
  private final PoolLender lender = PoolLender.heap(1 << 16, 1 << 16);
  private final HostListener listener =
      new HostListener() {
        @Override
        public void event(HostEvent event) {
          events.add(event);
        }
      };

  private void await(Kind kind) throws InterruptedException {
    HostEvent event;
    do {
      event = events.poll(20, TimeUnit.SECONDS);
      assertTrue(event != null, "no event " + kind);
    } while (event.kind() != kind);
  }

  @Test
  void anUnpluggedPortEndsBothEnds(@TempDir Path folder) throws Exception {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    var cable = new PtyCable();
    // Soon after a terminal was closed, its number may be another program's.
    Path left = Files.createSymbolicLink(folder.resolve("left"), Path.of(cable.left()));
    Path right = Files.createSymbolicLink(folder.resolve("right"), Path.of(cable.right()));
    Connector port = Lines.port(left.toString(), 1_000_000);
    HostPort host = new HostPort(Lines.port(right.toString(), 1_000_000), lender, listener);
    var store = SerialStore.builder(port).size(5000).timeout(PATIENCE).open();
    store.write(0, new byte[5000], 0, 5000);
    store.sync();
    Files.delete(left);
    Files.delete(right);
    cable.close();
    assertThrows(StoreException.class, () -> store.read(0, new byte[10], 0, 10));
    await(Kind.DISCONNECTED);
    assertFalse(host.isConnected());
    assertEquals(5000, lender.lent());
    store.close();
    host.close();
    assertEquals(0, lender.lent());
  }

  @Test
  void aPortThatDoesNotExistIsAnErrorWithItsName() {
    var e = assertThrows(StoreException.class, () -> Stores.open("serial:/dev/no-such-port"));
    assertTrue(e.getMessage().contains("/dev/no-such-port"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Stores.open("serial:"));
    assertThrows(IllegalArgumentException.class, () -> Stores.open("serial:/dev/x?bauds=1"));
  }

  /** A host behind a TCP server, one connection after the other. */
  private static final class TcpHost implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final HostPort host;

    /** A host whose line is whatever connects next. */
    TcpHost(PoolLender lender, HostListener listener) throws IOException {
      host = new HostPort(this::accept, lender, listener);
    }

    private Transport accept() throws IOException {
      var socket = server.accept();
      return new Transport() {
        @Override
        public int read(byte[] target, int from, int length, long nanos) throws IOException {
          return socket.getInputStream().read(target, from, length);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
          socket.getOutputStream().write(source, from, length);
        }

        @Override
        public void close() {
          try {
            socket.close();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        }
      };
    }

    String uri() {
      return "serial-tcp://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
      host.close();
    }
  }

  @Test
  void aStoreGoesOnWithItsPoolAfterAReconnection() throws Exception {
    try (var host = new TcpHost(lender, listener)) {
      int port = host.server.getLocalPort();
      var cut = new Transport[1];
      Connector connector = Lines.tcp("127.0.0.1", port);
      Connector cuttable = () -> cut[0] = connector.connect();
      try (var store =
          SerialStore.builder(cuttable).size(60_000).timeout(PATIENCE).reconnect(PATIENCE).open()) {
        assertTrue(store.isChecked());
        var bytes = new byte[60_000];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (i * 31 >> 3);
        }
        for (int at = 0; at < bytes.length; at += 15_000) {
          store.write(at, bytes, at, 15_000);
          cut[0].close();
        }
        var back = new byte[bytes.length];
        store.read(0, back, 0, back.length);
        assertArrayEquals(bytes, back);
      }
      await(Kind.RESUMED);
    }
  }

  @Test
  void aHostThatWasStartedAnewIsAnErrorAndNotZeros() throws Exception {
    var hosts = new TcpHost[] {new TcpHost(lender, listener), null};
    Connector connector = () -> Lines.tcp("127.0.0.1", port(hosts)).connect();
    var store = SerialStore.builder(connector).size(1000).timeout(PATIENCE).open();
    store.write(0, new byte[] {1, 2, 3}, 0, 3);
    store.sync();
    hosts[0].close();
    assertEquals(0, lender.lent());
    assertThrows(StoreException.class, () -> store.read(0, new byte[3], 0, 3));
    hosts[1] = new TcpHost(lender, listener);
    for (int i = 0; i < 2; i++) {
      var e = assertThrows(StoreException.class, () -> store.read(0, new byte[3], 0, 3));
      assertTrue(e.getMessage().contains("lost the pool"), e.getMessage());
    }
    await(Kind.LOST);
    store.close();
    hosts[1].close();
  }

  private static int port(TcpHost[] hosts) {
    return hosts[hosts[1] == null ? 0 : 1].server.getLocalPort();
  }

  @Test
  void nobodyAtTheOtherEndIsAnErrorInTime() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      String uri = "serial-tcp://127.0.0.1:" + server.getLocalPort() + "?timeout=200";
      var e = assertThrows(StoreException.class, () -> Stores.open(uri));
      assertTrue(e.getMessage().contains("no host answers"), e.getMessage());
      assertTrue(System.nanoTime() - start >= 200_000_000);
    }
  }

  @Test
  void consoleAndPingWorkInBothProtocols() throws Exception {
    try (var host = new TcpHost(lender, listener)) {
      for (String protocol : new String[] {"checked", "plain"}) {
        byte[] typed = {'h', 'i', (byte) 0xFF};
        assertEquals(3, host.host.session().type(typed, 0, 3));
        var builder = SerialStore.builder(Lines.tcp("127.0.0.1", host.server.getLocalPort()));
        builder.protocol(Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)));
        try (var store = builder.size(1000).timeout(PATIENCE).open()) {
          assertEquals(protocol.equals("checked"), store.isChecked());
          assertTrue(store.ping() > 0);
          store.print("hello".getBytes(StandardCharsets.US_ASCII), 0, 5);
          assertEquals(3, store.inputAvailable());
          var input = new byte[10];
          assertEquals(2, store.readInput(input, 1, 2));
          assertEquals(1, store.readInput(input, 3, 7));
          assertEquals(0, store.readInput(input, 0, 10));
          assertArrayEquals(typed, Arrays.copyOfRange(input, 1, 4));
        }
      }
    }
  }
}
