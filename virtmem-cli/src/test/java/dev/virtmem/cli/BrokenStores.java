package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreOperation;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import dev.virtmem.store.TransferBuffer;
import java.nio.charset.StandardCharsets;

/** Opens {@code broken:KIND}, stores of 64 KiB with a fault each, for tests of the command. */
public final class BrokenStores implements StoreProvider {
  static final int CAPACITY = 65_536;

  /** The last store that was opened, without its fault. */
  static BackingStore below;

  private BackingStore fault(String kind) {
    return switch (kind) {
      case "none" -> below;
      case "stuck" -> new StuckBit(below);
      case "alias" -> new DeadLine(below);
      case "twins" -> new Twins(below);
      case "misspells" -> new Misspelling(below);
      case "lenient" -> new Lenient(below);
      case "leaky" -> new LeakyWrite(below);
      case "fails" -> failing(new FaultyStore(below));
      default -> throw new IllegalArgumentException("no such fault: " + kind);
    };
  }

  private static BackingStore failing(FaultyStore store) {
    store.failFrom(50, StoreOperation.WRITE);
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
    uri.checkAllUsed();
    below = new KeptOpen(new HeapStore(CAPACITY));
    var contents = new byte[CAPACITY];
    for (int i = 0; i < CAPACITY; i++) {
      contents[i] = contents(i);
    }
    below.write(0, contents, 0, CAPACITY);
    return fault(uri.rest());
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

  /** Address line 13 has no effect. */
  private static final class DeadLine extends Confused {
    DeadLine(BackingStore delegate) {
      super(delegate);
    }

    @Override
    long actual(long offset) {
      return offset & ~(1L << 13);
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
