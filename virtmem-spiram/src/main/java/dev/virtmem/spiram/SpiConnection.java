package dev.virtmem.spiram;

import com.pi4j.context.Context;
import com.pi4j.io.IOType;
import com.pi4j.io.exception.IOAlreadyExistsException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A Pi4J connection as the driver uses it: one exchange of bytes while chip select is low, any
 * failure an exception of a sane length, and an end that really frees the device.
 *
 * <p>Safe for use by several threads: one exchange at a time on a bus, whatever store it is for.
 *
 * @param spi the connection
 * @param name bus and channel for messages, such as {@code SPI 0.0}
 * @param context where the connection was opened, to be shut down there; null if it is somebody
 *     else's
 */
record SpiConnection(Spi spi, String name, Context context) {
  // Of the process and not of a Pi4J context: each store opened by a URI has a context of its own,
  // and they may well share a bus.
  private static final Map<SpiBus, Object> MUTEXES =
      Arrays.stream(SpiBus.values()).collect(Collectors.toMap(bus -> bus, bus -> new Object()));

  /** Wraps a connection that its owner will close. */
  static SpiConnection borrow(Spi spi) {
    SpiConfig config = spi.config();
    return new SpiConnection(spi, name(config.bus().getBus(), config.channel()), null);
  }

  /** Opens a connection in SPI mode 0. */
  static SpiConnection open(Context context, int bus, int channel, int hz) {
    return open(context, bus, channel, hz, SpiDeviceFiles.OF_THIS_SYSTEM);
  }

  /** Opens a connection in SPI mode 0, and looks for the reason at some files if that fails. */
  static SpiConnection open(Context context, int bus, int channel, int hz, SpiDeviceFiles files) {
    SpiBus spiBus = SpiBus.getByNumber(bus);
    if (spiBus == null) {
      throw new IllegalArgumentException("SPI bus must be 0 to 6, got " + bus);
    }
    if (channel < 0 || channel > 255) {
      throw new IllegalArgumentException("SPI channel must be 0 to 255, got " + channel);
    }
    String name = name(bus, channel);
    if (!context.hasProvider(IOType.SPI)) {
      throw new StoreException(
          "cannot open "
              + name
              + ": Pi4J found no SPI provider. Add a provider's jar, such as pi4j-plugin-ffm, to"
              + " the class path (for the virtmem command: in VIRTMEM_CLASSPATH)");
    }
    var config =
        Spi.newConfigBuilder(context)
            .id("virtmem-spi-" + bus + "." + channel)
            .bus(spiBus)
            .channel(channel)
            .mode(SpiMode.MODE_0)
            .baud(hz)
            .build();
    try {
      return new SpiConnection(context.create(config), name, context);
    } catch (IOAlreadyExistsException e) {
      throw new StoreException(name + " is in use in this Pi4J context: close its user first", e);
    } catch (RuntimeException e) {
      throw new StoreException(
          "cannot open " + name + ": " + Failures.text(e) + ". " + files.advice(bus, channel),
          Failures.shortened(e));
    }
  }

  private static String name(int bus, int channel) {
    return "SPI " + bus + "." + channel;
  }

  /**
   * Sends an array and replaces its contents by what came back, as Pi4J's own forms with a single
   * buffer do. An exception or a negative result of Pi4J is a failure; what other results mean
   * differs from provider to provider.
   *
   * @param bytes what to send, exactly
   * @param action what this is for, for the message of an exception
   * @param offset what {@code action} is about, in bytes of the chip
   * @param length likewise
   * @throws StoreException if it fails
   */
  void exchange(byte[] bytes, String action, long offset, int length) {
    int result;
    try {
      synchronized (MUTEXES.get(spi.config().bus())) {
        result = spi.transfer(bytes, 0, bytes, 0, bytes.length);
      }
    } catch (RuntimeException e) {
      throw new StoreException(
          describe(action, offset, length) + Failures.text(e), Failures.shortened(e));
    }
    if (result < 0) {
      throw new StoreException(describe(action, offset, length) + "Pi4J returned " + result);
    }
  }

  private String describe(String action, long offset, int length) {
    return action + " of " + length + " bytes at offset " + offset + " failed on " + name + ": ";
  }

  /**
   * Frees the device, if this connection owns it. In this order: {@code close} alone leaves the
   * descriptor open and the id taken, shutting down alone leaves a connection that still works and
   * may reach another device.
   *
   * @throws StoreException if Pi4J reports an error
   */
  void close() {
    if (context == null) {
      return;
    }
    try {
      try {
        spi.close();
      } finally {
        if (context.hasIO(spi.id())) {
          context.shutdown(spi.id());
        }
      }
    } catch (RuntimeException e) {
      throw new StoreException(
          "closing " + name + " failed: " + Failures.text(e), Failures.shortened(e));
    }
  }

  /** The clock that the connection was configured for, in Hz. */
  int hz() {
    return Objects.requireNonNull(spi.config().baud(), "baud");
  }
}
