package dev.virtmem.spiram;

/** How a pool's offsets are spread over its chips. */
enum Layout {
  /** Chip after chip. */
  CONCATENATED,

  /** Stripe after stripe, each on the next chip. */
  STRIPED
}
