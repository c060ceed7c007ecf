package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferLimitTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "65536, 65536", // raised by the user
    "4096, 4096",
    "1000, 896", // rounded down to what Arm kernels really take
    "128, 128",
    "127, 4096", // nonsense
    "0, 4096",
    "many, 4096",
    "99999999999, 4096"
  })
  void readsTheKernelsLimit(String text, int limit) throws IOException {
    Path file = Files.writeString(folder.resolve("bufsiz"), text + "\n");
    assertEquals(limit, TransferLimit.read(file));
  }

  @Test
  void fallsBackWithoutTheFile() {
    assertEquals(4096, TransferLimit.read(folder.resolve("none")));
  }
}
