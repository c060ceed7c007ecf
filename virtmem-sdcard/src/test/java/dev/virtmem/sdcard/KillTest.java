package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.persist.PoolCheck;
import java.io.BufferedInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process in the midst of its commits and looks at what it left, again and again. */
class KillTest {
  private final Random random = new Random(17);
  private final int[] model = new int[KilledWriter.SLOTS];
  private int commits;

  @TempDir Path folder;

  @Test
  void nothingCommittedIsLost() throws Exception {
    kill(5);
  }

  @Test
  @Tag("long")
  void nothingCommittedIsLostIn200Kills() throws Exception {
    kill(200);
  }

  private void kill(int times) throws Exception {
    Path path = folder.resolve("pool");
    for (int i = 0; i < times; i++) {
      int returned = runAndKill(path, 1 + random.nextInt(30));
      verify(path, returned, "kill " + i);
    }
    assertTrue(commits >= times, commits + " commits");
  }

  /** Returns the number of the last commit that the process told of. */
  private static int runAndKill(Path path, int lines) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = 0;
    int number = 0;
    try (var output = new BufferedInputStream(process.getInputStream())) {
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c != '\n') {
          number = 10 * number + Character.digit(c, 10);
          continue;
        }
        // Lines that come after the kill count as well, if they are whole.
        last = number;
        number = 0;
        if (--lines == 0) {
          // Through its handle: what it told by now stays readable.
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertTrue(lines <= 0, "the process ended by itself");
    process.waitFor();
    return last;
  }

  private void verify(Path path, int returned, String when) {
    try (var pool = KilledWriter.open(path)) {
      pool.memory().check();
      var slots = pool.root(0).asInts();
      int found = slots.get(0);
      assertTrue(found == returned || found == returned + 1, when + ": " + found + ", " + returned);
      while (commits < found) {
        commits++;
        for (int slot : KilledWriter.changed(commits)) {
          model[slot] = commits;
        }
      }
      for (int i = 1; i < model.length; i++) {
        assertEquals(model[i], slots.get(i), when + ", slot " + i);
      }
    }
    try (var store = CardStore.builder(path).open()) {
      assertEquals(List.of(), PoolCheck.of(store).faults(), when);
    }
  }
}
