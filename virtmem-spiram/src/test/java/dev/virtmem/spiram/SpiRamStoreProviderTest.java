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
        "spi:0.0,?chip=23LC1024        | '' is no bus and channel",
        "spi:0.0,1?chip=23LC1024       | '1' is no bus and channel",
        "spi:0.0,0.1,0.00?chip=23LC1024 | SPI 0.0 is given twice",
        "spi:0.0,7.1?chip=23LC1024&layout=raid | must be one of concatenated, striped, got 'raid'",
        "spi:0.0,0.1?chip=23LC1024&layout=striped&stripe=48 | a power of two that divides the"
            + " 131072 bytes of a 23LC1024, got 48",
        "spi:0.0,0.1?chip=23LC1024&layout=striped&stripe=0 | a power of two that divides the 131072"
            + " bytes of a 23LC1024, got 0",
        "spi:0.0,0.1?chip=23LC1024&layout=striped&stripe=256K | got 262144",
        "spi:0.0,0.1?chip=23LC1024&layout=striped&stripe=x | such as 65536, 64K or 64KiB; got 'x'",
        "spi:0.0,0.1?chip=23LC1024&stripe=64 | stripe=64 in spi:0.0,0.1?chip=23LC1024&stripe=64 is"
            + " only allowed with layout=striped",
        "spi:0.0,0.1?chip=23LC1024&layout=concatenated&stripe=64 | only allowed with"
            + " layout=striped",
        "spi:7.0?chip=23LC1024         | bus must be 0 to 6, got 7",
        "spi:0.256?chip=23LC1024       | channel must be 0 to 255, got 256",
        "spi:0.0                       | needs chip=NAME, known are 23LC1024",
        "spi:0.0?chip=24LC256          | unknown chip '24LC256', known are 23LC1024",
        "spi:0.0?chip=23LC1024&hz=20000001 | from 1 to 20000000",
        "spi:0.0?chip=23LC1024&hz=0    | from 1 to 20000000",
        "spi:0.0?chip=23LC1024&gap=-1  | from 0 to",
        "spi:0.0?chip=23LC1024&limit=4 | from 5 to",
        "spi:0.0?chip=23LC1024&detect=maybe | detect in spi:0.0?chip=23LC1024&detect=maybe must be"
            + " true or false, got 'maybe'",
        "spi:0.0?chip=APS6404L&hz=4999999 | from 5000000 to 33000000",
        "spi:0.0?chip=23LC1024&size=1K | unknown parameter size",
        "spi:0.0?chip=23LC1024&retries=3 | is only allowed with verify=read-back or verify=crc",
        "spi:0.0?chip=23LC1024&verify=off&format=yes | format in"
            + " spi:0.0?chip=23LC1024&verify=off&format=yes is only allowed with verify=crc",
        "spi:0.0?chip=23LC1024&verify=read-back&regions=7 | is only allowed with verify=crc",
        "spi:0.0?chip=custom           | needs size=BYTES",
        "spi:0.0?chip=custom&size=0    | holds 1 to 65536 bytes, got 0 for custom",
        "spi:0.0?chip=custom&size=128K&address-bytes=2 | holds 1 to 65536 bytes, got 131072",
        "spi:0.0?chip=custom&size=1K&address-bytes=5 | from 1 to 4, got '5'",
        "spi:0.0?chip=custom&size=1K&hz=1000001 | from 1 to 1000000",
        "spi:0.0?chip=custom&size=1K&mode=256 | from 0 to 255",
        "spi:0.0?chip=custom&size=1K&traits=sleep,fast | must be of line-reset, write-enable,"
            + " sleep, pseudo-static, non-volatile, got 'fast'",
        "spi:0.0?chip=custom&size=1K&mode=64&traits=write-enable | got both for custom",
        "spi:0.0?chip=23LC1024&bufsiz=9 | unknown parameter bufsiz"
      })
  void refusesBadUris(String uri, String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> provider.open(StoreUri.parse(uri)));
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
