package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.cli.Finding.Cause;
import dev.virtmem.spiram.Verification;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

  private static SelfTestResult test(String uri) {
    return new SelfTestSession(new Clocks(uri), false, 1024, 1).run();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stuck       | CELLS          | A cell is stuck: bit 3 at offset 12,345 is always 1.",
        "alias       | ADDRESS_LINE   | bit 13 has no effect (offsets 8,192 apart are the same)",
        "half        | ADDRESS_LINE   | The device holds 32,768 bytes, not 65,536",
        "address-and | ADDRESS_LINE   | bits 7 and 11 are tied",
        "address-or  | ADDRESS_LINE   | bits 7 and 11 are tied",
        "data-zero   | DATA_LINE      | in each byte, bit 5 is always 0.",
        "data-one    | DATA_LINE      | in each byte, bit 2 is always 1.",
        "data-and    | DATA_LINE      | in each byte, bits 2 and 5 are tied.",
        "data-or     | DATA_LINE      | in each byte, bits 2 and 5 are tied.",
        "data-copy   | DATA_LINE      | in each byte, bit 7 has the value of bit 5.",
        "silent      | SILENT         | The device stopped answering within",
        "fails       | FAILS          | The device fails from transfer",
        "fails-once  | FAILS_AT_TIMES | 1 transfer failed, and passed when repeated: injected",
        "lenient     | DRIVER         | The driver did not refuse a read of",
        "leaky       | UNEXPLAINED    | Some bytes change when others are written",
        "reads       | BUS            | The connection is bad: about 1 bit in 50,000 read",
        "writes      | BUS            | The connection is bad: about 1 bit in 50,000 written"
      })
  void namesTheCause(String kind, Cause cause, String text) {
    SelfTestResult result = test("broken:" + kind);
    Finding finding = result.findings().getFirst();
    assertEquals(cause, finding.cause(), result.findings()::toString);
    // The rate is an estimate from some 200 errors.
    String found = finding.text().replaceAll("\\b[46]0,000\\b", "50,000");
    assertTrue(found.contains(text), found);
    assertTrue(!finding.advice().isEmpty() && finding.advice().size() <= 4);
  }

  @Test
  void aStoreThatWorksHasNoFault() {
    assertEquals(List.of(), test("broken:none").findings());
    assertEquals(List.of(), test("heap:1").findings());
    assertEquals(List.of(), test("heap:300").findings());
  }

  @Test
  void saysWhetherASilentDeviceAnswersWhenOpenedAnew() {
    String advice = test("broken:silent").advice().getFirst();
    assertTrue(advice.startsWith("It answered again when it was opened anew"), advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "fails"})
  void whatCouldNotBePutBackIsTold(String kind) {
    SelfTestResult result = test("broken:" + kind);
    assertTrue(result.seen().lost() > 0);
    assertEquals(Cause.NOT_RESTORED, result.findings().getLast().cause());
    assertEquals(0, test("broken:stuck").seen().lost());
  }

  /** What is wrong cannot be told behind verification. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim:23LC1024?verify=crc&fault=stuck-cell:5000",
        "sim:23LC1024?verify=read-back&fault=stuck-data:3"
      })
  void verificationThatGivesUpIsToBeLeftOut(String uri) {
    SelfTestResult result = test(uri);
    assertTrue(result.verdict().contains("cells of the chip are broken"), result.verdict());
    assertTrue(result.advice().getFirst().startsWith("Leave verify out"), result.advice().get(0));
    assertTrue(result.advice().size() > 1);
  }

  @Test
  void countsWhatVerificationDid() {
    assertEquals(
        "The store works, but the bus is bad: verification repeated 1 transfer.",
        test("sim:23LC1024?verify=crc&fault=error-at:800").verdict());
    assertEquals(List.of(), test("sim:FM25V20A?verify=crc&format=yes").advice());
  }

  @Test
  void speedIsThatOfBytesThatChange() {
    Speed write = test("sim:23K640?verify=crc").speeds().get(1);
    assertEquals(write.modelledNanos(), write.measuredNanos(), 0.2 * write.modelledNanos());
  }

  private static ClockResult clock(int hz, long errors) {
    return new ClockResult(hz, 2_000_000, errors, errors, 0, Optional.empty());
  }

  private static List<Finding> at(int hz, ClockResult... clocks) {
    return Diagnosis.of(new Observed(65_536, new Evidence(), List.of(clocks), hz, hz, false, 0));
  }

  @Test
  void aClockIsBlamedOnlyIfTheLowerOnesProveIt() {
    List<Finding> high =
        at(3_000_000, clock(1_000_000, 0), clock(2_000_000, 0), clock(3_000_000, 9));
    assertEquals(Cause.CLOCK, high.getFirst().cause());
    // As many wrong bits would have been expected at the lower clocks as were there: hardly one.
    List<Finding> rare =
        at(3_000_000, clock(1_000_000, 0), clock(2_000_000, 1), clock(3_000_000, 0));
    assertEquals(Cause.BUS, rare.getFirst().cause());
    assertEquals("The bus is bad: about 1 bit in 6,000,000 is wrong.", rare.getFirst().text());
    List<Finding> all = at(3_000_000, clock(1_000_000, 20), clock(2_000_000, 20));
    assertEquals(
        "The bus is bad: about 1 bit in 100,000 is wrong, even at 1 MHz.", all.getFirst().text());
  }

  @Test
  void verificationIsAdvisedOnlyIfItWouldHelp() {
    List<Finding> bad = at(1_000_000, clock(1_000_000, 20));
    assertTrue(bad.getFirst().advice().getLast().startsWith("Until then, add verify=crc"));
    List<Finding> worse = at(1_000_000, clock(1_000_000, 200));
    assertTrue(worse.getFirst().advice().getLast().startsWith("It is too bad for verify=crc"));
  }

  @Test
  void whatFailsAboveTheClockInUseIsNoFault() {
    ClockResult[] clocks = {clock(5_000_000, 0), clock(8_000_000, 0), clock(10_000_000, 99)};
    assertEquals(List.of(), at(8_000_000, clocks));
    var seen = new Observed(1, new Evidence(), List.of(clocks), 8_000_000, 8_000_000, false, 0);
    var result =
        new SelfTestResult(
            "x", false, List.of(), seen, List.of(), List.of(), Verification.Counts.NONE);
    assertEquals(List.of("Set hz=5000000 in the URI, to be on the safe side."), result.advice());
  }

  @Test
  void lostContentsAreTold() {
    var seen = new Observed(1, new Evidence(), List.of(), 0, 0, false, 7);
    assertEquals(Cause.NOT_RESTORED, Diagnosis.of(seen).getFirst().cause());
  }

  @Test
  void aRowOfWrongBytesIsOneError() {
    assertEquals(new Bits(3, 3), Bits.of(new byte[] {0, 3, 0, 0, 0, 4}));
    assertEquals(new Bits(5, 1), Bits.of(new byte[] {0, 3, 1, 0, 1, 4}));
    assertEquals(new Bits(6, 2), Bits.of(new byte[] {3, 1, 1, 4, 0, 0, 0, 8}));
    assertEquals(new Bits(0, 0), Bits.of(new byte[3]));
  }
}
