package dev.virtmem.struct;

/**
 * A member in its place.
 *
 * @param name its name or path
 * @param codec how it is stored
 * @param offset bytes from the start of the record
 */
record Slot(String name, Codec codec, int offset) {
  /** Returns how an element is stored, if this is an array, else the member. */
  Codec element() {
    return codec instanceof ArrayCodec array ? array.element : codec;
  }

  /** Returns how many elements there are: 1 if this is no array. */
  int count() {
    return codec instanceof ArrayCodec array ? array.count : 1;
  }
}
