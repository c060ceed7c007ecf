package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiRamStoreProviderTest {
  private final SpiRamStoreProvider provider = new SpiRamStoreProvider();

  @Test
  void isFoundByTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(StoreProvider.class).stream()
            .anyMatch(p -> p.type() == SpiRamStoreProvider.class));
    assertEquals("spi", provider.scheme());
  }

  /** The tests' class path has Pi4J but no SPI provider, as that of a newcomer. */
  @Test
  void asksForAProvider() {
    var e =
        assertThrows(
            StoreException.class,
            () -> provider.open(StoreUri.parse("spi:0.0?chip=23LC1024&hz=10000000")));
    assertTrue(e.getMessage().contains("Pi4J found no SPI provider"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spi:0?chip=23LC1024           | '0' is no bus and channel such as 0.0",
        "spi:0.a?chip=23LC1024         | '0.a' is no bus and channel",
        "spi:7.0?chip=23LC1024         | bus must be 0 to 6, got 7",
        "spi:0.256?chip=23LC1024       | channel must be 0 to 255, got 256",
        "spi:0.0                       | needs chip=NAME, known are 23LC1024",
        "spi:0.0?chip=24LC256          | unknown chip '24LC256', known are 23LC1024",
        "spi:0.0?chip=23LC1024&hz=20000001 | from 1 to 20000000",
        "spi:0.0?chip=23LC1024&hz=0    | from 1 to 20000000",
        "spi:0.0?chip=23LC1024&gap=-1  | from 0 to",
        "spi:0.0?chip=23LC1024&limit=4 | from 5 to",
        "spi:0.0?chip=23LC1024&bufsiz=9 | unknown parameter bufsiz"
      })
  void refusesBadUris(String uri, String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> provider.open(StoreUri.parse(uri)));
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
