package dev.virtmem.bench.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.HostPort;
import dev.virtmem.serial.Lines;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.Protocol;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SerialBenchmarkTest {
  private static final long MILLI = 1_000_000;

  @Test
  @Timeout(60)
  void everyByteIsRightAndEveryPoolComesBack() throws Exception {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    SerialReport report = SerialBenchmark.run(1, MILLI, 8, 2, 100 * MILLI, MILLI);
    assertTrue(report.isCorrect(), report.toText());
    JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
    assertEquals(9, json.getAsJsonArray("exchanges").size());
    json.getAsJsonArray("exchanges")
        .forEach(row -> assertTrue(row.getAsJsonObject().get("ratio").getAsDouble() > 0));
    JsonObject served = json.getAsJsonObject("served");
    assertEquals(8 << 20, served.get("poolBytes").getAsLong());
    assertEquals(0, served.get("leftBytes").getAsLong());
    assertEquals(8, served.getAsJsonArray("ports").size());
    served
        .getAsJsonArray("ports")
        .forEach(port -> assertTrue(port.getAsJsonObject().get("operations").getAsLong() > 0));
    assertTrue(served.getAsJsonObject("slowestOverFastest").has("checked"));
  }

  /** A host that writes nothing of what it is given. */
  @Test
  @Timeout(60)
  void bytesThatAreNotThoseThatWereWrittenAreErrors() throws Exception {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    var lender =
        new PoolLender(
            size ->
                new ForwardingStore(new HeapStore(size)) {
                  @Override
                  public void write(long offset, TransferBuffer source) {
                    // Lost.
                  }
                },
            ServedDevice.POOL,
            ServedDevice.POOL);
    try (var device = new ServedDevice(Protocol.CHECKED, 1);
        var host =
            new HostPort(Lines.port(device.path(), ServedDevice.BAUD), lender, device.listener())) {
      device.open();
      device.run(100 * MILLI);
      device.giveBack();
      Served.Port result = device.result(host.session().statistics().badFrames());
      assertNull(result.failure());
      assertTrue(result.errors() > 0, result.toString());
    }
  }

  private static Served.Port port(String protocol, long bytes, long errors) {
    return new Served.Port(protocol, 10, bytes, 2, errors, null);
  }

  private static Served served(long other, double idle, Served.Port... ports) {
    return new Served(List.of(ports), true, 1 << 20, 1 << 20, other, 0, idle, 1);
  }

  private static Exchange exchange(double... ratios) {
    List<Exchange.Round> rounds =
        Arrays.stream(ratios).mapToObj(r -> new Exchange.Round(r * 1000, 1000)).toList();
    return new Exchange("read", 128, 128, rounds);
  }

  @Test
  void theMedianRatioHasToReachTheBar() {
    assertTrue(exchange(0.1, 0.8, 0.9).ok());
    assertFalse(exchange(0.79, 0.1, 2).ok());
    assertEquals(800, exchange(0.1, 0.8, 0.9).host());
  }

  @Test
  void portsOfTheSameProtocolAreHeldAgainstEachOther() {
    assertTrue(served(0, 0, port("plain", 4, 0), port("plain", 2, 0), port("checked", 1, 0)).ok());
    assertFalse(served(0, 0, port("plain", 5, 0), port("plain", 2, 0)).ok());
  }

  @Test
  void devicesThatDidNothingAreReported() {
    Served served = served(0, 0, new Served.Port("plain", 0, 0, 0, 1, "no answer"));
    var report = new SerialReport(List.of(exchange(1)), served);
    assertFalse(report.isCorrect());
    assertTrue(report.toText().contains("plain device: no answer"), report.toText());
    assertTrue(report.toJson().contains("\"failure\": \"no answer\""), report.toJson());
  }

  @Test
  void errorsHeapAndIdleTimeMatter() {
    Served.Port good = port("plain", 4, 0);
    assertTrue(served(256 << 10, 0.009, good).ok());
    assertFalse(served(0, 0, port("plain", 4, 1)).ok());
    assertFalse(served((256 << 10) + 1, 0, good).ok());
    assertFalse(served(0, 0.01, good).ok());
    assertFalse(new Served(List.of(good), true, 1 << 20, 1 << 20, 0, 1, 0, 1).ok());
    assertFalse(new Served(List.of(good), true, (1 << 20) + 1, 1 << 20, 0, 0, 0, 1).ok());
    String text = new SerialReport(List.of(exchange(1)), served(0, 0.01, good)).toText();
    assertTrue(text.contains("1.00 % of a core: NO"), text);
  }
}
