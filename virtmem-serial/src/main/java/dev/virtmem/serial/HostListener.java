package dev.virtmem.serial;

/**
 * Hears what happens on a line. Called by the thread that serves the line, which waits meanwhile.
 */
public interface HostListener {

  /**
   * The device printed something.
   *
   * @param bytes holds the text as it came, maybe cut inside a character; not to be kept
   * @param from index of the first byte
   * @param length how many, at least 1
   */
  default void text(byte[] bytes, int from, int length) {}

  /**
   * Something happened. What happens again and again is told at the first, second, fourth, eighth
   * time and so on.
   *
   * @param event what
   */
  default void event(HostEvent event) {}
}
