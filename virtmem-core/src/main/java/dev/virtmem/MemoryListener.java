package dev.virtmem;

/**
 * Is told what a page cache does, for dashboards, simulators and tests. Called in the middle of an
 * access, by the thread that makes it: a listener must not use the memory, and should be quick.
 */
public interface MemoryListener {

  /**
   * An access found bytes missing.
   *
   * @param address of the first byte that was needed
   * @param write whether it was about to be written
   */
  default void fault(long address, boolean write) {}

  /**
   * A transfer brought bytes in.
   *
   * @param address where they live
   * @param bytes length of the transfer
   */
  default void pageIn(long address, int bytes) {}

  /**
   * A transfer wrote dirty bytes back.
   *
   * @param address where they live
   * @param bytes length of the transfer
   */
  default void writeBack(long address, int bytes) {}
}
