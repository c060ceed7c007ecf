package dev.virtmem.serial;

/** Which protocol a store speaks. */
public enum Protocol {
  /** The checked protocol if the host knows it, else the plain one. */
  AUTO,
  /** The checked protocol only: a host that does not know it is an error. */
  CHECKED,
  /** The plain protocol of the C++ library only, as an old device would. */
  PLAIN
}
