package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreOperation;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;

/** Opens {@code broken:KIND}, stores of 64 KiB with a fault each, for tests of the command. */
public final class BrokenStores implements StoreProvider {
  static final int CAPACITY = 65_536;

  /** The last store that was opened, without its fault. */
  static BackingStore below;

  private BackingStore fault(String kind) {
    return switch (kind) {
      case "none" -> below;
      case "stuck" -> new StuckBit(below);
      case "alias" -> new Addresses(below, offset -> offset & ~(1L << 13));
      case "twins" -> new Twins(below);
      case "misspells" -> new Misspelling(below);
      case "lenient" -> new Lenient(below);
      case "leaky" -> new LeakyWrite(below);
      case "fails" -> failing(new FaultyStore(below));
      case "fails-once" -> failingOnce(new FaultyStore(below));
      case "silent" -> new Silent(below);
      case "reads" -> new Noisy(below, true, false);
      case "writes" -> new Noisy(below, false, true);
      case "data-zero" -> new Lines(below, value -> value & ~0x20);
      case "data-one" -> new Lines(below, value -> value | 0x04);
      case "data-and" -> new Lines(below, value -> (value & 0x24) == 0x24 ? value : value & ~0x24);
      case "data-or" -> new Lines(below, value -> (value & 0x24) == 0 ? value : value | 0x24);
      case "data-copy" -> new Lines(below, value -> value & ~0x80 | value << 2 & 0x80);
      case "half" -> new Addresses(below, offset -> offset & 0x7FFF);
      case "address-and" ->
          new Addresses(below, offset -> (offset & 0x880) == 0x880 ? offset : offset & ~0x880);
      case "address-or" ->
          new Addresses(below, offset -> (offset & 0x880) == 0 ? offset : offset | 0x880);
      default -> throw new IllegalArgumentException("no such fault: " + kind);
    };
  }

  private static BackingStore failing(FaultyStore store) {
    store.failFrom(50, StoreOperation.WRITE);
    return store;
  }

  private static BackingStore failingOnce(FaultyStore store) {
    store.failAt(200, StoreOperation.READ);
    return store;
  }

  @Override
  public String scheme() {
    return "broken";
  }

  @Override
  public String syntax() {
    return "broken:KIND";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    if (uri.rest().startsWith("limit")) {
      return clocked(uri);
    }
    uri.checkAllUsed();
    fill();
    return fault(uri.rest());
  }

  /**
   * Opens {@code broken:limitHZ?hz=HZ}, a chip that keeps its contents from one time to another.
   */
  private static BackingStore clocked(StoreUri uri) {
    int limit = Integer.parseInt(uri.rest().substring("limit".length()));
    int hz = (int) uri.number("hz", 20_000_000, 1, 20_000_000);
    uri.checkAllUsed();
    if (below == null) {
      fill();
    }
    return new Clocked(below, hz, hz > limit);
  }

  private static void fill() {
    below = new KeptOpen(new HeapStore(CAPACITY));
    var contents = new byte[CAPACITY];
    for (int i = 0; i < CAPACITY; i++) {
      contents[i] = contents(i);
    }
    below.write(0, contents, 0, CAPACITY);
  }

  /** Returns what a store holds at first. */
  static byte contents(int offset) {
    return (byte) (offset * 31 + offset / 251);
  }

  /** Can still be read when the command has closed it. */
  private static final class KeptOpen extends ForwardingStore {
    KeptOpen(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void close() {}
  }

  /** Bit 3 at offset 12,345 is always on. */
  private static final class StuckBit extends ForwardingStore {
    static final long OFFSET = 12_345;

    StuckBit(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      super.read(offset, target);
      if (offset <= OFFSET && OFFSET < offset + target.length()) {
        var one = new byte[1];
        target.get((int) (OFFSET - offset), one, 0, 1);
        one[0] |= 8;
        target.put((int) (OFFSET - offset), one, 0, 1);
      }
    }
  }

  /** Sees some offsets as others. */
  private abstract static class Confused extends ForwardingStore {
    Confused(BackingStore delegate) {
      super(delegate);
    }

    abstract long actual(long offset);

    @Override
    public void read(long offset, TransferBuffer target) {
      var one = new byte[1];
      for (int i = 0; i < target.length(); i++) {
        super.read(actual(offset + i), TransferBuffer.of(one));
        target.put(i, one, 0, 1);
      }
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      var one = new byte[1];
      for (int i = 0; i < source.length(); i++) {
        source.get(i, one, 0, 1);
        super.write(actual(offset + i), TransferBuffer.of(one));
      }
    }
  }

