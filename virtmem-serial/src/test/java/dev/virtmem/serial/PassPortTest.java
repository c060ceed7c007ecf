package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.HostEvent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second port that is the console of a device, over pseudo-terminals. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PassPortTest {
  private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
  private final HostSession device =
      new HostSession(PoolLender.heap(1024, 1024), new HostListener() {});
  private final HostListener listener =
      new HostListener() {
        @Override
        public void event(HostEvent event) {
          events.add(event);
        }
      };

  @BeforeEach
  void onlyWithPseudoTerminals() throws IOException {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    exchange(-1, 0);
  }

  private String await(Kind kind) throws InterruptedException {
    HostEvent event = events.poll(20, TimeUnit.SECONDS);
    assertTrue(event != null, "no event " + kind);
    assertEquals(kind, event.kind(), event.message());
    return event.message();
  }

  /** Lets the device send a command, and returns the answer. */
  private byte[] exchange(int... command) throws IOException {
    var bytes = new byte[command.length];
    for (int i = 0; i < command.length; i++) {
      bytes[i] = (byte) command[i];
    }
    var answer = new ByteArrayOutputStream();
    device.receive(bytes, 0, bytes.length, 0, answer::write);
    return answer.toByteArray();
  }

  /** Lets the device fetch its input, up to a number of bytes below 256. */
  private byte[] fetch(int most) throws IOException {
    byte[] answer = exchange(-1, 5, most, 0, 0, 0);
    return Arrays.copyOfRange(answer, 4, answer.length);
  }

  private byte[] fetchAll(int length) throws IOException {
    var all = new ByteArrayOutputStream();
    while (all.size() < length) {
      all.writeBytes(fetch(200));
      assertFalse(Thread.currentThread().isInterrupted(), "no more input");
    }
    return all.toByteArray();
  }

  private PassPort start(String path) {
    var pass = new PassPort(Lines.port(path, 115_200), listener);
    pass.start(device);
    return pass;
  }

  private static void print(PassPort pass, byte[] text) {
    pass.print(text, 0, text.length);
  }

  private static byte[] random(long seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static byte[] read(PseudoTerminal terminal, int length) throws IOException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment got = arena.allocate(length);
      for (long done = 0; done < length; ) {
        done += terminal.read(got.asSlice(done), length - done);
        assertFalse(Thread.currentThread().isInterrupted(), "no more text");
      }
      return got.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static void type(PseudoTerminal terminal, byte[] input) throws IOException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, input);
      for (long done = 0; done < input.length; ) {
        done += Math.max(0, terminal.write(bytes.asSlice(done), input.length - done));
        assertFalse(Thread.currentThread().isInterrupted(), "no room for input");
      }
    }
  }

  @Test
  void bytesOfAllValuesPassBothWays() throws Exception {
    byte[] text = random(1, 30_000);
    byte[] input = random(2, 3_000);
    try (var terminal = PseudoTerminal.open();
        var pass = start(terminal.path())) {
      await(Kind.CONNECTED);
      for (int done = 0; done < text.length; done += 1_000) {
        pass.print(text, done, 1_000);
      }
      type(terminal, input);
      assertArrayEquals(input, fetchAll(input.length));
      assertArrayEquals(text, read(terminal, text.length));
      assertTrue(pass.isConnected());
      assertEquals(0, pass.dropped());
      // At the end there may be one: that the last of the text was being written still.
      assertEquals(0, events.size());
    }
  }

  @Test
  void aDeviceThatFetchesLateGetsAllOfItsInput() throws Exception {
    byte[] input = random(3, HostSession.INPUT_CAPACITY + 40_000);
    try (var terminal = PseudoTerminal.open();
        var pass = start(terminal.path())) {
      await(Kind.CONNECTED);
      Thread typist =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      type(terminal, input);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      byte[] full = {0, 0, 1, 0};
      while (!Arrays.equals(full, exchange(-1, 4))) {
        assertFalse(Thread.currentThread().isInterrupted(), "it is never full");
      }
      assertArrayEquals(input, fetchAll(input.length));
      typist.join();
      assertEquals(0, pass.dropped());
    }
  }

  @Test
  void textThatNobodyTakesIsDroppedAndTheLastIsKept() throws Exception {
    byte[] text = random(4, 1 << 20);
    try (var terminal = PseudoTerminal.open();
        var pass = start(terminal.path())) {
      await(Kind.CONNECTED);
      var sizes = new Random(5);
      for (int done = 0; done < text.length; ) {
        int part = Math.min(text.length - done, 1 + sizes.nextInt(4096));
        pass.print(text, done, part);
        done += part;
      }
      assertTrue(await(Kind.DROPPED).contains("not taken"));
      assertEquals(0, events.size());
      long dropped = pass.dropped();
      assertTrue(dropped > text.length - PassPort.TEXT_CAPACITY - 40_000, "dropped " + dropped);
      byte[] got = read(terminal, (int) (text.length - dropped));
      assertTrue(await(Kind.DROPPED).contains("again, " + dropped + " bytes"));
      assertArrayEquals(tail(text, PassPort.TEXT_CAPACITY), tail(got, PassPort.TEXT_CAPACITY));

      byte[] more = random(6, 3 * PassPort.TEXT_CAPACITY);
      print(pass, more);
      assertEquals(dropped + 2 * PassPort.TEXT_CAPACITY, pass.dropped());
      assertArrayEquals(tail(more, PassPort.TEXT_CAPACITY), read(terminal, PassPort.TEXT_CAPACITY));
    }
  }

  @Test
  void whatIsLeftAtTheEndIsTold() throws Exception {
    var terminal = PseudoTerminal.open();
    var pass = start(terminal.path());
    await(Kind.CONNECTED);
    byte[] text = random(7, 60_000);
    print(pass, text);
    // It fills the terminal, and waits in vain for the rest to fit.
    read(terminal, 1);
    pass.close();
    assertTrue(pass.dropped() > 20_000, "dropped " + pass.dropped());
    assertTrue(await(Kind.DROPPED).contains("ends, " + pass.dropped() + " bytes"));
    assertFalse(pass.isConnected());
    terminal.close();
  }

  @Test
  void aPortThatVanishesIsWaitedFor(@TempDir Path folder) throws Exception {
    Path link = folder.resolve("pass");
    try (var pass = start(link.toString())) {
      assertTrue(await(Kind.DISCONNECTED).contains("waited for"));
      print(pass, "early ".getBytes(StandardCharsets.US_ASCII));
      for (int round = 0; round < 3; round++) {
        PseudoTerminal terminal = PseudoTerminal.open();
        Files.createSymbolicLink(link, Path.of(terminal.path()));
        await(Kind.CONNECTED);
        byte[] text = (round == 0 ? "early late" : "late").getBytes(StandardCharsets.US_ASCII);
        type(terminal, new byte[] {(byte) round, '\n'});
        assertArrayEquals(new byte[] {(byte) round, '\n'}, fetchAll(2));
        if (round == 0) {
          print(pass, "late".getBytes(StandardCharsets.US_ASCII));
        }
        assertArrayEquals(text, read(terminal, text.length));
        Files.delete(link);
        terminal.close();
        assertTrue(await(Kind.DISCONNECTED).contains("is gone"));
        assertTrue(await(Kind.DISCONNECTED).contains("waited for"));
        assertFalse(pass.isConnected());
        print(pass, "late".getBytes(StandardCharsets.US_ASCII));
      }
    }
    String end = await(Kind.DROPPED);
    // The last one, and those that were read already when the port vanished amid their write: each
    // of the others, or the first together with what came before it.
    assertTrue(end.matches("the text ends, (4|8|12|16|14|18|22) bytes of it were dropped"), end);
  }

  @Test
  void aPortThatVanishesWhileNobodyReadsItIsWaitedFor(@TempDir Path folder) throws Exception {
    Path link = folder.resolve("pass");
    PseudoTerminal terminal = PseudoTerminal.open();
    Files.createSymbolicLink(link, Path.of(terminal.path()));
    try (var pass = start(link.toString())) {
      await(Kind.CONNECTED);
      byte[] text = random(8, PassPort.TEXT_CAPACITY);
      print(pass, text);
      read(terminal, 1);
      Files.delete(link);
      terminal.close();
      assertTrue(await(Kind.DISCONNECTED).contains("is gone"));
      assertTrue(await(Kind.DISCONNECTED).contains("waited for"));
      terminal = PseudoTerminal.open();
      Files.createSymbolicLink(link, Path.of(terminal.path()));
      await(Kind.CONNECTED);
      // What the terminal had is lost with it, and maybe what was being written.
      byte[] rest = read(terminal, text.length - 40_000);
      int from = text.length - rest.length;
      while (from >= 0 && !Arrays.equals(rest, 0, rest.length, text, from, from + rest.length)) {
        from--;
      }
      assertTrue(from >= 0, "it is another text");
      assertTrue(pass.dropped() <= 1024, "dropped " + pass.dropped());
    }
    terminal.close();
  }

  /** Brings one line of input, refuses text, and is there until it is closed. */
  private static final class OneLine implements Transport {
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean read;

    @Override
    public int read(byte[] target, int from, int length, long nanos) throws IOException {
      if (!read) {
        read = true;
        target[from] = 'x';
        target[from + 1] = '\n';
        return 2;
      }
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return -1;
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      throw new IOException("refused");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** Brings bytes without a line end, and is gone. */
  private static final class LastWords implements Transport {
    private boolean read;

    @Override
    public int read(byte[] target, int from, int length, long nanos) {
      if (read) {
        return -1;
      }
      read = true;
      target[from] = 'x';
      return 1;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      throw new AssertionError("there is no text");
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }

  @Test
  void inputFromAPortThatThenVanishesArrives() throws Exception {
    var lines = new LinkedBlockingQueue<Transport>(List.of(new LastWords()));
    Connector once =
        () -> {
          if (lines.isEmpty()) {
            throw new IOException("it has vanished");
          }
          return lines.remove();
        };
    try (var pass = new PassPort(once, listener)) {
      pass.start(device);
      assertArrayEquals(new byte[] {'x'}, fetchAll(1));
    }
  }

  /** While the device has no room for input the port is not read: only who writes can notice. */
  @Test
  void aPortThatVanishesWhileTheDeviceIsFullIsWaitedFor() throws Exception {
    byte[] full = random(9, HostSession.INPUT_CAPACITY);
    assertEquals(full.length, device.type(full, 0, full.length));
    try (var pass = new PassPort(OneLine::new, listener)) {
      pass.start(device);
      await(Kind.CONNECTED);
      print(pass, new byte[] {'!'});
      await(Kind.DISCONNECTED);
      await(Kind.CONNECTED);
      byte[] got = fetchAll(full.length + 4);
      assertArrayEquals(full, Arrays.copyOf(got, full.length));
      assertArrayEquals(new byte[] {'x', '\n', 'x', '\n'}, tail(got, 4));
    }
    assertTrue(await(Kind.DROPPED).contains("ends, 1 bytes"));
  }

  @Test
  void itIsStartedOnce() throws Exception {
    try (var terminal = PseudoTerminal.open();
        var pass = start(terminal.path())) {
      assertThrows(IllegalStateException.class, () -> pass.start(device));
      assertThrows(IndexOutOfBoundsException.class, () -> pass.print(new byte[2], 1, 2));
    }
    new PassPort(Lines.port("/dev/none", 300), listener).close();
  }
}
