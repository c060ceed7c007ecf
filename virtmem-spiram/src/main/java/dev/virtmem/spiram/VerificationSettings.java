package dev.virtmem.spiram;

import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreUri;

/**
 * Which verification to put over a chip.
 *
 * @param retries how often a transfer is repeated, 1 to 1,000
 * @param regions of data, for {@link Verification#CRC}, 2 to 100
 * @param format whether a non-volatile chip that holds something else may be erased
 */
record VerificationSettings(Verification kind, int retries, int regions, boolean format) {
  static final VerificationSettings OFF = new VerificationSettings(Verification.OFF, 8, 15, false);

  /** What a URI may say of it. */
  static final String SYNTAX =
      "[&verify=off|read-back|crc][&retries=NUMBER][&regions=NUMBER][&format=yes]";

  private static final int MAX_RETRIES = 1000;
  private static final int MIN_REGIONS = 2;
  private static final int MAX_REGIONS = 100;

  VerificationSettings {
    check("retries", retries, 1, MAX_RETRIES);
    check("regions", regions, MIN_REGIONS, MAX_REGIONS);
  }

  private static void check(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " must be " + min + " to " + max + ", got " + value);
    }
  }

  VerificationSettings withKind(Verification newKind) {
    return new VerificationSettings(newKind, retries, regions, format);
  }

  VerificationSettings withRetries(int newRetries) {
    return new VerificationSettings(kind, newRetries, regions, format);
  }

  VerificationSettings withRegions(int newRegions) {
    return new VerificationSettings(kind, retries, newRegions, format);
  }

  VerificationSettings withFormat(boolean newFormat) {
    return new VerificationSettings(kind, retries, regions, newFormat);
  }

  VerificationSettings asIn(StoreUri uri) {
    var settings =
        new VerificationSettings(
            uri.choice("verify", kind),
            (int) uri.number("retries", retries, 1, MAX_RETRIES),
            (int) uri.number("regions", regions, MIN_REGIONS, MAX_REGIONS),
            uri.flag("format", format));
    if (settings.kind == Verification.OFF) {
      refuse(uri, "retries", "verify=read-back or verify=crc");
    }
    if (settings.kind != Verification.CRC) {
      refuse(uri, "regions", "verify=crc");
      refuse(uri, "format", "verify=crc");
    }
    return settings;
  }

  /** Refuses what would have no effect. */
  private static void refuse(StoreUri uri, String key, String needed) {
    if (uri.text(key, null) != null) {
      throw new IllegalArgumentException(key + " in " + uri + " is only allowed with " + needed);
    }
  }

  /**
   * Puts the verification over a chip.
   *
   * @param stripe what the capacity must be a multiple of, in bytes
   * @return the store to use, which owns the chip
   * @throws dev.virtmem.store.StoreException if the chip cannot be prepared; it is closed then
   */
  BackingStore over(SpiRamStore store, SpiRamChip chip, long stripe) {
    return switch (kind) {
      case OFF -> store;
      case READ_BACK -> new ReadBackStore(store, store::setUp, retries);
      case CRC -> {
        try {
          yield new CrcStore(store, store::setUp, this, !chip.has(Trait.NON_VOLATILE), stripe);
        } catch (RuntimeException | Error e) {
          try {
            store.close();
          } catch (RuntimeException closing) {
            e.addSuppressed(closing);
          }
          throw e;
        }
      }
    };
  }
}
