package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransferArraysTest {
  private final TransferArrays arrays = new TransferArrays();

  @Test
  void returnsTheSameArrayForTheSameLength() {
    byte[] a = arrays.ofLength(20);
    byte[] b = arrays.ofLength(36);
    byte[] c = arrays.ofLength(4096);
    assertEquals(20, a.length);
    assertEquals(36, b.length);
    assertEquals(4096, c.length);
    assertSame(a, arrays.ofLength(20));
    assertSame(b, arrays.ofLength(36));
    assertSame(c, arrays.ofLength(4096));
    assertEquals(20 + 36 + 4096, arrays.bytes());
  }

  @Test
  void keepsAllLengthsThatSpidevTakes() {
    var all = new byte[4097][];
    for (int length = 1; length <= 4096; length++) {
      all[length] = arrays.ofLength(length);
    }
    assertEquals(TransferArrays.MAX_BYTES, arrays.bytes());
    for (int length = 1; length <= 4096; length++) {
      assertSame(all[length], arrays.ofLength(length));
    }
  }

  @Test
  void startsAnewWhenMoreWouldCome() {
    byte[] a = arrays.ofLength(20);
    byte[] large = arrays.ofLength(TransferArrays.MAX_BYTES - 20);
    assertSame(large, arrays.ofLength(TransferArrays.MAX_BYTES - 20));
    assertSame(a, arrays.ofLength(20));
    byte[] last = arrays.ofLength(1);
    assertEquals(1, arrays.bytes());
    assertSame(last, arrays.ofLength(1));
    assertNotSame(a, arrays.ofLength(20));
  }

  @Test
  void keepsASingleLargeArray() {
    int length = TransferArrays.MAX_BYTES + 1000;
    byte[] large = arrays.ofLength(length);
    assertSame(large, arrays.ofLength(length));
    assertEquals(length, arrays.bytes());
    arrays.ofLength(5);
    assertEquals(5, arrays.bytes());
  }

  @Test
  void staysWithinItsBound() {
    var random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      int length = 5 + random.nextInt(i % 2 == 0 ? 200 : 65_536);
      assertEquals(length, arrays.ofLength(length).length);
      if (i % 20 == 0) {
        int bytes = arrays.bytes();
        assertTrue(bytes <= TransferArrays.MAX_BYTES, () -> bytes + " bytes kept");
      }
    }
  }

  /** 25 MB of arrays in a heap of 20 MB: those that a program needs are there all the same. */
  @Test
  void givesMemoryBackBeforeItRunsOut() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        Stream.of(TransferArrays.class, TransferArraysTest.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    var command =
        List.of(java, "-Xmx20m", "-XX:+UseSerialGC", "-cp", classPath, Hungry.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals("done", printed);
  }

  /** Uses all lengths of three stores, in a JVM of its own. */
  static final class Hungry {
    private Hungry() {}

    static void main() {
      var stores = List.of(new TransferArrays(), new TransferArrays(), new TransferArrays());
      for (int round = 0; round < 3; round++) {
        for (int length = 1; length <= 4096; length++) {
          for (TransferArrays store : stores) {
            store.ofLength(length)[length - 1] = 1;
          }
        }
      }
      System.out.print("done");
    }
  }
}
