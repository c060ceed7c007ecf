package dev.virtmem.pty;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** Where threads run: for load generators, which stand for other computers. */
public final class Processors {
  /** Of a set of processors, in bytes: what the C library takes. */
  private static final long SET = 128;

  private static final int THIS_THREAD = 0;
  private static final MethodHandle GET =
      Native.find("sched_getaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle SET_TO =
      Native.find("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);

  private Processors() {}

  /**
   * Keeps the current thread on the upper half of the processors that it may use, rounded down, so
   * that the others have all of the lower half.
   *
   * @return whether it is kept there; false with one processor, and where the system is not Linux or
   *     does not allow it
   */
  public static boolean keepThreadOnUpperHalf() {
    if (GET == null || SET_TO == null) {
      return false;
    }
    try (var arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(SET, Long.BYTES);
      if ((int) GET.invokeExact(THIS_THREAD, SET, set) != 0) {
        return false;
      }
      var allowed = BitSet.valueOf(set.toArray(JAVA_BYTE));
      int all = allowed.cardinality();
      for (int i = all; i > all / 2; i--) {
        allowed.clear(allowed.nextSetBit(0));
      }
      byte[] upper = allowed.toByteArray();
      set.fill((byte) 0);
      MemorySegment.copy(upper, 0, set, JAVA_BYTE, 0, upper.length);
      return all > 1 && (int) SET_TO.invokeExact(THIS_THREAD, SET, set) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library failed", e);
    }
  }
}
