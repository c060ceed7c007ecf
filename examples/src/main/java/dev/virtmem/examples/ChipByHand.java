package dev.virtmem.examples;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.sim.CommandLog;
import dev.virtmem.sim.SimulatedSpiProvider;
import dev.virtmem.sim.SramChip;
import dev.virtmem.sim.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Drives a simulated 23LC1024 through Pi4J alone, byte by byte, as a driver of one's own would.
 * Nothing but the wiring knows that the chip is simulated.
 */
final class ChipByHand {
  private static final byte WRITE_MODE = 0x01;
  private static final byte WRITE = 0x02;
  private static final byte READ = 0x03;
  private static final byte READ_MODE = 0x05;
  private static final byte SEQUENTIAL = 0x40;

  private final Spi spi;

  private ChipByHand(Spi spi) {
    this.spi = spi;
  }

  /** Sends bytes and returns as many that came back meanwhile. */
  private byte[] transfer(byte... sent) {
    var received = new byte[sent.length];
    if (spi.transfer(sent, 0, received, 0, sent.length) < 0) {
      throw new IllegalStateException("the transfer failed");
    }
    return received;
  }

  private static byte[] command(byte instruction, int address, int dataLength) {
    var bytes = new byte[4 + dataLength];
    bytes[0] = instruction;
    bytes[1] = (byte) (address >> 16);
    bytes[2] = (byte) (address >> 8);
    bytes[3] = (byte) address;
    return bytes;
  }

  private void start() {
    transfer(WRITE_MODE, SEQUENTIAL);
    byte mode = transfer(READ_MODE, (byte) 0)[1];
    System.out.printf("The mode register reads %02X.%n", mode);
  }

  private void write(int address, byte[] data) {
    byte[] bytes = command(WRITE, address, data.length);
    System.arraycopy(data, 0, bytes, 4, data.length);
    transfer(bytes);
  }

  private byte[] read(int address, int length) {
    byte[] received = transfer(command(READ, address, length));
    return Arrays.copyOfRange(received, 4, received.length);
  }

  static void main(String[] args) {
    // On a Raspberry Pi: no provider here, and pi4j-plugin-ffm on the class path instead.
    var log = new CommandLog(100);
    var clock = new VirtualClock(VirtualClock.DEFAULT_GAP_NANOS);
    var chip = SramChip.powerUp("23LC1024", 1);
    var provider = new SimulatedSpiProvider(clock).connect(0, 0, chip).log(log);
    Context pi4j = Pi4J.newContextBuilder().add(provider).build();
    try {
      var config =
          Spi.newConfigBuilder(pi4j)
              .id("ram")
              .bus(0)
              .channel(0)
              .mode(SpiMode.MODE_0)
              .baud(20_000_000);
      var ram = new ChipByHand(pi4j.create(config));
      ram.start();
      ram.write(0x1F00, "Hello, chip!".getBytes(StandardCharsets.US_ASCII));
      System.out.println(new String(ram.read(0x1F00, 12), StandardCharsets.US_ASCII));
      // One byte too far: the chip goes on at its start.
      ram.read(0x1FFFF, 2);
    } finally {
      pi4j.shutdown();
    }
    System.out.println("On the wires:");
    System.out.println(log);
    System.out.println("The chip complains: " + chip.violations());
    System.out.printf("%d clocks, %.1f us%n", chip.clocks(), clock.nanos() / 1e3);
  }
}
