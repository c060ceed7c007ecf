package dev.virtmem;

/** How a store fails. */
enum FaultMode {
  /** One operation fails, and does nothing. */
  ONCE,

  /** One operation fails; of a write the beginning is done. */
  TORN,

  /** One operation fails; a write leaves garbage. */
  GARBAGE,

  /** Every operation fails until the store is repaired. */
  FOR_GOOD
}
