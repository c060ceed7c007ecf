package dev.virtmem.sim;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfigBuilder;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import java.util.Arrays;

/** A bus with one device, and the driver told of some part. */
final class DetectionBench {
  static final int HZ = 10_000_000;

  final VirtualClock clock = new VirtualClock(0);
  private final SpiDevice device;
  private final int limit;

  DetectionBench(SpiDevice device) {
    this(device, 4096);
  }

  DetectionBench(SpiDevice device, int limit) {
    this.device = device;
    this.limit = limit;
  }

  SpiRamStore open(String declared) {
    return open(SpiRamChip.byName(declared));
  }

  SpiRamStore open(SpiRamChip declared) {
    return open(declared, Math.min(HZ, declared.maxHz()));
  }

  SpiRamStore open(SpiRamChip declared, int hz) {
    return SpiRamStore.builder(declared).transferLimit(limit).attach(connection(hz));
  }

  Spi connection(int hz) {
    var config =
        SpiConfigBuilder.newInstance(null)
            .id("bench")
            .bus(SpiBus.BUS_0)
            .channel(0)
            .mode(SpiMode.MODE_0)
            .baud(hz)
            .build();
    return new SimulatedSpiProvider(clock, limit).connect(0, 0, device).create(config);
  }

  /**
   * Switches on a chip that an earlier program has filled: contents that leave more or less open.
   */
  static MemoryChip chip(String part, String kind) {
    var chip = MemoryChip.byName(part, 1);
    // That is what it holds after power-up.
    if (!kind.equals("noise")) {
      fill(chip, contents(kind, chip.capacity()));
    }
    return chip;
  }

  private static void fill(MemoryChip chip, byte[] data) {
    boolean psram = chip instanceof PsramChip;
    if (chip instanceof SramChip) {
      send(chip, 0x01, 0x40);
    } else if (psram) {
      send(chip, 0x66);
      send(chip, 0x99);
    }
    int step = psram ? 16 : data.length;
    int addressBytes = chip.instruction(0x02).addressBytes();
    for (int at = 0; at < data.length; at += step) {
      if (chip instanceof FramChip) {
        send(chip, 0x06);
      }
      var bytes = new byte[1 + addressBytes + step];
      bytes[0] = 0x02;
      for (int i = addressBytes, rest = at; i > 0; i--, rest >>= 8) {
        bytes[i] = (byte) rest;
      }
      System.arraycopy(data, at, bytes, 1 + addressBytes, step);
      chip.transfer(bytes, 0, bytes, 0, bytes.length);
    }
    if (!Arrays.equals(data, chip.peek(0, data.length))) {
      throw new AssertionError("the chip is not filled");
    }
  }

  private static void send(MemoryChip chip, int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    chip.transfer(bytes, 0, bytes, 0, bytes.length);
  }

  private static byte[] contents(String kind, int size) {
    var data = new byte[size];
    for (int i = 0; i < size; i++) {
      data[i] =
          (byte)
              switch (kind) {
                case "zeros" -> 0;
                case "ones" -> 0xff;
                case "marks" -> 0xa6;
                case "triples" -> i % 3 * 100 - 1;
                default -> throw new AssertionError(kind);
              };
    }
    return data;
  }
}
