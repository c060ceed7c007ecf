package dev.virtmem.policy;

import java.util.List;
import java.util.Locale;

/** The replacement policies that are built in, by name. */
public final class Policies {

  /** The name of the policy that a memory uses if none is set. */
  public static final String DEFAULT = "FIFO-CLEAN5";

  private static final String CLEAN_FIRST = "FIFO-CLEAN";

  private static final List<String> NAMES =
      List.of("FIFO", DEFAULT, "CLOCK", "SIEVE", "LRU", "S3FIFO");

  private Policies() {}

  /**
   * Lists the policies that there are.
   *
   * @return their names as {@link #named} takes them; of the family {@code FIFO-CLEANn}, the usual
   *     one
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Makes a policy.
   *
   * <table>
   * <caption>The policies</caption>
   * <tr><th>Name</th><th>Victim</th><th>RAM in bytes a frame</th></tr>
   * <tr><td>FIFO</td><td>the oldest page brought in</td><td>8</td></tr>
   * <tr><td>FIFO-CLEANn, n from 1 to 9</td><td>the oldest page that is clean, or that is dirty and
   *     met for the n-th time in the search for a victim</td><td>9</td></tr>
   * <tr><td>CLOCK</td><td>the oldest page, but one that was hit is given a second
   *     chance</td><td>9</td></tr>
   * <tr><td>SIEVE</td><td>the same without changing the order, which drops pages that are used once
   *     sooner</td><td>9</td></tr>
   * <tr><td>LRU</td><td>the page whose last access is the longest ago</td><td>8</td></tr>
   * <tr><td>S3FIFO or S3-FIFO</td><td>a page used once or twice from a small queue, then the rest;
   *     remembers pages that it evicted</td><td>up to 50</td></tr>
   * </table>
   *
   * @param name one of {@link #names}, or another in the table above; case does not matter
   * @param frames the number of page frames, at least 1
   * @return a new policy for that many frames, none of which holds a page
   * @throws IllegalArgumentException if there is no such policy or {@code frames} is below 1
   */
  public static ReplacementPolicy named(String name, int frames) {
    return create(name, frames);
  }

  static CheckedPolicy create(String name, int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("frames = " + frames + ", must be at least 1");
    }
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "FIFO" -> new Fifo(frames);
      case "CLOCK" -> new Clock(frames);
      case "SIEVE" -> new Sieve(frames);
      case "LRU" -> new Lru(frames);
      case "S3FIFO", "S3-FIFO" -> new S3Fifo(frames);
      default -> new CleanFirstFifo(frames, encounters(name, upper));
    };
  }

  private static int encounters(String name, String upper) {
    if (upper.startsWith(CLEAN_FIRST) && upper.length() == CLEAN_FIRST.length() + 1) {
      int digit = upper.charAt(CLEAN_FIRST.length()) - '0';
      if (digit >= 1 && digit <= 9) {
        return digit;
      }
    }
    throw new IllegalArgumentException(
        "unknown replacement policy '"
            + name
            + "', must be one of "
            + String.join(", ", NAMES)
            + " (or FIFO-CLEAN1 to FIFO-CLEAN9)");
  }
}
