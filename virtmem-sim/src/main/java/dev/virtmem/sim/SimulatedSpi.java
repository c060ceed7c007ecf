package dev.virtmem.sim;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import java.util.Arrays;
import java.util.Objects;

/** A connection to a simulated device. Each of its methods is one transfer. */
final class SimulatedSpi extends SpiBase implements Spi {
  private final SimulatedSpiProvider bus;
  private final SpiDevice device;

  SimulatedSpi(SimulatedSpiProvider bus, SpiConfig config, SpiDevice device) {
    super(bus, config);
    this.bus = bus;
    this.device = device;
    isOpen = true;
  }

  @Override
  public int transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int length) {
    if (!isOpen) {
      throw new Pi4JException("Simulated SPI connection " + id() + " is closed");
    }
    Objects.checkFromIndexSize(writeOffset, length, write.length);
    Objects.checkFromIndexSize(readOffset, length, read.length);
    bus.transfer(config(), device, write, writeOffset, read, readOffset, length);
    return length;
  }

  @Override
  public int write(byte value) {
    return write(new byte[] {value}, 0, 1);
  }

  @Override
  public int write(byte[] data, int offset, int length) {
    return transfer(data, offset, new byte[length], 0, length);
  }

  @Override
  public int read() {
    var value = new byte[1];
    read(value, 0, 1);
    return Byte.toUnsignedInt(value[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return transfer(new byte[length], 0, buffer, offset, length);
  }

  @Override
  public void writeThenRead(
      byte[] write,
      int writeOffset,
      int writeLength,
      int readDelayNanos,
      byte[] read,
      int readOffset,
      int readLength) {
    Objects.checkFromIndexSize(writeOffset, writeLength, write.length);
    Objects.checkFromIndexSize(readOffset, readLength, read.length);
    var both = Arrays.copyOfRange(write, writeOffset, writeOffset + writeLength + readLength);
    Arrays.fill(both, writeLength, both.length, (byte) 0);
    transfer(both, 0, both, 0, both.length);
    bus.clock().pause(readDelayNanos);
    System.arraycopy(both, writeLength, read, readOffset, readLength);
  }
}
