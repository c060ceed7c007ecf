package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {
  private enum Wiring {
    FOUR_WIRE,
    DUAL
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heap:1M                        | heap | 1M",
        "sim:23LC1024?hz=2              | sim  | 23LC1024",
        "spi:0.0                        | spi  | 0.0",
        "file:/var/my pool.bin?size=64M | file | /var/my pool.bin",
        "file:/a%20b%3f%25+c?size=1     | file | /a b?%+c",
        "file:/gr%C3%BC%c3%9fe          | file | /grüße",
        "file:C:\\pools\\a:b            | file | C:\\pools\\a:b",
        "FILE:Relative.bin              | file | Relative.bin",
        "a+b.c-9:x                      | a+b.c-9 | x",
        "loop:                          | loop | ''",
        "loop:?x=1                      | loop | ''"
      })
  void takesSchemeAndRestApart(String text, String scheme, String rest) {
    StoreUri uri = StoreUri.parse(text);
    assertEquals(scheme, uri.scheme());
    assertEquals(rest, uri.rest());
    assertEquals(text, uri.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim:23LC1024           | sim:23LC1024?hz=5",
        "sim:x?hz=20            | sim:x?hz=5",
        "sim:x?a=%26&hz=2&b=c?d | sim:x?a=%26&b=c?d&hz=5",
        "sim:x?hzz=1            | sim:x?hzz=1&hz=5"
      })
  void setsAParameter(String text, String expected) {
    assertEquals(expected, StoreUri.parse(text).with("hz", "5").toString());
  }

  @Test
  void aParameterThatIsSetIsReadAsItIs() {
    assertEquals("1&2=%26", StoreUri.parse("x:y?a=b").with("k", "1&2=%26").text("k", ""));
    for (String key : new String[] {"", "a=", "a&b"}) {
      StoreUri uri = StoreUri.parse("x:y");
      assertThrows(IllegalArgumentException.class, () -> uri.with(key, ""));
    }
  }

  @Test
  void givesParameters() {
    StoreUri uri =
        StoreUri.parse("x:y?name=a%26b=c?d&empty=&size=64K&hz=-7&on=Yes&off=0&wiring=four-wire");
    assertEquals("a&b=c?d", uri.text("name", "z"));
    assertEquals("", uri.text("empty", "z"));
    assertEquals(65536, uri.size("size", 1));
    assertEquals(-7, uri.number("hz", 1, -7, 0));
    assertTrue(uri.flag("on", false));
    assertFalse(uri.flag("off", true));
    assertEquals(Wiring.FOUR_WIRE, uri.choice("wiring", Wiring.DUAL));
    assertDoesNotThrow(uri::checkAllUsed);
  }

  @Test
  void givesDefaults() {
    StoreUri uri = StoreUri.parse("x:y");
    assertEquals("z", uri.text("a", "z"));
    assertNull(uri.text("a", null));
    assertEquals(-1, uri.size("b", -1));
    assertEquals(5, uri.number("c", 5, 0, 9));
    assertTrue(uri.flag("d", true));
    assertEquals(Wiring.DUAL, uri.choice("e", Wiring.DUAL));
    assertDoesNotThrow(uri::checkAllUsed);
  }

  @Test
  void enumsWithBodiesAreChoicesToo() {
    StoreUri uri = StoreUri.parse("x:y?unit=Seconds");
    assertEquals(TimeUnit.SECONDS, uri.choice("unit", TimeUnit.DAYS));
  }

  @Test
  void refusesBadValues() {
    StoreUri uri = StoreUri.parse("x:y?size=1T&hz=12.5&low=1&flag=maybe&wiring=three");
    refuses(() -> uri.size("size", 0), "size in x:y?size=1T", "64K", "got '1T'");
    refuses(() -> uri.number("hz", 0, 0, 9), "hz in x:y", "from 0 to 9", "got '12.5'");
    refuses(() -> uri.number("low", 3, 2, 9), "low in x:y", "from 2 to 9", "got '1'");
    refuses(() -> uri.number("low", 0, -9, 0), "low in x:y", "from -9 to 0", "got '1'");
    refuses(() -> uri.flag("flag", true), "flag in x:y", "true or false", "got 'maybe'");
    refuses(
        () -> uri.choice("wiring", Wiring.DUAL), "wiring in x:y", "four-wire, dual", "got 'three'");
  }

  @Test
  void unknownParametersAreListedWithThoseThatExist() {
    StoreUri uri = StoreUri.parse("x:y?speed=1&hz=2&colour=3");
    uri.number("hz", 0, 0, 9);
    uri.text("chip", null);
    refuses(
        uri::checkAllUsed,
        "unknown parameter colour, speed in x:y?speed=1&hz=2&colour=3",
        "x: has chip, hz");
    refuses(StoreUri.parse("x:y?a=1")::checkAllUsed, "x: has none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "heap", ":1M", "1heap:1M", "/a/b:c", "he ap:1", "häp:1"})
  void refusesTextWithoutScheme(String text) {
    refuses(() -> StoreUri.parse(text), "'" + text + "'", "SCHEME:REST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:y?", "x:y?a", "x:y?=1", "x:y?a=1&", "x:y?&a=1", "x:y?a=1&&b=2"})
  void refusesParametersOfAnotherForm(String text) {
    refuses(() -> StoreUri.parse(text), text, "KEY=VALUE");
  }

  @Test
  void refusesAParameterGivenTwice() {
    refuses(() -> StoreUri.parse("x:y?a=1&b=2&a=1"), "parameter a", "twice", "x:y?a=1&b=2&a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:100%", "x:%4", "x:%zz", "x:%-1", "x:%+1", "x:y?a=%"})
  void refusesBadEscapes(String text) {
    refuses(() -> StoreUri.parse(text), text, "%25");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "123, 123",
    "12B, 12",
    "1k, 1024",
    "64K, 65536",
    "64KB, 65536",
    "64kib, 65536",
    "3M, 3145728",
    "3 MiB, 3145728",
    "2G, 2147483648",
    "8589934591G, 9223372035781033984",
    "9223372036854775807, 9223372036854775807"
  })
  void parsesSizes(String text, long bytes) {
    assertEquals(bytes, StoreUri.parseSize("pool", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.5M", "M", "1T", "1KiBs", "0x10", "1_000", "5iB", " 1"})
  void refusesOtherSizes(String text) {
    refuses(() -> StoreUri.parseSize("pool", text), "pool must", "64KiB", "got '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8589934592G", "9223372036854775808", "99999999999999999999K"})
  void refusesSizesThatOverflow(String text) {
    refuses(() -> StoreUri.parseSize("pool", text), "at most 9223372036854775807", text);
  }

  private static void refuses(Executable call, String... parts) {
    var e = assertThrows(IllegalArgumentException.class, call);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), "'" + part + "' is not in: " + e.getMessage());
    }
  }
}
