package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.PtyHost.Fate;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real port is unplugged, or its host dies, at many moments in the life of a store. */
@Timeout(120)
class StoreHangUpTest {
  private static final int SIZE = 2000;
  private static final int BAUD = 1_000_000;
  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;

  private final Random random = new Random(1);
  private final byte[] model = new byte[SIZE];

  @BeforeEach
  void onlyWithPseudoTerminals() {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
  }

  private Path link() {
    return folder.resolve("port");
  }

  private SerialStore open(Protocol protocol, PtyHost host) {
    return SerialStore.builder(new PtyLine(Lines.port(link().toString(), BAUD), host))
        .size(SIZE)
        .baud(BAUD)
        .protocol(protocol)
        .timeout(200 * MILLI)
        .reconnect(100 * MILLI)
        .retry(20 * MILLI)
        .nonces(random::nextLong)
        .open();
  }

  private void write(SerialStore store, int at, int length) {
    for (int i = at; i < at + length; i++) {
      model[i] = (byte) random.nextInt();
    }
    store.write(at, model, at, length);
  }

  private void read(SerialStore store, int at, int length) {
    var bytes = new byte[SIZE];
    store.read(at, bytes, at, length);
    for (int i = at; i < at + length; i++) {
      assertEquals(model[i], bytes[i]);
    }
  }

  /** Uses everything that a store can do. */
  private void live(SerialStore store) {
    write(store, 0, SIZE);
    read(store, 100, 300);
    write(store, 200, 1000);
    store.sync();
    store.ping();
    for (int at = 0; at < SIZE; at += 200) {
      read(store, at, 200);
    }
    store.print("hello\n".getBytes(StandardCharsets.US_ASCII), 0, 6);
    store.inputAvailable();
    store.readInput(new byte[8], 0, 8);
    write(store, 500, 700);
    read(store, 0, SIZE);
  }

  static List<Arguments> cases() {
    var cases = new ArrayList<Arguments>();
    for (Protocol protocol : List.of(Protocol.CHECKED, Protocol.PLAIN)) {
      for (Fate fate : Fate.values()) {
        for (boolean toHost : new boolean[] {true, false}) {
          cases.add(Arguments.of(protocol, fate, toHost));
        }
      }
    }
    return cases;
  }

  /** Returns the bytes after which to break: each of the first, which find the host, and others. */
  private List<Long> moments(Protocol protocol, boolean toHost) throws IOException {
    long all;
    try (var host = new PtyHost(link(), Fate.STAYS_AWAY, toHost, 0)) {
      var store = open(protocol, host);
      live(store);
      all = host.bytes[toHost ? 0 : 1];
      store.close();
    }
    var moments = new ArrayList<Long>();
    for (long at = 1; at < all; at += at < 40 ? 5 : all / 15) {
      moments.add(at);
    }
    return moments;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCallEndsAndNothingIsLeftBehind(Protocol protocol, Fate fate, boolean toHost)
      throws IOException {
    List<Long> all = moments(protocol, toHost);
    var some = new ArrayList<Long>();
    for (int i = fate.ordinal(); i < all.size(); i += all.size() / 3) {
      some.add(all.get(i));
    }
    breakAfter(some, protocol, fate, toHost);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("cases")
  void thatHoldsAtEveryMoment(Protocol protocol, Fate fate, boolean toHost) throws IOException {
    breakAfter(moments(protocol, toHost), protocol, fate, toHost);
  }

  private void breakAfter(List<Long> moments, Protocol protocol, Fate fate, boolean toHost)
      throws IOException {
    for (long at : moments) {
      String title = protocol + ", " + fate + ", " + (toHost ? "to host" : "to store") + " " + at;
      var leaks = new Leaks();
      var host = new PtyHost(link(), fate, toHost, at);
      SerialStore store = null;
      StoreException failure = null;
      try {
        store = open(protocol, host);
        while (!host.isBroken()) {
          live(store);
        }
        // Which notices it, if it was just at the end.
        live(store);
      } catch (StoreException e) {
        failure = e;
      }
      assertTrue(host.isBroken(), title + ": " + failure);
      boolean goesOn = fate == Fate.COMES_BACK && protocol == Protocol.CHECKED && store != null;
      assertEquals(goesOn, failure == null, title + ": " + failure);
      if (goesOn) {
        store.sync();
        store.close();
      } else if (store != null) {
        SerialStore broken = store;
        assertThrows(StoreException.class, () -> broken.read(0, new byte[1], 0, 1), title);
        try {
          store.close();
        } catch (StoreException e) {
          // What was not acknowledged is lost, and that is told.
        }
      }
      if (fate == Fate.COMES_BACK) {
        host.plugInAnew();
        var next = open(protocol, host);
        next.write(3, new byte[] {1, 2, 3}, 0, 3);
        next.sync();
        next.close();
      }
      host.close();
      leaks.check(title);
      assertEquals(0, host.lender.lent(), title);
    }
  }

  /** With nobody reading at the other end, the terminal's buffer fills and a write waits. */
  @Test
  void aWriteThatNobodyTakesEnds() throws IOException {
    var leaks = new Leaks();
    var host = new PtyHost(link(), Fate.SILENT, true, 1000);
    var store = open(Protocol.PLAIN, host);
    var bytes = new byte[SIZE];
    var e =
        assertThrows(
            StoreException.class,
            () -> {
              for (int i = 0; i < 1000; i++) {
                store.write(0, bytes, 0, SIZE);
              }
            });
    assertTrue(e.getMessage().contains("has taken nothing for"), e.getMessage());
    store.close();
    // The port is free again, and the terminal is the same.
    SerialPortTransport.open(link().toString(), BAUD).close();
    host.close();
    leaks.check("a write that nobody takes");
  }

  @Test
  void aWriteThatNobodyTakesFromASocketEnds() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Transport line = Lines.tcp("127.0.0.1", server.getLocalPort()).connect();
      line.writeTimeout(MILLI);
      var bytes = new byte[1 << 20];
      var e =
          assertThrows(
              IOException.class,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  line.write(bytes, 0, bytes.length);
                }
              });
      assertTrue(e.getMessage().contains("has taken nothing for"), e.getMessage());
      line.close();
    }
  }
}
