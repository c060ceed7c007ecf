package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  @Test
  void readsAll() {
    var text =
        "absent:low,wired:23lc512,stuck-address:3,stuck-cell:77,stuck-data:7,flips:1e-5,"
            + "read-flips:0.5,limit:8000000,error-at:3-5,silent-from:9,hold";
    var faults = Faults.parse(text);
    assertEquals(text, faults.toString());
    assertTrue(faults.absent);
    assertEquals(0, faults.floating);
    assertEquals("23LC512", faults.wired);
    assertEquals(3, faults.stuckAddressBit);
    assertEquals(77, faults.stuckCell);
    assertEquals(7, faults.stuckDataBit);
    assertEquals(1e-5, faults.flips);
    assertEquals(0.5, faults.readFlips);
    assertEquals(8_000_000, faults.limitHz);
    assertEquals(3, faults.firstError);
    assertEquals(5, faults.lastError);
    assertEquals(9, faults.silentFrom);
    assertTrue(faults.hold);
  }

  @Test
  void readsNone() {
    for (Faults faults : new Faults[] {Faults.NONE, Faults.parse("")}) {
      assertEquals("", faults.toString());
      assertFalse(faults.hold);
      assertNull(faults.wired);
      assertFalse(faults.failsAt(1));
      assertFalse(faults.silentAt(1_000_000));
      assertEquals(Faults.NOWHERE, faults.stuckCell);
    }
  }

  @Test
  void failsInARangeOrOnce() {
    var once = Faults.parse("ERROR-AT:2");
    assertFalse(once.failsAt(1));
    assertTrue(once.failsAt(2));
    assertFalse(once.failsAt(3));
    var range = Faults.parse("error-at:2-3");
    assertTrue(range.failsAt(3));
    assertFalse(range.failsAt(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flip:0.1            | unknown fault 'flip', there are absent[:low], wired:PART, stuck-a",
        "flips:0.1,          | unknown fault '', there are absent[:low]",
        "flips               | flips must be a probability from 0 to 1, such as 1e-5, got ''",
        "flips:1.5           | flips must be a probability from 0 to 1, such as 1e-5, got '1.5'",
        "read-flips:nan      | read-flips must be a probability from 0 to 1, such as 1e-5, got",
        "flips:0.1,flips:0.2 | fault flips is given twice in flips:0.1,flips:0.2",
        "absent:high         | absent must be alone, which floats high, or absent:low, got 'high'",
        "wired:23LC102       | wired must be one of 23LC1024, 23A1024, ",
        "wired               | wired must be one of 23LC1024, 23A1024, ",
        "stuck-address:-1    | stuck-address must be a whole number from 0 to 31, got '-1'",
        "stuck-address:32    | stuck-address must be a whole number from 0 to 31, got '32'",
        "stuck-cell:x        | stuck-cell must be a whole number from 0 to 2147483647, got 'x'",
        "stuck-data:8        | stuck-data must be a whole number from 0 to 7, got '8'",
        "limit:0             | limit must be a whole number from 1 to 2147483647, got '0'",
        "error-at:0          | error-at must be a whole number at least 1, got '0'",
        "error-at:4-3        | error-at must be a whole number at least 4, got '4-3'",
        "error-at:4-         | error-at must be a whole number at least 4, got '4-'",
        "silent-from:0       | silent-from must be a whole number at least 1, got '0'",
        "hold:1              | hold must be given without a value, got '1'",
      })
  void refusesWhatIsNotAllowed(String text, String message) {
    var e = assertThrows(IllegalArgumentException.class, () -> Faults.parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
