package dev.virtmem.policy;

import java.util.Arrays;
import java.util.BitSet;

/** A page table and frames without bytes: asks a policy for victims and counts what that costs. */
final class DemandCache {

  static final int NONE = -1;

  private final CheckedPolicy policy;
  private final int[] pageIn;
  private final FrameBits bits = new FrameBits();
  private int[] frameOf = new int[0];
  private int used;
  private int misses;
  private int writeBacks;

  DemandCache(String policy, int frames) {
    this.policy = Policies.create(policy, frames);
    pageIn = new int[frames];
  }

  int misses() {
    return misses;
  }

  int writeBacks() {
    return writeBacks;
  }

  int dirtyCount() {
    return bits.dirtyCount();
  }

  CheckedPolicy policy() {
    return policy;
  }

  /** Reads or writes a page; returns the frame that had to give up its page for it, or -1. */
  int access(int page, boolean write) {
    int frame = frameOf(page);
    int victim = NONE;
    if (frame != NONE) {
      policy.hit(frame);
    } else {
      misses++;
      if (used < pageIn.length) {
        frame = used++;
        policy.inserted(frame, page);
      } else {
        victim = policy.victim(bits);
        frame = victim;
        evict(frame);
        policy.replaced(frame, page);
      }
      pageIn[frame] = page;
      frameOf[page] = frame;
    }
    if (write) {
      bits.dirty.set(frame);
    }
    return victim;
  }

  /**
   * Accesses the pages that letters stand for, a capital for a write. Returns the letters of the
   * pages that were evicted, in order, a capital for a dirty one.
   */
  String run(String letters) {
    StringBuilder evicted = new StringBuilder();
    for (char letter : letters.replace(" ", "").toCharArray()) {
      int[] before = pageIn.clone();
      BitSet dirtyBefore = (BitSet) bits.dirty.clone();
      int victim = access(Character.toLowerCase(letter), Character.isUpperCase(letter));
      policy.check();
      if (victim != NONE) {
        char page = (char) before[victim];
        evicted.append(dirtyBefore.get(victim) ? Character.toUpperCase(page) : page);
      }
    }
    return evicted.toString();
  }

  void pin(String letters) {
    letters.chars().forEach(page -> bits.pinned.set(frameOf(page)));
  }

  void unpin(String letters) {
    letters.chars().forEach(page -> bits.pinned.clear(frameOf(page)));
  }

  /** The page of the frame that the policy would evict now, or '-' if it knows none. */
  char choice() {
    int victim = policy.victim(bits);
    return victim == NONE ? '-' : (char) pageIn[victim];
  }

  private int frameOf(int page) {
    if (page >= frameOf.length) {
      int before = frameOf.length;
      frameOf = Arrays.copyOf(frameOf, 2 * page + 1);
      Arrays.fill(frameOf, before, frameOf.length, NONE);
    }
    return frameOf[page];
  }

  private void evict(int frame) {
    if (bits.dirty.get(frame)) {
      writeBacks++;
      bits.dirty.clear(frame);
    }
    frameOf[pageIn[frame]] = NONE;
  }
}
