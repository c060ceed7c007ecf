package dev.virtmem.policy;

/** A policy that can verify its own record. */
interface CheckedPolicy extends ReplacementPolicy {

  /**
   * Verifies the record; takes time in proportion to the number of frames.
   *
   * @throws IllegalStateException if the record contradicts itself
   */
  void check();
}
