package dev.virtmem.examples;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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
  void otherArgumentsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> LinkedList.main(new String[] {"--help"}));
  }
}
