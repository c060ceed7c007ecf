package dev.virtmem.spiram;

import dev.virtmem.spiram.SpiRamChip.Trait;
import java.util.EnumSet;
import java.util.Set;

/**
 * Describes a part that the driver's table does not have, value by value from its datasheet; made
 * by {@link SpiRamChip#describe}:
 *
 * <pre>{@code
 * SpiRamChip chip =
 *     SpiRamChip.describe("MB85RS4MT")
 *         .capacity(512 << 10)
 *         .addressBytes(3)
 *         .maxHz(40_000_000)
 *         .traits(Trait.WRITE_ENABLE, Trait.NON_VOLATILE)
 *         .build();
 * }</pre>
 *
 * <p>Ranges are checked by {@link #build()}. Not safe for use by several threads.
 */
public final class SpiRamChipBuilder {
  private final String name;
  private long capacity;
  private int addressBytes;
  private int maxHz = 1_000_000;
  private int sequentialMode = SpiRamChip.NO_MODE_REGISTER;
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private int selectNanos;
  private int page;

  SpiRamChipBuilder(String name) {
    this.name = name;
  }

  /**
   * Sets the size of the array. There is no default.
   *
   * @param bytes bytes, at least 1
   * @return this
   */
  public SpiRamChipBuilder capacity(long bytes) {
    capacity = bytes;
    return this;
  }

  /**
   * Sets the length of addresses.
   *
   * @param bytes bytes after READ 03 and WRITE 02, 1 to 4; the default is as many as the capacity
   *     needs, but at least 2
   * @return this
   */
  public SpiRamChipBuilder addressBytes(int bytes) {
    addressBytes = bytes;
    return this;
  }

  /**
   * Sets the clock limit.
   *
   * @param hz highest clock in Hz, at least 1; the default is 1,000,000
   * @return this
   */
  public SpiRamChipBuilder maxHz(int hz) {
    maxHz = hz;
    return this;
  }

  /**
   * Says that there is a mode register (RDMR 05, WRMR 01), as serial SRAM has.
   *
   * @param value what makes an access run through the whole array, 0 to 255; 0x40 in Microchip's
   *     parts. The default is {@link SpiRamChip#NO_MODE_REGISTER}
   * @return this
   */
  public SpiRamChipBuilder sequentialMode(int value) {
    sequentialMode = value;
    return this;
  }

  /**
   * Adds traits.
   *
   * @param more what the part has; the default is none
   * @return this
   */
  public SpiRamChipBuilder traits(Trait... more) {
    traits.addAll(Set.of(more));
    return this;
  }

  /**
   * Limits how long chip select may be low; transfers are cut accordingly.
   *
   * @param nanos ns, at least what a byte with instruction and address takes at the clock limit; 0
   *     for no limit, the default
   * @return this
   */
  public SpiRamChipBuilder selectNanos(int nanos) {
    selectNanos = nanos;
    return this;
  }

  /**
   * Says that an access cannot run over the end of a page; transfers are cut there.
   *
   * @param bytes a power of two; 0 for no pages, the default
   * @return this
   */
  public SpiRamChipBuilder page(int bytes) {
    page = bytes;
    return this;
  }

  /**
   * Makes the description.
   *
   * @return the part
   * @throws IllegalArgumentException if a value is missing or out of range, or the values do not go
   *     together; the message names the value and what is allowed
   */
  public SpiRamChip build() {
    int bytes = addressBytes != 0 ? addressBytes : needed(capacity);
    return new SpiRamChip(name, capacity, bytes, maxHz, sequentialMode, traits, selectNanos, page);
  }

  private static int needed(long capacity) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, capacity - 1));
    return Math.clamp(Math.ceilDiv(bits, 8), 2, 4);
  }
}
