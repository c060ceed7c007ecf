package dev.virtmem.examples;

import dev.virtmem.BytePointer;
import dev.virtmem.CStrings;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the lines that are typed at the console of the host in the RAM that it lends, and finds
 * them again. Without an argument the host is a simulated one, where somebody has typed; with
 * {@code --store 'serial:/dev/ttyUSB0?size=64K'} it is {@code ./virtmem serve} at the other end.
 */
final class SerialInput {
  private static final PointerType<RecordPointer<Line>> LINE = PointerType.record(Line.class);
  private static final int POOL = 64 << 10;
  private static final int RAM = 2048;
  private static final int BAUD = 115_200;
  private static final int LATENCY = 1_000_000;
  private static final long POLL = 50_000_000;
  private static final String TYPED =
      "milk\nbread and butter\nbutter biscuits\n?butter\n?eggs\nbye\n";

  record Line(BytePointer text, RecordPointer<Line> next) {}

  private final SerialStore host;
  private final VirtualMemory memory;
  private final BufferedReader typed;
  private final RecordPointer<Line> first;
  private RecordPointer<Line> last;

  private SerialInput(SerialStore host, VirtualMemory memory) {
    this.host = host;
    this.memory = memory;
    typed = new BufferedReader(new InputStreamReader(new ConsoleInput(), StandardCharsets.UTF_8));
    // The list begins with an empty line.
    first = memory.allocate(new Line(null, null));
    last = first;
  }

  /** What is typed at the host, which is asked for it again and again. */
  private final class ConsoleInput extends InputStream {
    @Override
    public int read() {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int most) {
      int count = host.readInput(target, from, most);
      while (count == 0 && most > 0) {
        LockSupport.parkNanos(POLL);
        count = host.readInput(target, from, most);
      }
      return count;
    }
  }

  private void print(String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
    host.print(text, 0, text.length);
  }

  private void run() throws IOException {
    print("Type lines to keep, ?text to find lines with it, bye to end.");
    for (String line = typed.readLine(); !line.equals("bye"); line = typed.readLine()) {
      if (line.startsWith("?")) {
        find(line.substring(1));
      } else if (!line.isEmpty()) {
        keep(line);
      }
    }
    print("The lines took " + memory.usedBytes() + " bytes.");
  }

  private void keep(String line) {
    int size = line.getBytes(StandardCharsets.UTF_8).length + 1;
    var text = memory.allocateBytes(size);
    CStrings.write(text, line, size);
    var next = memory.allocate(new Line(text, null));
    last.pointerMember("next", LINE).set(next);
    last = next;
  }

  private void find(String part) {
    int number = 0;
    int found = 0;
    for (var line = first.get().next(); !line.isNull(); line = line.get().next()) {
      number++;
      String text = CStrings.read(line.get().text());
      if (text.contains(part)) {
        found++;
        print(number + ": " + text);
      }
    }
    print(found + " of " + number + " lines have '" + part + "'.");
  }

  /** Runs until somebody types bye; closes the store. */
  private static void run(SerialStore host) {
    try (var memory = VirtualMemory.builder(host).ram(RAM).open()) {
      new SerialInput(host, memory).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void main(String[] args) {
    if (args.length > 0) {
      run(open(StoreOption.of(args)));
      return;
    }
    var screen =
        new HostListener() {
          @Override
          public void text(byte[] bytes, int from, int length) {
            System.out.write(bytes, from, length);
            System.out.flush();
          }
        };
    System.out.print("Typed at the host:\n" + TYPED + "Shown there:\n");
    byte[] input = TYPED.getBytes(StandardCharsets.UTF_8);
    try (var host = new HostSession(PoolLender.heap(POOL, POOL), screen)) {
      host.type(input, 0, input.length);
      var line = new SimulatedLine(LineEnd.of(host), BAUD, LATENCY, 0, LineFaults.NONE);
      run(SerialStore.builder(line).size(POOL).baud(BAUD).open());
    }
  }

  private static SerialStore open(String uri) {
    BackingStore store = Stores.open(uri);
    if (store instanceof SerialStore host) {
      return host;
    }
    store.close();
    throw new IllegalArgumentException("only serial: and serial-tcp: have a console, got " + uri);
  }
}
