package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.ByteSink;
import dev.virtmem.serial.Protocol;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.serial.SerialStoreBuilder;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our store and the original Python host, of which there is a model, held against recordings. */
class OriginalHostTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/virtmem");
  private static final Path RECORDED_HOST = RESOURCES.resolve("sim/recorded-original-host.txt");
  private static final Path RECORDED_DEVICE =
      Path.of("../virtmem-serial").resolve(RESOURCES).resolve("serial/recorded-device.txt");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int SIZE = 20_011;
  private static final int BAUD = 1_000_000;

  private static SerialStoreBuilder builder(OriginalHost host, long size) {
    var line = new SimulatedLine(host, BAUD, 500_000, 0, LineFaults.NONE);
    return SerialStore.builder(line).size(size).baud(BAUD);
  }

  @Test
  void theModelAnswersLikeTheHostThatWasRecorded() throws IOException {
    var host = new OriginalHost(SIZE);
    for (String part : parts(RECORDED_HOST).toList()) {
      replay(part, host);
    }
    assertEquals(10, host.warnings());
  }

  @Test
  void theModelAnswersADeviceLikeTheHostThatWasRecorded() throws IOException {
    var parts = parts(RECORDED_DEVICE).filter(part -> part.contains("; the original host\n"));
    assertEquals(6, parts.peek(part -> replay(part, new OriginalHost(SIZE))).count());
  }

  private static Stream<String> parts(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("\n= ")).skip(1);
  }

  private static void replay(String part, OriginalHost host) {
    var recorded = new ByteArrayOutputStream();
    var recordedText = new ByteArrayOutputStream();
    var answers = new ByteArrayOutputStream();
    int before = host.text().length();
    for (String line :
        part.lines().skip(1).filter(l -> "><$%".indexOf(l.charAt(0)) >= 0).toList()) {
      byte[] bytes = HEX.parseHex(line.substring(2));
      switch (line.charAt(0)) {
        case '>' -> send(host, bytes, answers);
        case '<' -> recorded.writeBytes(bytes);
        case '$' -> host.type(bytes);
        default -> recordedText.writeBytes(bytes);
      }
    }
    String name = part.lines().findFirst().orElseThrow();
    assertEquals(HEX.formatHex(recorded.toByteArray()), HEX.formatHex(answers.toByteArray()), name);
    assertEquals(
        recordedText.toString(StandardCharsets.ISO_8859_1), host.text().substring(before), name);
  }

  private static void send(OriginalHost host, byte[] bytes, ByteArrayOutputStream answers) {
    try {
      host.receive(bytes, 0, bytes.length, 0, answers::write);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"AUTO", "PLAIN"})
  void theConsoleWorksAcrossSessions(Protocol protocol) {
    var host = new OriginalHost(SIZE);
    byte[] buffer = new byte[50];
    host.type("before\n".getBytes(StandardCharsets.US_ASCII));
    try (SerialStore store = builder(host, SIZE).protocol(protocol).open()) {
      assertFalse(store.isChecked());
      assertEquals(7, store.inputAvailable());
      assertEquals(4, store.readInput(buffer, 0, 4));
      store.print("Hi\n".getBytes(StandardCharsets.US_ASCII), 0, 3);
      store.ping();
      assertEquals(SIZE, host.poolSize());
    }
    try (SerialStore store = builder(host, 100).protocol(protocol).open()) {
      assertEquals(3, store.readInput(buffer, 4, 46));
      assertEquals("before\n", new String(buffer, 0, 7, StandardCharsets.US_ASCII));
      assertEquals(0, store.readInput(buffer, 0, 50));
      assertEquals(100, host.poolSize());
    }
    assertEquals("Hi\n", host.text());
    assertEquals(protocol == Protocol.AUTO ? 2 * 3 * 7 : 0, host.warnings());
  }

  @Test
  void aSizeThatWouldEndTheHostIsRefusedBefore() {
    var host = new OriginalHost(SIZE);
    var builder = builder(host, 1L << 31);
    var e = assertThrows(StoreException.class, builder::open);
    assertTrue(e.getMessage().contains("2147483648"), e.getMessage());
    assertTrue(e.getMessage().contains("2147483647"), e.getMessage());
    assertFalse(host.isEnded());
  }

  @Test
  void aHostThatThePoolEndedIsFoundOutAtOnce() {
    var host = new OriginalHost(SIZE);
    var builder = builder(host, SIZE + 1);
    var e = assertThrows(StoreException.class, builder::open);
    assertTrue(e.getMessage().contains("stopped answering"), e.getMessage());
    assertTrue(e.getMessage().contains("a pool of 20012 bytes"), e.getMessage());
    assertTrue(host.isEnded());
  }

  @Test
  void aHostThatIsKilledIsAnErrorAndStaysOne() {
    var host = new OriginalHost(SIZE);
    SerialStore store = builder(host, SIZE).open();
    var bytes = new byte[5000];
    store.write(0, bytes, 0, 5000);
    host.kill();
    var e = assertThrows(StoreException.class, () -> store.read(0, bytes, 0, 5000));
    assertTrue(e.getMessage().contains("stopped answering"), e.getMessage());
    assertThrows(StoreException.class, () -> store.write(0, bytes, 0, 1));
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 999, 4000})
  void aHostThatWaitsForTheRestOfAWriteIsFound(int missing) throws IOException {
    for (int baud : new int[] {115_200, 1_000_000}) {
      var host = new OriginalHost(SIZE);
      byte[] begun = HEX.parseHex("FF00FF0110270000FF0300000000A00F0000");
      send(host, Arrays.copyOf(begun, begun.length + 4000 - missing), new ByteArrayOutputStream());
      var line = new SimulatedLine(host, baud, 500_000, 0, LineFaults.NONE);
      try (SerialStore store = SerialStore.builder(line).size(SIZE).baud(baud).open()) {
        checkTransfers(store);
      }
      assertTrue(host.text().chars().allMatch(c -> c == 0), host.text());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"AUTO", "PLAIN"})
  void aHostThatWakesUpLateAnswersAllInits(Protocol protocol) {
    var host = new LateHost();
    var line = new SimulatedLine(host, 115_200, 500_000, 0, LineFaults.NONE);
    var builder = SerialStore.builder(line).size(SIZE).baud(115_200).timeout(3_000_000_000L);
    try (SerialStore store = builder.protocol(protocol).open()) {
      checkTransfers(store);
    }
  }

  private static void checkTransfers(SerialStore store) {
    byte[] bytes = {1, -1, 0};
    var back = new byte[5];
    store.write(SIZE - 4, bytes, 0, 3);
    store.read(SIZE - 5, back, 0, 5);
    assertArrayEquals(new byte[] {0, 1, -1, 0, 0}, back);
  }

  /** A host whose computer has collected what came before it was started. */
  private static final class LateHost implements LineEnd {
    private static final long START = 700_000_000;

    private final OriginalHost host = new OriginalHost(SIZE);
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    @Override
    public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
        throws IOException {
      collected.write(bytes, from, length);
      if (nanos > START) {
        byte[] all = collected.toByteArray();
        collected.reset();
        host.receive(all, 0, all.length, nanos, answers);
      }
    }

    @Override
    public void lineLost() {
      host.lineLost();
    }
  }

  @Nested
  class Contract extends BackingStoreContract {
    @Override
    protected BackingStore open() {
      return builder(new OriginalHost(SIZE), SIZE).transfer(1000).open();
    }

    @Override
    protected int rounds() {
      return 300;
    }
  }
}
