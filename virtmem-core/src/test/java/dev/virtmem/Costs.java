package dev.virtmem;

import dev.virtmem.store.TransferCost;

/** The costs of the devices that this library is for, in ns and bytes. */
final class Costs {
  /** A 23LC1024 at 20 MHz: 15 us and 4 bytes of command, 0.4 us a byte. */
  static final TransferCost SPI = new TransferCost(16_600, 400, 16_600, 400, 1);

  /** 1 Mbaud through USB: 10 bytes of protocol at 10 us each, a read waits 1 ms more. */
  static final TransferCost SERIAL = new TransferCost(1_100_000, 10_000, 100_000, 10_000, 1);

  /** A card of class A1: sectors of 512 bytes, 0.5 ms to read, 1.5 ms to write. */
  static final TransferCost CARD = new TransferCost(500_000, 50, 1_500_000, 100, 512);

  private Costs() {}
}
