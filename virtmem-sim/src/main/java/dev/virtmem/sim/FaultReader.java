package dev.virtmem.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a list of faults apart, and refuses what is not allowed there. */
final class FaultReader {
  static final String SYNTAX =
      "absent[:low], wired:PART, stuck-address:BIT, stuck-cell:OFFSET, stuck-data:BIT, flips:RATE,"
          + " read-flips:RATE, limit:HZ, error-at:N[-M], silent-from:N, hold";

  private static final Set<String> NAMES =
      Arrays.stream(SYNTAX.split(", "))
          .map(fault -> fault.split("[:\\[]")[0])
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, String> values = new HashMap<>();

  /** Notes the faults in a list that may be empty. */
  FaultReader(String text) {
    if (text.isEmpty()) {
      return;
    }
    for (String fault : text.split(",", -1)) {
      int colon = fault.indexOf(':');
      String name = colon < 0 ? fault : fault.substring(0, colon);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown fault '" + name + "', there are " + SYNTAX);
      }
      if (values.put(name, colon < 0 ? "" : fault.substring(colon + 1)) != null) {
        throw new IllegalArgumentException("fault " + name + " is given twice in " + text);
      }
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns the value of a fault, empty if it has none. */
  String value(String name) {
    return values.get(name);
  }

  /** Tells whether a fault is there that must not have a value. */
  boolean flag(String name) {
    if (has(name) && !value(name).isEmpty()) {
      throw refused(name, "given without a value");
    }
    return has(name);
  }

  /** Returns a whole number, or the fallback if the fault is not there. */
  long number(String name, long fallback, long min, long max) {
    return has(name) ? number(name, value(name), min, max) : fallback;
  }

  /** Returns the first and the last number of a range. */
  long[] range(String name, long min) {
    if (!has(name)) {
      return new long[] {0, 0};
    }
    String[] ends = value(name).split("-", 2);
    long first = number(name, ends[0], min, Long.MAX_VALUE);
    return new long[] {
      first, ends.length == 1 ? first : number(name, ends[1], first, Long.MAX_VALUE)
    };
  }

  private long number(String name, String text, long min, long max) {
    String range = max == Long.MAX_VALUE ? "at least " + min : "from " + min + " to " + max;
    String allowed = "a whole number " + range;
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refused(name, allowed, e);
    }
    if (number < min || number > max) {
      throw refused(name, allowed, null);
    }
    return number;
  }

  /** Returns a probability, 0 if the fault is not there. */
  double rate(String name) {
    if (!has(name)) {
      return 0;
    }
    String allowed = "a probability from 0 to 1, such as 1e-5";
    double rate;
    try {
      rate = Double.parseDouble(value(name));
    } catch (NumberFormatException e) {
      throw refused(name, allowed, e);
    }
    if (!(rate >= 0 && rate <= 1)) {
      throw refused(name, allowed, null);
    }
    return rate;
  }

  IllegalArgumentException refused(String name, String allowed) {
    return refused(name, allowed, null);
  }

  private IllegalArgumentException refused(
      String name, String allowed, NumberFormatException cause) {
    return new IllegalArgumentException(
        "fault " + name + " must be " + allowed + ", got '" + value(name) + "'", cause);
  }
}
