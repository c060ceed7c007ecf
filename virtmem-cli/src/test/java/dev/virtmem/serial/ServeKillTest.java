package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.pty.PtyCable;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real command {@code serve} while a store works and starts it again, on a line that does
 * not tell when its other end dies.
 */
@Tag("long")
@Timeout(600)
class ServeKillTest {
  private static final int SIZE = 20_000;
  private static final int BAUD = 1_000_000;
  private static final int KILLS = 12;

  /** What was written since the last sync: bytes of one value. */
  private record Written(int at, int length, byte value) {
    boolean explains(int index, byte found) {
      return at <= index && index < at + length && found == value;
    }
  }

  @TempDir private Path folder;

  private final AtomicReference<Process> host = new AtomicReference<>();
  private final List<Written> unsynced = new ArrayList<>();
  private final byte[] synced = new byte[SIZE];
  private final byte[] model = new byte[SIZE];
  private Random random;
  private PtyCable cable;

  @BeforeEach
  void plugIn() throws IOException {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    cable = new PtyCable();
  }

  @AfterEach
  void unplug() throws IOException {
    if (cable != null) {
      Process last = host.get();
      if (last != null) {
        last.destroyForcibly();
      }
      cable.close();
    }
  }

  private Process start(String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.virtmem.cli.Main",
                "serve",
                "--quiet",
                "--port",
                cable.right()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Kills the host and starts another, while others go on. */
  private Thread killer(String... options) {
    return Thread.ofPlatform()
        .unstarted(
            () -> {
              try {
                host.get().destroyForcibly().waitFor();
                host.set(start(options));
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
  }

  /** Opens a store as soon as there is a host. */
  private SerialStore open() {
    StoreException last = null;
    for (int i = 0; i < 60; i++) {
      try {
        return SerialStore.builder(Lines.port(cable.left(), BAUD))
            .size(SIZE)
            .baud(BAUD)
            .protocol(Protocol.CHECKED)
            .reconnect(60_000_000_000L)
            .nonces(random::nextLong)
            .open();
      } catch (StoreException e) {
        last = e;
      }
    }
    throw new AssertionError("no host", last);
  }

  private void step(SerialStore store, String title) {
    int length = 1 + random.nextInt(2000);
    int at = random.nextInt(SIZE - length);
    int what = random.nextInt(10);
    if (what < 6) {
      byte value = (byte) (1 + random.nextInt(255));
      unsynced.add(new Written(at, length, value));
      Arrays.fill(model, at, at + length, value);
      store.write(at, model, at, length);
    } else if (what < 9) {
      var bytes = new byte[length];
      store.read(at, bytes, 0, length);
      assertArrayEquals(Arrays.copyOfRange(model, at, at + length), bytes, title);
    } else {
      store.sync();
      acknowledged();
    }
  }

  private void acknowledged() {
    unsynced.clear();
    System.arraycopy(model, 0, synced, 0, SIZE);
  }

  /** Checks that what was acknowledged is there, and takes over what else is. */
  private void inherit(SerialStore store, String title) {
    store.read(0, model, 0, SIZE);
    for (int i = 0; i < SIZE; i++) {
      byte found = model[i];
      int index = i;
      assertTrue(
          found == synced[i] || unsynced.stream().anyMatch(w -> w.explains(index, found)),
          () -> title + ", byte " + index + " is " + found + ", it was " + synced[index]);
    }
    acknowledged();
  }

  private void fill(SerialStore store) {
    random.nextBytes(model);
    store.write(0, model, 0, SIZE);
    store.sync();
    acknowledged();
  }

  private void killAgainAndAgain(long seed, boolean keeps, String... options) throws Exception {
    random = new Random(seed);
    host.set(start(options));
    SerialStore store = open();
    fill(store);
    for (int kill = 0; kill < KILLS; kill++) {
      String title = "seed " + seed + ", kill " + kill;
      int before = random.nextInt(100);
      for (int i = 0; i < before; i++) {
        step(store, title);
      }
      Thread killer = killer(options);
      killer.start();
      SerialStore killed = store;
      StoreException e =
          assertThrows(
              StoreException.class,
              () -> {
                while (true) {
                  step(killed, title);
                }
              });
      assertEquals(PoolLostException.class, rootOf(e).getClass(), title + ": " + e);
      e = assertThrows(StoreException.class, () -> killed.read(0, new byte[1], 0, 1), title);
      assertTrue(e.getMessage().contains("has lost the pool"), title + ": " + e);
      killer.join();
      try {
        killed.close();
      } catch (StoreException again) {
        assertTrue(again.getMessage().contains("has lost the pool"), title + ": " + again);
      }
      store = open();
      if (keeps) {
        inherit(store, title);
      } else {
        fill(store);
      }
    }
    store.close();
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Test
  void aPoolOnTheHeapIsLostAndThatIsTold() throws Exception {
    killAgainAndAgain(1, false);
  }

  @Test
  void aPoolInAFileHasAllThatWasAcknowledged() throws Exception {
    Path file = folder.resolve("pool");
    killAgainAndAgain(2, true, "--store", "file:" + file + "?size=" + SIZE);
    assertEquals(SIZE, Files.size(file));
  }
}
