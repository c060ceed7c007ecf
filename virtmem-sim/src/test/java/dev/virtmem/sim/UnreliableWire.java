package dev.virtmem.sim;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfigBuilder;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A chip on wires that flip bits at a rate, fall silent, or fail, as a test wants it. */
final class UnreliableWire implements SpiDevice {
  /** What becomes of single transfers: the bytes that the chip will see, to be changed. */
  interface Tamper {
    /** Returns whether to go on: else nothing reaches the chip, and the line floats. */
    boolean onTheWay(byte[] mosi, int length);
  }

  final MemoryChip chip;
  final VirtualClock clock = new VirtualClock(15_000);

  /** Whether nothing reaches the chip, and the line to the host floats high. */
  boolean silent;

  /** How many of the next transfers end in an I/O error. */
  int errors;

  /** Called for each transfer if set. */
  Tamper tamper = (mosi, length) -> true;

  long flips;

  private final Random random;
  private final byte[] mosi = new byte[4096];
  private double rate;
  private boolean dataOnly;
  private int header;
  private long untilFlip = Long.MAX_VALUE;

  UnreliableWire(MemoryChip chip, long seed) {
    this.chip = chip;
    random = new Random(seed);
  }

  /** Flips any bit either way with a chance. */
  UnreliableWire flipping(double newRate) {
    rate = newRate;
    untilFlip = distance();
    return this;
  }

  /** Spares what is not data of READ and WRITE. */
  UnreliableWire onlyInData() {
    dataOnly = true;
    header = 1 + SpiRamChip.byName(chip.part()).addressBytes();
    return this;
  }

  private long distance() {
    return rate == 0
        ? Long.MAX_VALUE
        : (long) (Math.log(1 - random.nextDouble()) / Math.log1p(-rate));
  }

  private void flip(byte[] bytes, int from, int length) {
    long bits = 8L * length;
    long at = untilFlip;
    for (; at < bits; at += 1 + distance()) {
      bytes[from + (int) (at >>> 3)] ^= (byte) (1 << (at & 7));
      flips++;
    }
    untilFlip = at == Long.MAX_VALUE ? at : at - bits;
  }

  @Override
  public void transfer(byte[] out, int outFrom, byte[] in, int inFrom, int length) {
    if (errors > 0) {
      errors--;
      throw new Pi4JException("Remote I/O error (121)");
    }
    System.arraycopy(out, outFrom, mosi, 0, length);
    if (silent || !tamper.onTheWay(mosi, length)) {
      Arrays.fill(in, inFrom, inFrom + length, (byte) 0xff);
      return;
    }
    int spared = 0;
    if (dataOnly) {
      spared = mosi[0] == 2 || mosi[0] == 3 ? Math.min(header, length) : length;
    }
    flip(mosi, spared, length - spared);
    chip.transfer(mosi, 0, in, inFrom, length);
    flip(in, inFrom + spared, length - spared);
  }

  /** Describes the store to open with {@link #open}. */
  SpiRamBuilder builder() {
    return SpiRamStore.builder(SpiRamChip.byName(chip.part()));
  }

  /** Opens a store over the wires, without a Pi4J context, at the part's limit. */
  BackingStore open(SpiRamBuilder builder) {
    return builder.attachAll(List.of(connection()));
  }

  Spi connection() {
    return connection(chip.maxHz());
  }

  Spi connection(int hz) {
    var config =
        SpiConfigBuilder.newInstance(null)
            .id("unreliable")
            .bus(SpiBus.BUS_0)
            .channel(0)
            .mode(SpiMode.MODE_0)
            .baud(hz)
            .build();
    return new SimulatedSpiProvider(clock).connect(0, 0, this).create(config);
  }
}
