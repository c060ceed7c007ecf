package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.HostEvent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A device is unplugged from a real port, or its host is closed, in each state of the host. */
@Timeout(60)
class HostHangUpTest {
  private static final int POOL = 1 << 16;
  private static final long SESSION = 99;

  /** What a device has sent when it goes. */
  private enum State {
    IDLE,
    CODE(0xFF),
    ARGUMENTS(0xFF, 2, 7, 0, 0),
    POOL_LENT,
    PAYLOAD(0xFF, 3, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3),
    /** Answers that nobody reads: more than a terminal buffers. */
    ANSWERING(0xFF, 2, 0, 0, 0, 0, 0, 0, 1, 0),
    ASKED,
    HALF_A_FRAME,
    WINDOW_FULL,
    ANSWERING_FRAMES;

    private final int[] bytes;

    State(int... bytes) {
      this.bytes = bytes;
    }

    /** Returns all that the device sends from the start on. */
    byte[] sent() {
      var out = new ByteArrayOutputStream();
      boolean framed = ordinal() >= ASKED.ordinal();
      if (framed) {
        put(out, 0xFF, 0);
        out.writeBytes(Plain.question());
      } else if (this != IDLE) {
        put(out, 0xFF, 0, 0xFF, 1, 0, 0, 1, 0);
      }
      put(out, bytes);
      if (framed && this != ASKED) {
        var writer = new FrameWriter(FrameType.HOST_DATA + 4);
        frame(out, writer.start(FrameType.OPEN, 0).u32(1).u32(POOL), 0);
        frames(out, writer);
      }
      return out.toByteArray();
    }

    private void frames(ByteArrayOutputStream out, FrameWriter writer) {
      if (this == HALF_A_FRAME) {
        put(out, 4, FrameType.WRITE, 1);
      }
      for (int i = 1; i < FrameType.HOST_WINDOW && this == WINDOW_FULL; i++) {
        frame(out, writer.start(FrameType.WRITE, i).u32(0).bytes(new byte[8], 0, 8), SESSION);
      }
      for (int i = 0; i < FrameType.HOST_WINDOW && this == ANSWERING_FRAMES; i++) {
        frame(out, writer.start(FrameType.READ, i).u32(0).u16(FrameType.HOST_DATA), SESSION);
      }
    }

    private static void put(ByteArrayOutputStream out, int... bytes) {
      for (int value : bytes) {
        out.write(value);
      }
    }

    private static void frame(ByteArrayOutputStream out, FrameWriter writer, long session) {
      var bytes = new byte[FrameWriter.encodedLength(FrameType.HOST_DATA)];
      out.write(bytes, 0, writer.finish(session, bytes, 0));
    }

    boolean blocks() {
      return this == ANSWERING || this == ANSWERING_FRAMES;
    }

    boolean hasPool() {
      return this != IDLE && this != ASKED;
    }
  }

  /** What the host knows the port by: soon after a hang-up, its number may be another program's. */
  @TempDir private Path folder;

  private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
  private final PoolLender lender = PoolLender.heap(POOL, POOL);
  private final CountDownLatch allRead = new CountDownLatch(1);
  private final CountDownLatch wrote = new CountDownLatch(1);

  @BeforeEach
  void onlyWithPseudoTerminals() {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
  }

  /** A real port that tells when so many bytes have come, and when the host has begun to answer. */
  private Connector port(String path, int expected) {
    return () -> {
      Transport real = SerialPortTransport.open(path, 1_000_000);
      return new Transport() {
        private int got;
        private int answered;

        @Override
        public int read(byte[] target, int from, int length, long nanos) throws IOException {
          if (got >= expected) {
            allRead.countDown();
          }
          int count = real.read(target, from, length, nanos);
          got += Math.max(0, count);
          return count;
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
          answered += length;
          if (answered > 4000) {
            wrote.countDown();
          }
          real.write(source, from, length);
        }

        @Override
        public void close() {
          real.close();
        }
      };
    };
  }

  private void await(Kind kind) throws InterruptedException {
    HostEvent event;
    do {
      event = events.poll(30, TimeUnit.SECONDS);
      assertTrue(event != null, "no event " + kind);
    } while (event.kind() != kind);
  }

  private Path link(PseudoTerminal device) throws IOException {
    return Files.createSymbolicLink(folder.resolve("device"), Path.of(device.path()));
  }

  private HostPort reach(State state, PseudoTerminal device) throws Exception {
    byte[] sent = state.sent();
    var host =
        new HostPort(
            port(link(device).toString(), sent.length),
            lender,
            new HostListener() {
              @Override
              public void event(HostEvent event) {
                events.add(event);
              }
            },
            () -> SESSION);
    await(Kind.CONNECTED);
    try (var arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, sent);
      for (long done = 0; done < sent.length; ) {
        done += Math.max(0, device.write(bytes.asSlice(done), sent.length - done));
      }
    }
    // The host is in its next read then, or in a write that nobody takes.
    (state.blocks() ? wrote : allRead).await();
    assertEquals(state.hasPool() ? POOL : 0, lender.lent());
    return host;
  }

  static List<Arguments> cases() {
    var cases = new ArrayList<Arguments>();
    for (State state : State.values()) {
      cases.add(Arguments.of(state, true));
      cases.add(Arguments.of(state, false));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theHostLetsGoAndKeepsThePoolUntilItEnds(State state, boolean unplugged) throws Exception {
    var leaks = new Leaks();
    PseudoTerminal device = PseudoTerminal.open();
    HostPort host = reach(state, device);
    if (unplugged) {
      Files.delete(folder.resolve("device"));
      device.close();
      await(Kind.DISCONNECTED);
      assertEquals(state.hasPool() ? POOL : 0, lender.lent());
    }
    host.close();
    assertFalse(host.isConnected());
    host.close();
    assertEquals(0, lender.lent());
    if (!unplugged) {
      SerialPortTransport.open(device.path(), 1_000_000).close();
      device.close();
    }
    leaks.check(state.toString());
  }

  @Test
  void aHostThatWaitsForItsPortEndsAtOnce() throws Exception {
    var leaks = new Leaks();
    var host =
        new HostPort(
            Lines.port("/dev/no-such-port", 1_000_000),
            lender,
            new HostListener() {
              @Override
              public void event(HostEvent event) {
                events.add(event);
              }
            });
    await(Kind.DISCONNECTED);
    host.close();
    leaks.check("waiting");
  }
}
