package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.Arrays;
import java.util.List;

/**
 * A serial SRAM, FRAM or MRAM chip on an SPI bus, through Pi4J:
 *
 * <pre>{@code
 * SpiRamChip chip = SpiRamChip.byName("23LC1024");
 * try (SpiRamStore store = SpiRamStore.builder(chip).clock(10_000_000).open(pi4j, 0, 0)) {
 *   ...
 * }
 * }</pre>
 *
 * <p>An access of n bytes puts 1 + address bytes + n bytes on the wire. What is longer than the
 * kernel takes in one transfer goes in parts, each of them a command of its own. A chip with a
 * write-enable latch gets WREN, one byte in a transfer of its own, before each command that writes.
 * A chip whose chip select may only be low for some time, or whose accesses end with a page, gets
 * shorter parts.
 *
 * <p>Pi4J is handed an array of exactly the size of each transfer. The store keeps one for each
 * length that came up, so that a transfer allocates nothing unless its length is new. The arrays
 * are softly reachable: the JVM takes them back before it runs out of memory. {@link
 * #bufferBytes()} says how much they are at the moment: some KB for a memory that streams or has
 * few lengths, 320 KB after a quicksort of 80,000 bytes in the default RAM, and 8.4 MB at most,
 * once all lengths up to 4,096 have come up.
 *
 * <p>Used by one thread at a time, as any store. Several stores on one bus may be used by a thread
 * each: their transfers go one at a time. Each command is a single transfer, and the latch that
 * WREN sets is the chip's own, so that the order among chips does not matter.
 */
public final class SpiRamStore implements BackingStore {
  private final ChipCommands commands;
  private final SpiConnection connection;
  private final SpiRamChip chip;
  private final int hz;
  private final int header;
  private final int payload;
  private final boolean writeEnable;
  private final byte[] wren = new byte[1];
  private final TransferCost cost;
  private final TransferArrays arrays = new TransferArrays();
  private final StoreState state;

  SpiRamStore(ChipCommands commands, int gapNanos) {
    this.commands = commands;
    connection = commands.connection();
    chip = commands.chip();
    hz = commands.hz();
    header = 1 + chip.addressBytes();
    payload = commands.limit() - header;
    state = new StoreState(this, chip.capacity());
    double byteNanos = 8e9 / hz;
    double fixedNanos = gapNanos + header * byteNanos;
    writeEnable = chip.has(SpiRamChip.Trait.WRITE_ENABLE);
    double wrenNanos = writeEnable ? gapNanos + byteNanos : 0;
    cost = cost(fixedNanos, fixedNanos + wrenNanos, byteNanos);
  }

  private TransferCost cost(double read, double write, double perByte) {
    if (chip.selectNanos() == 0) {
      return new TransferCost(read, perByte, write, perByte, 1);
    }
    // Nearly every access takes several transfers: ceil(n / payload) is at most 1 + (n - 1) /
    // payload.
    return new TransferCost(
        read - read / payload,
        perByte + read / payload,
        write - write / payload,
        perByte + write / payload,
        1);
  }

  /**
   * Starts to describe a store.
   *
   * @param chip the part that is wired to the bus
   * @return a builder with defaults
   */
  public static SpiRamBuilder builder(SpiRamChip chip) {
    return new SpiRamBuilder(chip);
  }

  @Override
  public long capacity() {
    return chip.capacity();
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    for (int done = 0; done < target.length(); ) {
      int part = part(offset + done, target.length() - done);
      byte[] bytes = command(ChipCommands.READ, offset + done, part);
      Arrays.fill(bytes, header, bytes.length, (byte) 0);
      connection.exchange(bytes, "read", offset + done, part);
      target.put(done, bytes, header, part);
      done += part;
    }
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    for (int done = 0; done < source.length(); ) {
      int part = part(offset + done, source.length() - done);
      byte[] bytes = command(ChipCommands.WRITE, offset + done, part);
      source.get(done, bytes, header, part);
      if (writeEnable) {
        // The answer replaces what was sent.
        wren[0] = ChipCommands.WREN;
        connection.exchange(wren, "write-enable before a write", offset + done, part);
      }
      connection.exchange(bytes, "write", offset + done, part);
      done += part;
    }
  }

  /** Returns how many of the bytes from an address on go in one transfer. */
  private int part(long address, int length) {
    int part = Math.min(payload, length);
    int page = chip.page();
    return page == 0 ? part : (int) Math.min(part, page - (address & page - 1));
  }

  /**
   * Puts the chip back into the state that the driver needs, after something went wrong on the bus
   * or the chip was without power. Its contents are not touched.
   *
   * @throws dev.virtmem.store.StoreException if the chip does not answer as it should
   */
  void setUp() {
    StartUp.run(commands, false, List.of());
  }

  /** Returns an array of the size of a command, with instruction and address in place. */
  private byte[] command(byte instruction, long address, int dataLength) {
    byte[] bytes = arrays.ofLength(header + dataLength);
    bytes[0] = instruction;
    for (int i = header - 1; i > 0; i--) {
      bytes[i] = (byte) address;
      address >>>= 8;
    }
    return bytes;
  }

  /** Does nothing: SRAM, FRAM and MRAM have taken every byte when the transfer ends. */
  @Override
  public void sync() {
    state.checkOpen();
  }

  /**
   * Returns the cost of a transfer: (1 + address bytes + n) x 8 / clock for n bytes, each of which
   * is 8 clocks on the wire, plus the {@linkplain SpiRamBuilder#gap gap} that the host needs.
   *
   * <p>If the chip limits how long chip select may be low, an access takes many short transfers.
   * The cost is the line that their sum touches from below wherever one more begins.
   *
   * <p>A write to a chip with a write-enable latch costs the transfer of WREN as well, a gap and 8
   * clocks.
   *
   * @return the cost; unit 1
   */
  @Override
  public TransferCost cost() {
    return cost;
  }

  /**
   * Returns the size of the arrays that this store keeps for transfers at the moment, until the JVM
   * needs their memory.
   *
   * @return bytes, without what it takes to find them, some 70 bytes for each array
   */
  public int bufferBytes() {
    return arrays.bytes();
  }

  @Override
  public void close() {
    if (state.close()) {
      connection.close();
    }
  }

  @Override
  public String toString() {
    return chip.name() + " on " + connection.name() + " at " + hz + " Hz";
  }
}
