package dev.virtmem.examples;

import dev.virtmem.MemoryFunctions;
import dev.virtmem.VirtualMemory;

/**
 * Sieves primes in the RAM of another computer, at the other end of a serial line: a simulated one
 * that damages 300 of a million bytes, unless another is named.
 */
final class SerialRam {
  private static final String NOISY_LINE = "sim-serial:64K?baud=1000000&noise=100";
  private static final int NUMBERS = 50_000;

  private SerialRam() {}

  static void main(String[] args) {
    String store = args.length == 0 ? NOISY_LINE : StoreOption.of(args);
    try (var memory = VirtualMemory.builder(store).ram(4096).open()) {
      var composite = memory.allocateBytes(NUMBERS);
      MemoryFunctions.fill(composite, NUMBERS, (byte) 0);
      int primes = 0;
      for (int i = 2; i < NUMBERS; i++) {
        if (composite.get(i) == 0) {
          primes++;
          for (long k = (long) i * i; k < NUMBERS; k += i) {
            composite.set(k, (byte) 1);
          }
        }
      }
      System.out.println(primes + " primes below " + NUMBERS + " in " + memory);
      System.out.printf("%.1f %% found in RAM%n", 100 * memory.statistics().hitRate());
    }
  }
}
