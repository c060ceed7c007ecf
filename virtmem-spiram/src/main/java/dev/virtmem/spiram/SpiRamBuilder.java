package dev.virtmem.spiram;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreUri;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * How a chip is to be driven; made by {@link SpiRamStore#builder}. Each number has a default. Not
 * safe for use by several threads.
 *
 * <p>Several chips of one kind make a single store:
 *
 * <pre>{@code
 * BackingStore pool = SpiRamStore.builder(chip).at(0, 0).at(0, 1).at(1, 0).open(pi4j);
 * }</pre>
 */
public final class SpiRamBuilder {
  /** The parameters that {@link #parametersOf} knows, for messages. */
  public static final String URI_PARAMETERS = DriverParameters.SYNTAX;

  /**
   * Clock unless told otherwise, in Hz: breadboards and long wires seldom stand the chip's limit.
   */
  private static final int DEFAULT_HZ = 10_000_000;

  private static final int DEFAULT_GAP_NANOS = 15_000;

  /**
   * Stripe unless told otherwise, in bytes. A transfer that touches one more chip needs one more
   * command, which costs as much as 23 bytes at 10 MHz and 42 at 20 MHz: at most 2 to 4 % of a
   * transfer as long as this stripe. A page as a memory makes them by default, of 64 bytes, and
   * most that are chosen larger, stay in one chip. Smaller stripes would gain nothing for that.
   */
  private static final int DEFAULT_STRIPE = 1024;

  private record Place(int bus, int channel) {}

  private final SpiRamChip chip;
  private final List<Place> places = new ArrayList<>();
  private long stripe;
  private int hz;
  private int gapNanos = DEFAULT_GAP_NANOS;
  private int transferLimit;
  private boolean detect = true;
  private VerificationSettings verification = VerificationSettings.OFF;

  SpiRamBuilder(SpiRamChip chip) {
    this.chip = chip;
    stripe = chip.capacity();
  }

  /**
   * Adds a chip for {@link #open(Context)}. The first one holds the first bytes of the store.
   *
   * @param bus SPI bus, 0 to 6
   * @param channel chip select, 0 to 255
   * @return this
   * @throws IllegalArgumentException if there is a chip already
   */
  public SpiRamBuilder at(int bus, int channel) {
    var place = new Place(bus, channel);
    if (places.contains(place)) {
      throw new IllegalArgumentException(
          "SPI " + bus + "." + channel + " is given twice: each chip has a chip select of its own");
    }
    places.add(place);
    return this;
  }

  /**
   * Stripes the chips by 1,024 bytes, or less if the chip's capacity is no multiple of that.
   *
   * @return this
   * @see #striped(long)
   */
  public SpiRamBuilder striped() {
    return striped(Math.min(DEFAULT_STRIPE, Long.lowestOneBit(chip.capacity())));
  }

  /**
   * Stripes the chips instead of concatenating them: neighbouring stripes are on different chips,
   * so that all are used alike. That makes nothing faster, since one chip is used after the other,
   * and a transfer that is longer than a stripe needs a command for each chip that it touches.
   *
   * @param bytes size of a stripe, a power of two that divides the chip's capacity
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public SpiRamBuilder striped(long bytes) {
    if (bytes < 1 || Long.bitCount(bytes) != 1 || chip.capacity() % bytes != 0) {
      throw new IllegalArgumentException(
          "a stripe must be a power of two that divides the "
              + chip.capacity()
              + " bytes of a "
              + chip.name()
              + ", got "
              + bytes);
    }
    stripe = bytes;
    return this;
  }

  /**
   * Sets the clock. The hardware takes the next lower one that it can make.
   *
   * @param hz Hz, {@link SpiRamChip#minHz()} to the chip's limit; the default is 10 MHz or half of
   *     the chip's limit, whichever is lower, but not below the least
   * @return this
   * @throws IllegalArgumentException if the clock is out of range
   */
  public SpiRamBuilder clock(int hz) {
    this.hz = checkClock(hz);
    return this;
  }

  /**
   * Sets what the host needs between two transfers, from which {@link SpiRamStore#cost()} is
   * computed. It changes nothing on the wire.
   *
   * @param nanos ns, at least 0; the default is 15,000, the middle of 10 to 20 us measured on
   *     Raspberry Pis with spidev
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public SpiRamBuilder gap(int nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("the gap between transfers must be >= 0 ns, got " + nanos);
    }
    gapNanos = nanos;
    return this;
  }

  /**
   * Sets the longest transfer, instruction and address included. Longer accesses are split.
   *
   * @param bytes at least instruction, address and 1 byte; the default is the kernel's limit, read
   *     from {@code /sys/module/spidev/parameters/bufsiz}, or 4,096 where that cannot be read
   * @return this
   * @throws IllegalArgumentException if no data would fit
   */
  public SpiRamBuilder transferLimit(int bytes) {
    if (bytes < 2 + chip.addressBytes()) {
      throw new IllegalArgumentException(
          "a transfer of a "
              + chip.name()
              + " needs at least "
              + (2 + chip.addressBytes())
              + " bytes, got a limit of "
              + bytes);
    }
    transferLimit = bytes;
    return this;
  }

  /**
   * Tells whether to look at the contents of the chip when it is opened, which finds a part that is
   * smaller or has other addresses than declared, and chip selects that reach the same chip: up to
   * 8 bytes at a time are overwritten if the contents leave it open, and put back at once, so that
   * only a loss of power in that moment could change them. Without detection, only registers tell
   * whether the chip is there.
   *
   * @param detect whether to; the default is true
   * @return this
   */
  public SpiRamBuilder detect(boolean detect) {
    this.detect = detect;
    return this;
  }

  /**
   * Sets what is done about bits that flip on the wires. Verification is a store over each chip, so
   * that a fault of one is found and repaired there: see {@link #open(Context)} and {@link
   * #attachAll}.
   *
   * @param kind which verification; {@link Verification#OFF} unless set
   * @return this
   */
  public SpiRamBuilder verify(Verification kind) {
    verification = verification.withKind(kind);
    return this;
  }

  /**
   * Sets how often verification repeats a transfer before it gives up with an exception.
   *
   * @param count 1 to 1,000; 8 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public SpiRamBuilder retries(int count) {
    verification = verification.withRetries(count);
    return this;
  }

  /**
   * Sets into how many regions of data {@link Verification#CRC} divides a chip, beside two of the
   * same size for parity. More regions leave more of the chip; fewer make repairs quicker.
   *
   * @param count 2 to 100; 15 unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public SpiRamBuilder regions(int count) {
    verification = verification.withRegions(count);
    return this;
  }

  /**
   * Allows {@link Verification#CRC} to erase a non-volatile chip that holds no store of that kind,
   * or one that was divided otherwise. A chip that holds what it should keeps it all the same.
   *
   * @return this
   */
  public SpiRamBuilder format() {
    verification = verification.withFormat(true);
    return this;
  }

  /**
   * Sets all that a URI says: {@code hz} as {@link #clock}, {@code gap}, {@code detect}, {@code
   * verify}, {@code retries} and {@code regions} as the methods of these names, {@code limit} as
   * {@link #transferLimit}, {@code layout} and {@code stripe} as {@link #striped(long)}, and {@code
   * format=yes} as {@link #format}. For providers of stores on SPI memory.
   *
   * @param uri the URI; what it does not say is left as it is
   * @return this
   * @throws IllegalArgumentException if a value is not allowed
   */
  public SpiRamBuilder parametersOf(StoreUri uri) {
    DriverParameters.apply(uri, chip, this);
    verification = verification.asIn(uri);
    return this;
  }

  /**
   * Opens a connection to each chip that was {@linkplain #at added} and sets the chips up: one
   * store whose capacity is their sum. Messages of exceptions name the chip that failed, with
   * offsets inside that chip. The store closes the connections; the context stays the caller's.
   *
   * <p>With {@link Verification#CRC} a volatile chip is filled with zeros, which takes about 250
   * transfers for 128 KiB, and each line of a non-volatile one is read and checked, 1,900 transfers
   * for 128 KiB. What is left of a chip is rounded down to whole stripes.
   *
   * @param context a Pi4J context that has an SPI provider
   * @return an open store
   * @throws IllegalArgumentException if a bus or channel is out of range
   * @throws IllegalStateException if no chip was added
   * @throws StoreException if there is no provider, a device cannot be opened or a chip does not
   *     answer; the chips that were opened before are closed then
   */
  public BackingStore open(Context context) {
    if (places.isEmpty()) {
      throw new IllegalStateException("which chips to open must be said with at(bus, channel)");
    }
    return pool(places, (place, working) -> connect(context, place.bus, place.channel, working));
  }

  /**
   * Sets up chips behind connections that are open already, in SPI mode 0: one store whose capacity
   * is their sum. The connections stay the caller's, who closes them after the store and sends
   * nothing over them before. Chips that were {@linkplain #at added} are not opened.
   *
   * @param connections at least one; the clock that they are configured for is the store's
   * @return an open store
   * @throws IllegalArgumentException if there is no connection, or the clock of one is above the
   *     chip's limit or another one than was set with {@link #clock}
   * @throws StoreException if a chip does not answer
   */
  public BackingStore attachAll(List<Spi> connections) {
    if (connections.isEmpty()) {
      throw new IllegalArgumentException("there is no connection to attach to");
    }
    return pool(connections, this::borrow);
  }

  private <T> BackingStore pool(
      List<T> places, BiFunction<T, List<ChipCommands>, SpiRamStore> opener) {
    var chips = new ArrayList<BackingStore>();
    var working = new ArrayList<ChipCommands>();
    try {
      for (T place : places) {
        chips.add(verification.over(opener.apply(place, working), chip, multiple(places.size())));
      }
    } catch (RuntimeException | Error e) {
      closeAfter(e, chips);
      throw e;
    }
    return chips.size() == 1
        ? chips.getFirst()
        : new ChipPool(chips, Math.min(stripe, chips.getFirst().capacity()));
  }

  /** What is left of a chip must be whole stripes, unless the only stripe is the chip itself. */
  private long multiple(int chips) {
    return chips == 1 || stripe == chip.capacity() ? 1 : stripe;
  }

  private static void closeAfter(Throwable failure, List<BackingStore> chips) {
    try {
      ChipPool.forEach(chips, BackingStore::close);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Opens a connection and sets the chip up. The store closes the connection; the context stays the
   * caller's. Chips that were {@linkplain #at added} are not opened.
   *
   * @param context a Pi4J context that has an SPI provider
   * @param bus SPI bus, 0 to 6
   * @param channel chip select, 0 to 255
   * @return an open store
   * @throws IllegalArgumentException if bus or channel is out of range
   * @throws IllegalStateException if verification was set, which is a store over this one
   * @throws StoreException if there is no provider, the device cannot be opened or no chip answers
   */
  public SpiRamStore open(Context context, int bus, int channel) {
    checkUnverified();
    return connect(context, bus, channel, new ArrayList<>());
  }

  private SpiRamStore connect(Context context, int bus, int channel, List<ChipCommands> working) {
    int usual = Math.max(chip.minHz(), Math.min(DEFAULT_HZ, chip.maxHz() / 2));
    int clock = hz != 0 ? hz : usual;
    return start(SpiConnection.open(context, bus, channel, clock), clock, working);
  }

  /**
   * Sets up a chip behind a connection that is open already, in SPI mode 0. The connection stays
   * the caller's, who closes it after the store and sends nothing over it before.
   *
   * @param spi the connection; its configured clock is the store's
   * @return an open store
   * @throws IllegalArgumentException if the connection's clock is above the chip's limit, or
   *     another one than was set with {@link #clock}
   * @throws IllegalStateException if verification was set, which is a store over this one
   * @throws StoreException if no chip answers
   */
  public SpiRamStore attach(Spi spi) {
    checkUnverified();
    return borrow(spi, new ArrayList<>());
  }

  /** What these methods return is the driver alone, and verification is a store over it. */
  private void checkUnverified() {
    if (verification.kind() != Verification.OFF) {
      throw new IllegalStateException(
          "a store with verify="
              + verification.kind()
              + " is opened by at(bus, channel) and open(context), or by attachAll(connections)");
    }
  }

  private SpiRamStore borrow(Spi spi, List<ChipCommands> working) {
    var connection = SpiConnection.borrow(spi);
    int clock = checkClock(connection.hz());
    if (hz != 0 && hz != clock) {
      throw new IllegalArgumentException(
          connection.name() + " runs at " + clock + " Hz, not at the " + hz + " Hz asked for");
    }
    return start(connection, clock, working);
  }

  private SpiRamStore start(SpiConnection connection, int clock, List<ChipCommands> working) {
    try {
      int limit = transferLimit != 0 ? transferLimit : TransferLimit.read(TransferLimit.BUFSIZ);
      int longest = Math.min(limit, chip.longestTransfer(clock));
      var commands = new ChipCommands(connection, chip, clock, longest);
      StartUp.run(commands, detect, working);
      working.add(commands);
      return new SpiRamStore(commands, gapNanos);
    } catch (RuntimeException | Error e) {
      try {
        connection.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private int checkClock(int hz) {
    if (hz < chip.minHz() || hz > chip.maxHz()) {
      throw new IllegalArgumentException(
          "the clock of a "
              + chip.name()
              + " must be "
              + chip.minHz()
              + " to "
              + chip.maxHz()
              + " Hz, got "
              + hz
              + (hz < 1 || hz > chip.maxHz() ? "" : tooSlow()));
    }
    return hz;
  }

  private String tooSlow() {
    return ": its chip select may be low for "
        + chip.selectNanos()
        + " ns at most, and a transfer of a byte of data would take longer";
  }
}
