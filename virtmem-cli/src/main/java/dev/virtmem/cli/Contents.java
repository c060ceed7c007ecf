package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;

/** A copy of all that a store holds, as the reads agree on it, to be put back in the end. */
final class Contents {
  private static final int BLOCK = 4096;
  private static final int TRIES = 5;

  private final byte[] bytes;

  private Contents(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a store.
   *
   * @param store of at most 2 GiB; a chip has far less
   * @param evidence learns what goes wrong
   * @param progress is told how many bytes were moved
   * @throws SilentException if the device does not answer: what was read is not what it holds
   */
  static Contents save(BackingStore store, Evidence evidence, Progress progress) {
    var probe = new Probe(store, false, evidence, progress);
    var bytes = new byte[Math.toIntExact(store.capacity())];
    for (int at = 0; at < bytes.length; at += BLOCK) {
      byte[] block = probe.settled(at, Math.min(BLOCK, bytes.length - at));
      System.arraycopy(block, 0, bytes, at, block.length);
    }
    probe.checkSilence();
    return new Contents(bytes);
  }

  /**
   * Puts back what is not there any more.
   *
   * @param store likewise
   * @param progress likewise
   * @return how many bytes could not be put back, each tried five times
   */
  long restore(BackingStore store, Progress progress) {
    var probe = new Probe(store, true, new Evidence(), progress);
    long lost = 0;
    for (int at = 0; at < bytes.length; at += BLOCK) {
      var block = new byte[Math.min(BLOCK, bytes.length - at)];
      System.arraycopy(bytes, at, block, 0, block.length);
      lost += restore(probe, at, block);
    }
    store.sync();
    return lost;
  }

  private static long restore(Probe probe, long offset, byte[] block) {
    byte[] wrong = Bits.xor(block, probe.settled(offset, block.length));
    for (int i = 0; i < TRIES && Bits.first(wrong) >= 0; i++) {
      probe.write(offset, block);
      wrong = Bits.xor(block, probe.settled(offset, block.length));
    }
    long lost = 0;
    for (byte value : wrong) {
      lost += value == 0 ? 0 : 1;
    }
    return lost;
  }
}
