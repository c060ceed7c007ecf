package dev.virtmem.sim;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import com.pi4j.io.spi.SpiProviderBase;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Pi4J provider of SPI connections to simulated devices, so that a Pi4J program runs unchanged
 * where there is no SPI:
 *
 * <pre>{@code
 * var provider = new SimulatedSpiProvider(new VirtualClock(15_000));
 * provider.connect(0, 0, SramChip.powerUp("23LC1024", 1));
 * Context pi4j = Pi4J.newContextBuilder().add(provider).build();
 * }</pre>
 *
 * <p>It behaves as Pi4J's provider for Linux does where that matters to a driver: a transfer longer
 * than the kernel's limit, and any on a closed connection, is a {@link Pi4JException}; closing a
 * connection leaves its id taken until it is shut down in the context. Connections of a provider
 * that was never handed to a context belong to no registry, and need no context to be started.
 *
 * <p>Safe for use by several threads: one transfer at a time, whatever bus it is on.
 */
public final class SimulatedSpiProvider extends SpiProviderBase implements SpiProvider {
  /** The longest transfer that Linux takes unless it is told otherwise, in bytes. */
  static final int DEFAULT_LIMIT = 4096;

  private final VirtualClock clock;
  private final int transferLimit;
  private final Map<String, SpiDevice> devices = new TreeMap<>();
  private volatile CommandLog log;

  /**
   * Creates a provider with no device, and the limit on transfers that Linux has by default.
   *
   * @param clock advanced by the traffic
   */
  public SimulatedSpiProvider(VirtualClock clock) {
    this(clock, DEFAULT_LIMIT);
  }

  /**
   * Creates a provider with no device.
   *
   * @param clock advanced by the traffic
   * @param transferLimit the longest transfer, in bytes; longer ones fail as in Linux
   */
  public SimulatedSpiProvider(VirtualClock clock, int transferLimit) {
    super("virtmem-sim-spi", "Simulated SPI");
    this.clock = clock;
    this.transferLimit = transferLimit;
  }

  /**
   * Wires a device to a bus and a chip select.
   *
   * @param bus SPI bus, 0 to 6
   * @param channel chip select, at least 0
   * @param device the device; used by this provider alone while there are connections to it
   * @return this
   * @throws IllegalArgumentException if there is a device already
   */
  public synchronized SimulatedSpiProvider connect(int bus, int channel, SpiDevice device) {
    SpiDevice other = devices.putIfAbsent(bus + "." + channel, device);
    if (other != null) {
      throw new IllegalArgumentException(
          "SPI " + bus + "." + channel + " has a device already, " + other);
    }
    return this;
  }

  @Override
  public synchronized Spi create(SpiConfig config) {
    String place = config.bus().getBus() + "." + config.channel();
    SpiDevice device = devices.get(place);
    if (device == null) {
      throw new Pi4JException(
          "No device on simulated SPI " + place + "; there are devices on " + devices.keySet());
    }
    var spi = new SimulatedSpi(this, config, device);
    Context context = context();
    if (context != null) {
      context.registry().add(spi);
    }
    return spi;
  }

  /**
   * Notes from now on what is on the wires.
   *
   * @param log where; may be that of other providers as well; null for nowhere, as at first
   * @return this
   */
  public SimulatedSpiProvider log(CommandLog log) {
    this.log = log;
    return this;
  }

  /** Does one transfer of a connection. */
  void transfer(
      SpiConfig config,
      SpiDevice device,
      byte[] out,
      int outFrom,
      byte[] in,
      int inFrom,
      int length) {
    if (length > transferLimit) {
      throw new Pi4JException("A transfer of " + length + " bytes failed: Message too long (90)");
    }
    CommandLog log = this.log;
    if (log == null || length == 0) {
      exchange(device, config.baud(), out, outFrom, in, inFrom, length);
      return;
    }
    int bus = config.bus().getBus();
    int channel = config.channel();
    log.begin(bus, channel);
    try {
      synchronized (this) {
        var command = Command.of(bus, channel, clock.nanos(), device, out, outFrom, length);
        try {
          exchange(device, config.baud(), out, outFrom, in, inFrom, length);
        } catch (RuntimeException e) {
          log.add(command.withFailure());
          throw e;
        }
        log.add(command);
      }
    } finally {
      log.end(bus, channel);
    }
  }

  private synchronized void exchange(
      SpiDevice device, int hz, byte[] out, int outFrom, byte[] in, int inFrom, int length) {
    device.transfer(out, outFrom, in, inFrom, length, hz);
    clock.transfer(length, hz);
  }

  VirtualClock clock() {
    return clock;
  }
}
