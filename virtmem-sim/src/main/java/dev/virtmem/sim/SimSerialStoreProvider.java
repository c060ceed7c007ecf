package dev.virtmem.sim;

import dev.virtmem.serial.Protocol;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;

/**
 * Opens {@code sim-serial:SIZE}: a {@link SimulatedSerialStore}. Parameters: {@code baud}
 * (1,000,000); {@code latency}, each way, in us (500); {@code noise}, how many of a million bytes
 * are flipped, how many dropped and how many duplicated (0); {@code cut}, mean time between cuts of
 * the line in ms (0, none), each for 50 ms; {@code protocol}, {@code auto}, {@code checked} or
 * {@code plain}; {@code seed} (1).
 */
public final class SimSerialStoreProvider implements StoreProvider {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SimSerialStoreProvider() {}

  @Override
  public String scheme() {
    return "sim-serial";
  }

  @Override
  public String syntax() {
    return "sim-serial:SIZE[?baud=BAUD][&latency=MICROS][&noise=PER_MILLION][&cut=MILLIS]"
        + "[&protocol=auto|checked|plain][&seed=NUMBER]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    int baud = (int) uri.number("baud", 1_000_000, 300, 1_000_000_000);
    long latency = uri.number("latency", 500, 0, 1_000_000);
    int noise = (int) uri.number("noise", 0, 0, 100_000);
    long cut = uri.number("cut", 0, 0, 1_000_000);
    long seed = uri.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    Protocol protocol = uri.choice("protocol", Protocol.AUTO);
    uri.checkAllUsed();
    long size = StoreUri.parseSize("SIZE of sim-serial:SIZE", uri.rest());
    LineFaults faults = LineFaults.noise(noise, seed).cuts(cut * MILLI, 50 * MILLI);
    return SimulatedSerialStore.open(
        size,
        baud,
        latency * MICRO,
        faults,
        settings -> settings.protocol(protocol).retry(20 * MILLI));
  }
}
