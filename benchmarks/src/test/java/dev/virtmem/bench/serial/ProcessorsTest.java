package dev.virtmem.bench.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.Processors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
  private static final Path STATUS = Path.of("/proc/thread-self/status");

  /** Returns the processors that the current thread may use, bit by bit, as the kernel says. */
  private static BigInteger allowed() {
    try (var lines = Files.lines(STATUS)) {
      String line = lines.filter(l -> l.startsWith("Cpus_allowed:")).findFirst().orElseThrow();
      return new BigInteger(line.substring(line.indexOf(':') + 1).strip().replace(",", ""), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aThreadIsKeptOnTheUpperHalfAndNoOther() throws InterruptedException {
    assumeTrue(Files.isReadable(STATUS), "not Linux");
    BigInteger before = allowed();
    assumeTrue(before.bitCount() > 1, "one processor");
    List<BigInteger> after = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  if (Processors.keepThreadOnUpperHalf()) {
                    after.add(allowed());
                  }
                });
    thread.join();
    assumeTrue(!after.isEmpty(), "not allowed here");
    BigInteger upper = after.getFirst();
    assertEquals(before.bitCount() / 2, upper.bitCount());
    assertEquals(upper, upper.and(before));
    assertEquals(before.bitLength(), upper.bitLength());
    assertEquals(before, allowed());
  }
}
