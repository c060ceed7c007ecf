package dev.virtmem.serial;

import dev.virtmem.store.TransferBuffer;
import java.io.IOException;

/** The device's end of one of the protocols. Its methods throw if the host cannot be reached. */
interface Link {

  void read(long offset, TransferBuffer target) throws IOException;

  void write(long offset, TransferBuffer source) throws IOException;

  /** Waits until the host has carried out all writes. */
  void sync() throws IOException;

  /** Goes to the host and back. */
  void ping() throws IOException;

  /** Shows text on the host's console. */
  void print(byte[] text, int from, int length) throws IOException;

  /** Returns how much console input waits at the host. */
  long inputAvailable() throws IOException;

  /** Takes up to {@code most} bytes of console input, and returns how many there were. */
  int readInput(byte[] target, int from, int most) throws IOException;

  boolean isChecked();

  /** Ends the session and gives the line back. */
  void close() throws IOException;
}
