package dev.virtmem.policy;

import java.util.BitSet;

/** Frames that are dirty and pinned as a test has it. */
final class FrameBits implements ReplacementPolicy.Frames {
  final BitSet pinned = new BitSet();
  final BitSet dirty = new BitSet();

  @Override
  public boolean pinned(int frame) {
    return pinned.get(frame);
  }

  @Override
  public boolean dirty(int frame) {
    return dirty.get(frame);
  }

  @Override
  public int pinnedCount() {
    return pinned.cardinality();
  }

  @Override
  public int dirtyCount() {
    return dirty.cardinality();
  }
}
