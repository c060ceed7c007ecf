package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.IOType;
import com.pi4j.io.exception.IOAlreadyExistsException;
import com.pi4j.io.spi.SpiConfig;
import dev.virtmem.DocumentTable;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said if a device cannot be opened, against the document that explains it. */
class OpeningMessagesTest {
  @TempDir private Path directory;

  private final Context context = mock(Context.class);

  @Test
  void areThoseOfTheDocument() throws IOException {
    var cases = new LinkedHashMap<String, Supplier<String>>();
    cases.put("Pi4J has no provider", () -> failure(false, null, "", true));
    cases.put(
        "SPI is not enabled",
        () -> failure(true, new Pi4JException("No such file or directory"), "", true));
    cases.put(
        "The chip select does not exist",
        () -> failure(true, new Pi4JException("No such file or directory"), "spidev0.1", true));
    cases.put(
        "You have no permission",
        () -> failure(true, new Pi4JException("Permission denied"), "spidev0.0", false));
    cases.put(
        "The device is there, but does not open",
        () -> failure(true, new Pi4JException("Device or resource busy"), "spidev0.0", true));
    cases.put(
        "This program has it open already",
        () -> failure(true, new IOAlreadyExistsException("virtmem-spi-0.0"), "spidev0.0", true));
    DocumentTable.check("docs/spi-troubleshooting.md", "opening", cases);
  }

  private String failure(boolean provider, RuntimeException reason, String file, boolean usable) {
    try {
      Path devices = Files.createTempDirectory(directory, "dev");
      if (!file.isEmpty()) {
        Files.createFile(devices.resolve(file));
      }
      when(context.hasProvider(IOType.SPI)).thenReturn(provider);
      if (reason != null) {
        when(context.create(any(SpiConfig.class))).thenThrow(reason);
      }
      var files = new SpiDeviceFiles(devices, any -> usable);
      return assertThrows(
              StoreException.class, () -> SpiConnection.open(context, 0, 0, 10_000_000, files))
          .getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
