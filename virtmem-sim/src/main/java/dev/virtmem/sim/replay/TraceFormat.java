package dev.virtmem.sim.replay;

/** How the lines of a trace look. */
public enum TraceFormat {
  /** {@code N}: a read of block N. */
  BLOCKS("a block number"),

  /** {@code r N} or {@code w N}: a read or a write of page N. */
  PAGES("'r N' or 'w N' with a page number N"),

  /**
   * {@code L addr,size} or {@code S addr,size}: a load or a store of some bytes, the address in
   * hex, the size in decimal.
   */
  MEMORY("'L addr,size' or 'S addr,size' with a hexadecimal address and a decimal size");

  private final String description;

  TraceFormat(String description) {
    this.description = description;
  }

  /**
   * Tells whether the trace counts in blocks or pages, and not in bytes.
   *
   * @return true if an access names a whole block by its number
   */
  public boolean isPaged() {
    return this != MEMORY;
  }

  /**
   * Parses a line and hands over what it says.
   *
   * @return false if it is not a line of this format
   */
  boolean parse(String line, Trace.Visitor visitor) {
    return switch (this) {
      case BLOCKS -> {
        long number = decimal(line, 0, line.length());
        yield number >= 0 && number < Trace.BLOCKS && visited(visitor, false, number, 1);
      }
      case PAGES -> {
        int write = kind(line, 'r', 'w');
        long number = write < 0 ? -1 : decimal(line, 2, line.length());
        yield number >= 0 && number < Trace.BLOCKS && visited(visitor, write == 1, number, 1);
      }
      case MEMORY -> {
        int write = kind(line, 'L', 'S');
        int comma = line.indexOf(',');
        long address = write < 0 || comma < 0 ? -1 : number(line, 2, comma, 16);
        long size = address < 0 ? -1 : decimal(line, comma + 1, line.length());
        yield size > 0 && size <= Trace.MAX_ACCESS && visited(visitor, write == 1, address, size);
      }
    };
  }

  private static boolean visited(Trace.Visitor visitor, boolean write, long at, long size) {
    visitor.access(write, at, (int) size);
    return true;
  }

  /** Returns 0 for a read, 1 for a write, -1 for anything else. */
  private static int kind(String line, char read, char write) {
    if (line.length() < 3 || line.charAt(1) != ' ') {
      return -1;
    }
    return line.charAt(0) == read ? 0 : line.charAt(0) == write ? 1 : -1;
  }

  private static long decimal(String line, int from, int to) {
    return number(line, from, to, 10);
  }

  /** Returns a number below 2^48 without a sign, or -1. */
  private static long number(String line, int from, int to, int radix) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(line.charAt(i), radix);
      value = value * radix + digit;
      if (digit < 0 || value >>> 48 != 0) {
        return -1;
      }
    }
    return from < to ? value : -1;
  }

  @Override
  public String toString() {
    return description;
  }
}
