package dev.virtmem.examples;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemory;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostPort;
import dev.virtmem.serial.Lines;
import dev.virtmem.serial.PoolLender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  private static final String[] HEAP = {"--store", "heap:128K"};

  private static void prints(Consumer<String[]> program, String[] args, String... texts) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.accept(args);
    } finally {
      System.setOut(before);
    }
    String printed = bytes.toString(StandardCharsets.UTF_8);
    for (String text : texts) {
      assertTrue(printed.contains(text), () -> "'" + text + "' is missing in: " + printed);
    }
  }

  @Test
  void quickStart() {
    String[] texts = {"Mean 22.9994, number 5 is Reading[time=5, celsius=25.0]", " found in RAM"};
    prints(QuickStart::main, new String[0], texts);
    prints(QuickStart::main, HEAP, texts);
  }

  @Test
  void linkedList() {
    String[] texts = {
      "Head 2000, sum 2001000", "Head 1, sum 2001000", "each second 1000000", "1000 blocks in use"
    };
    prints(LinkedList::main, new String[0], texts);
    prints(LinkedList::main, HEAP, texts);
  }

  @Test
  void structsAndLocks() {
    String[] texts = {"sensor 42 at Point[x=3, y=4]: 19.5", "Pixel 77, also 77", "refuses"};
    prints(StructsAndLocks::main, new String[0], texts);
    prints(StructsAndLocks::main, HEAP, texts);
  }

  @Test
  void matrixOnChip() {
    prints(MatrixOnChip::main, new String[0], "along columns", "the last number is 1219");
  }

  @Test
  void chipByHand() {
    prints(
        ChipByHand::main,
        new String[0],
        "reads 40.",
        "Hello, chip!\n",
        "0.0  WRITE 001F00, 12 bytes  " + Thread.currentThread().getName() + "\n",
        "complains: [2 bytes from 01FFFF wrap]",
        "336 clocks, 91.8 us");
  }

  @Test
  void severalChips() {
    String sum = "30,000 squares add up to 8,999,550,005,000";
    prints(
        SeveralChips::main, new String[0], "262,144 bytes on concatenated (23LC1024 on SPI", sum);
    prints(SeveralChips::main, new String[] {"--store", "heap:256K"}, "262,144 bytes on", sum);
  }

  @Test
  void bootLog() {
    String[] texts = {
      "Boot 1, the log says [boot 1]", "Boot 3, the log says [boot 1, boot 2, boot 3]"
    };
    prints(BootLog::main, new String[0], texts);
    prints(BootLog::main, HEAP, texts[0]);
  }

  /** The log goes round, and a file is as good as FRAM. */
  @Test
  void bootLogKeepsTheLast(@TempDir Path folder) {
    String[] store = {"--store", "file:" + folder.resolve("log") + "?size=4K"};
    for (int boot = 1; boot < 66; boot++) {
      prints(BootLog::main, store, "Boot " + boot);
    }
    prints(BootLog::main, store, "Boot 66, the log says [boot 3, boot 4,", "boot 65, boot 66]");
  }

  @Test
  void sensorLoggerGoesOnWhereItCommitted(@TempDir Path folder) {
    String[] store = {"--store", "sd:" + folder.resolve("log") + "?size=1M"};
    prints(SensorLogger::main, store, "Found 0 readings, 0 of them wrong", "are committed");
    for (int run = 0; run < 3; run++) {
      prints(SensorLogger::main, store, "00 readings, 0 of them wrong", "00 in all are committed");
    }
  }

  @Test
  void serialRam() {
    String text = "5133 primes below 50000";
    prints(SerialRam::main, new String[0], text);
    prints(SerialRam::main, HEAP, text);
  }

  private static final String FOUND =
      "2: bread and butter\n3: butter biscuits\n2 of 3 lines have 'butter'.\n";

  @Test
  void serialInput() {
    prints(SerialInput::main, new String[0], FOUND + "0 of 3 lines have 'eggs'.\nThe lines took ");
    var e = assertThrows(IllegalArgumentException.class, () -> SerialInput.main(HEAP));
    assertTrue(e.getMessage().contains("heap:128K"), e.getMessage());
  }

  /** The host is one of its own, at the other end of two TCP connections. */
  @Test
  @Timeout(30)
  void serialInputOfAHost() throws Exception {
    var shown = new ByteArrayOutputStream();
    var screen =
        new HostListener() {
          @Override
          public void text(byte[] bytes, int from, int length) {
            shown.write(bytes, from, length);
          }
        };
    try (var hosts = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var boards = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var host =
            new HostPort(
                Lines.tcp("127.0.0.1", hosts.getLocalPort()),
                PoolLender.heap(1 << 20, 1 << 20),
                screen);
        Socket left = hosts.accept()) {
      byte[] typed =
          "milk\r\nbread and butter\n\nbutter biscuits\n?butter\nbye\n"
              .getBytes(StandardCharsets.UTF_8);
      host.session().type(typed, 0, typed.length);
      Thread relay =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (Socket right = boards.accept()) {
                      carry(left, right);
                      right.getInputStream().transferTo(left.getOutputStream());
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      String store = "serial-tcp://127.0.0.1:" + boards.getLocalPort() + "?size=64K&timeout=20000";
      SerialInput.main(new String[] {"--store", store});
      relay.join();
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(FOUND + "The lines took "), text);
  }

  private static void carry(Socket from, Socket to) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // The connection has ended.
                return;
              }
            });
  }

  @Test
  void wordIndex(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "The cat,\nthe dog & a" + "x".repeat(30));
    String[] args = {"--text", text.toString(), "--store", wordStore(folder), "THE", "a", "dog"};
    prints(
        WordIndex::main,
        args,
        "50 bytes of text, of which 0 were",
        "\n4 different words",
        "the: 2 times, first at 0, last at 9\n",
        "a: nowhere\n",
        "dog: 1 times, first at 13, last at 13\n");
    args[4] = "A" + "x".repeat(40);
    prints(WordIndex::main, args, "which 50 were", "a" + "x".repeat(23) + ": 1 times, first at 19");

    String[] other = {"--store", wordStore(folder)};
    assertThrows(IllegalArgumentException.class, () -> WordIndex.main(other));
  }

  /** Without a store it is a file in the temporary folder, also for a text of an odd size. */
  @Test
  void wordIndexInTheTemporaryFolder(@TempDir Path folder) {
    String before = System.setProperty("java.io.tmpdir", folder.toString());
    try {
      prints(
          WordIndex::main,
          new String[] {"--generate", "12345"},
          "12,348 bytes of text",
          "All of them right");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertTrue(Files.exists(folder.resolve("word-index-12345.vm")));
  }

  @Test
  void wordIndexGoesOnWhereItCommitted(@TempDir Path folder) {
    int size = 400_000;
    var text =
        new InputStream() {
          private final GeneratedText whole = new GeneratedText(size);
          private int left = 300_000;

          @Override
          public int read() throws IOException {
            if (left == 0) {
              throw new IOException("cut");
            }
            left--;
            return whole.read();
          }
        };
    String store = wordStore(folder);
    try (var pool = VirtualMemory.builder(store).ram(1 << 20).pageSize(4096).openPersistent()) {
      var index = new WordIndex(pool, size + " bytes of generated text");
      assertThrows(IOException.class, () -> index.add(text, size));
    }
    String[] args = {"--generate", "" + size, "--store", store};
    prints(WordIndex::main, args, "of which 262,", "\nvirtmem: nowhere\n", "All of them right");
    prints(WordIndex::main, args, "of which 400,0", "All of them right");
  }

  private static String wordStore(Path folder) {
    return "sd:" + folder.resolve("words") + "?size=12M";
  }

  @Test
  void otherArgumentsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> LinkedList.main(new String[] {"--help"}));
  }
}
