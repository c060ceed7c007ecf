package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreUri;
import dev.virtmem.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Opens a store whose URI has a clock at one clock or another, never above the one asked for. */
final class Clocks {
  static final String KEY = "hz";

  /** The limits of the known parts are among them. */
  private static final List<Integer> LADDER =
      List.of(
          1_000_000,
          2_000_000,
          4_000_000,
          5_000_000,
          8_000_000,
          10_000_000,
          12_500_000,
          16_000_000,
          20_000_000,
          25_000_000,
          33_000_000,
          40_000_000);

  /** For devices that do not answer at the lowest clock of the others; a test takes long there. */
  private static final List<Integer> SLOW = List.of(100_000, 250_000, 500_000);

  private final StoreUri uri;
  private final OptionalInt asked;
  private final List<Integer> rising = new ArrayList<>(LADDER);

  /**
   * Prepares.
   *
   * @param uri names a store
   * @throws IllegalArgumentException if it is no URI of a store, or its clock no number
   */
  Clocks(String uri) {
    this.uri = StoreUri.parse(uri);
    long hz = this.uri.number(KEY, 0, 1, Integer.MAX_VALUE);
    asked = hz == 0 ? OptionalInt.empty() : OptionalInt.of((int) hz);
    keepAsked();
  }

  /** Returns the clock that the URI has. */
  OptionalInt asked() {
    return asked;
  }

  /** Returns the clocks to try, in Hz, from the lowest on; some may be above the part's limit. */
  List<Integer> rising() {
    return List.copyOf(rising);
  }

  /** Adds clocks below those that are usual, as far as they are below the one asked for. */
  void slower() {
    rising.addAll(0, SLOW);
    keepAsked();
  }

  private void keepAsked() {
    if (asked.isPresent()) {
      rising.removeIf(hz -> hz >= asked.getAsInt());
      rising.add(asked.getAsInt());
    }
  }

  /**
   * Opens the store at a clock.
   *
   * @param hz the clock
   * @return an open store, owned by the caller
   * @throws IllegalArgumentException if the store has no clock, or only lower ones
   * @throws StoreException if the device cannot be opened
   */
  BackingStore open(int hz) {
    return Stores.open(uri.with(KEY, Integer.toString(hz)).toString());
  }

  /**
   * Opens the store as its URI says.
   *
   * @return an open store, owned by the caller
   * @throws IllegalArgumentException if the URI is wrong
   * @throws StoreException if the device cannot be opened
   */
  BackingStore open() {
    return Stores.open(uri.toString());
  }

  /** Returns the clock before one in a list, with a fifth of margin at least; or the lowest. */
  static int below(List<Integer> rising, int hz) {
    return rising.stream()
        .filter(clock -> clock <= hz * 0.8)
        .reduce((low, high) -> high)
        .orElse(rising.getFirst());
  }

  /** Returns a clock in a unit for people. */
  static String text(int hz) {
    if (hz < 1_000_000) {
      return Lines.format("%s kHz", number(hz / 1e3));
    }
    return Lines.format("%s MHz", number(hz / 1e6));
  }

  private static String number(double value) {
    return Lines.format(value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }
}