  /** Address lines do not do their work. */
  private static final class Addresses extends Confused {
    private final LongUnaryOperator lines;

    Addresses(BackingStore delegate, LongUnaryOperator lines) {
      super(delegate);
      this.lines = lines;
    }

    @Override
    long actual(long offset) {
      return lines.applyAsLong(offset);
    }
  }

  /** Data lines do not do their work. */
  private static final class Lines extends ForwardingStore {
    private final IntUnaryOperator lines;

    Lines(BackingStore delegate, IntUnaryOperator lines) {
      super(delegate);
      this.lines = lines;
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      var bytes = new byte[source.length()];
      source.get(0, bytes, 0, bytes.length);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) lines.applyAsInt(bytes[i] & 0xFF);
      }
      super.write(offset, TransferBuffer.of(bytes));
    }
  }

  /** Flips a bit in 50,000, one way. */
  private static class Noisy extends ForwardingStore {
    static final int ONE_IN = 50_000;

    private final Random random = new Random(5);
    private final boolean reads;
    private final boolean writes;

    Noisy(BackingStore delegate, boolean reads, boolean writes) {
      super(delegate);
      this.reads = reads;
      this.writes = writes;
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      super.read(offset, target);
      if (reads) {
        target.put(0, flipped(target), 0, target.length());
      }
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      super.write(offset, writes ? TransferBuffer.of(flipped(source)) : source);
    }

    private byte[] flipped(TransferBuffer buffer) {
      var bytes = new byte[buffer.length()];
      buffer.get(0, bytes, 0, bytes.length);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextInt(ONE_IN / 8) == 0) {
          bytes[i] ^= (byte) (1 << random.nextInt(8));
        }
      }
      return bytes;
    }
  }

  /** At a clock that is too high, reads are noise and writes may go anywhere. */
  private static final class Clocked extends ForwardingStore {
    private final Random random = new Random(6);
    private final int hz;
    private final boolean tooHigh;

    Clocked(BackingStore delegate, int hz, boolean tooHigh) {
      super(delegate);
      this.hz = hz;
      this.tooHigh = tooHigh;
    }

    @Override
    public TransferCost cost() {
      return new TransferCost(0, 8e9 / hz, 0, 8e9 / hz, 1);
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      super.read(offset, target);
      if (tooHigh) {
        var noise = new byte[1];
        random.nextBytes(noise);
        target.put(random.nextInt(target.length()), noise, 0, 1);
      }
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      super.write(tooHigh ? random.nextLong(capacity() - source.length() + 1) : offset, source);
    }
  }

  /** Gives ones only from the 150th read on. */
  private static final class Silent extends ForwardingStore {
    private int reads;

    Silent(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      super.read(offset, target);
      if (++reads >= 150) {
        var ones = new byte[target.length()];
        Arrays.fill(ones, (byte) 0xFF);
        target.put(0, ones, 0, ones.length);
      }
    }
  }

  /** The block of 4 KiB from 20,480 on is the one from 12,288 on. */
  private static final class Twins extends Confused {
    Twins(BackingStore delegate) {
      super(delegate);
    }

    @Override
    long actual(long offset) {
      return offset / 4096 == 5 ? offset - 2 * 4096 : offset;
    }
  }

  /** Spells a word wrongly when it is written. */
  private static final class Misspelling extends ForwardingStore {
    Misspelling(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      var bytes = new byte[source.length()];
      source.get(0, bytes, 0, bytes.length);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      byte[] wrong = text.replace("copyright", "copywrite").getBytes(StandardCharsets.ISO_8859_1);
      super.write(offset, TransferBuffer.of(wrong));
    }
  }

  /** Does not refuse what is beyond the end. */
  private static final class Lenient extends ForwardingStore {
    Lenient(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      if (offset >= 0 && offset + target.length() <= capacity()) {
        super.read(offset, target);
      }
    }
  }

  /** A write of a single byte clears the next one too. */
  private static final class LeakyWrite extends ForwardingStore {
    LeakyWrite(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      super.write(offset, source);
      if (source.length() == 1 && offset + 1 < capacity()) {
        super.write(offset + 1, TransferBuffer.of(new byte[1]));
      }
    }
  }
}
