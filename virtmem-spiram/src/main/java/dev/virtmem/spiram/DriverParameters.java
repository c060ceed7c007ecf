package dev.virtmem.spiram;

import dev.virtmem.store.StoreUri;

/** What a URI says of the driver, whatever the chip and wherever it is. */
final class DriverParameters {
  static final String SYNTAX =
      "[&hz=HZ][&gap=NANOS][&limit=BYTES][&detect=yes|no]"
          + "[&layout=concatenated|striped][&stripe=BYTES]"
          + VerificationSettings.SYNTAX;

  private DriverParameters() {}

  /** Hands to a builder what the URI says, and leaves the rest as it is. */
  static void apply(StoreUri uri, SpiRamChip chip, SpiRamBuilder builder) {
    builder.detect(uri.flag("detect", true));
    long hz = uri.number("hz", 0, chip.minHz(), chip.maxHz());
    if (hz != 0) {
      builder.clock((int) hz);
    }
    long gap = uri.number("gap", -1, 0, Integer.MAX_VALUE);
    if (gap >= 0) {
      builder.gap((int) gap);
    }
    long limit = uri.number("limit", 0, 2 + chip.addressBytes(), Integer.MAX_VALUE);
    if (limit != 0) {
      builder.transferLimit((int) limit);
    }
    layout(uri, builder);
  }

  private static void layout(StoreUri uri, SpiRamBuilder builder) {
    boolean striped = uri.choice("layout", Layout.CONCATENATED) == Layout.STRIPED;
    long stripe = uri.size("stripe", -1);
    if (stripe < 0) {
      if (striped) {
        builder.striped();
      }
    } else if (striped) {
      builder.striped(stripe);
    } else {
      throw new IllegalArgumentException(
          "stripe=" + stripe + " in " + uri + " is only allowed with layout=striped");
    }
  }
}
