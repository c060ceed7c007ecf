package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.pi4j.exception.Pi4JException;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpiRamStoreTest {
  private static final int HZ = 10_000_000;

  private final FakeWire wire = new FakeWire(HZ);

  @Test
  void setsTheChipUp() {
    SpiRamStore.builder(SpiRamChip.byName("23LC1024")).detect(false).attach(wire.spi);
    assertEquals(List.of("ff", "0140", "0500"), wire.sent);
  }

  @Test
  void writesInstructionAddressAndData() {
    var store = wire.store("23LC1024", 4096);
    store.write(0x1A2B3, new byte[] {9, 10, 11, 12}, 1, 2);
    assertEquals(List.of("0201a2b30a0b"), wire.sent);
  }

  @Test
  void readsWhatComesAfterTheAddress() {
    var store = wire.store("23LC1024", 4096);
    answerWithPositions();
    var target = new byte[5];
    store.read(0x102, target, 1, 3);
    assertEquals(List.of("03000102000000"), wire.sent);
    assertArrayEquals(new byte[] {0, 4, 5, 6, 0}, target);
  }

  @Test
  void usesTwoAddressBytesForSmallerParts() {
    var store = wire.store("23LC512", 4096);
    store.write(0xABCD, new byte[] {7}, 0, 1);
    assertEquals(List.of("02abcd07"), wire.sent);
  }

  @Test
  void enablesEachWriteOfALatchedChip() {
    wire.modeRegister = 0x02;
    var store = wire.store("FM25V20A", 7);
    store.write(0x3abcd, new byte[] {1, 2, 3, 4, 5}, 0, 5);
    assertEquals(List.of("06", "0203abcd010203", "06", "0203abd00405"), wire.sent);
    wire.sent.clear();
    store.read(0x3abcd, new byte[2], 0, 2);
    assertEquals(List.of("0303abcd0000"), wire.sent);
  }

  /** The bytes of the answer replace those that were sent, also those of WREN. */
  @Test
  void sendsTheSameWriteEnableWhateverIsAnswered() {
    wire.modeRegister = 0x02;
    var store = wire.store("MR25H40", 4096);
    wire.answer =
        (out, in) -> {
          Arrays.fill(in, (byte) 0x5a);
          return 0;
        };
    store.write(1, new byte[] {9}, 0, 1);
    store.write(2, new byte[] {8}, 0, 1);
    assertEquals(List.of("06", "0200000109", "06", "0200000208"), wire.sent);
  }

  @Test
  void writesNothingIfWriteEnableFails() {
    wire.modeRegister = 0x02;
    var store = wire.store("MB85RS1MT", 4096);
    wire.answer = (out, in) -> -5;
    var e = assertThrows(StoreException.class, () -> store.write(3, new byte[4], 0, 4));
    assertEquals(
        "write-enable before a write of 4 bytes at offset 3 failed on SPI 0.1: Pi4J returned -5",
        e.getMessage());
    assertEquals(List.of("06"), wire.sent);
  }

  @Test
  void transfersNoWriteEnableForZeroBytes() {
    wire.modeRegister = 0x02;
    var store = wire.store("FM25V20A", 4096);
    store.write(0, new byte[0], 0, 0);
    assertEquals(List.of(), wire.sent);
  }

  @Test
  void splitsBelowTheLimitWithACommandForEachPart() {
    var store = wire.store("23LC1024", 7);
    store.write(0xFE, new byte[] {1, 2, 3, 4, 5, 6, 7}, 0, 7);
    assertEquals(List.of("020000fe010203", "02000101040506", "0200010407"), wire.sent);
    wire.sent.clear();
    answerWithPositions();
    var target = new byte[7];
    store.read(0xFE, target, 0, 7);
    assertEquals(List.of("030000fe000000", "03000101000000", "0300010400"), wire.sent);
    assertArrayEquals(new byte[] {4, 5, 6, 4, 5, 6, 4}, target);
  }

  @Test
  void fillsTheLimitExactly() {
    var store = wire.store("23LC1024", 4096);
    store.write(0, new byte[4092], 0, 4092);
    assertEquals(1, wire.sent.size());
    store.write(0, new byte[4093], 0, 4093);
    assertEquals(
        List.of(4096, 5), wire.sent.subList(1, 3).stream().map(s -> s.length() / 2).toList());
  }

  @Test
  void gathersAndScattersPiecesInOneTransfer() {
    var store = wire.store("23LC1024", 4096);
    var frames = new byte[] {1, 2, 3, 4, 5, 6};
    var pieces = new TransferBuffer(frames, 2);
    pieces.add(4, 2);
    pieces.add(0, 2);
    store.write(0, pieces);
    assertEquals(List.of("0200000005060102"), wire.sent);
    answerWithPositions();
    store.read(0, pieces);
    assertArrayEquals(new byte[] {6, 7, 3, 4, 4, 5}, frames);
  }

  @Test
  void transfersNothingForZeroBytes() {
    var store = wire.store("23LC1024", 4096);
    store.read(131_072, new byte[0], 0, 0);
    store.write(0, new byte[0], 0, 0);
    assertEquals(List.of(), wire.sent);
  }

  @Test
  void transfersNothingOutOfBounds() {
    var store = wire.store("23LC512", 4096);
    assertThrows(IndexOutOfBoundsException.class, () -> store.read(65_535, new byte[2], 0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> store.write(-1, new byte[2], 0, 2));
    assertEquals(List.of(), wire.sent);
  }

  @Test
  void takesEveryResultThatIsNotNegativeAsSuccess() {
    var store = wire.store("23LC1024", 4096);
    for (int result : new int[] {0, 1, 5, 1 << 20}) {
      wire.answer = (out, in) -> result;
      store.write(0, new byte[1], 0, 1);
    }
    assertEquals(4, wire.sent.size());
  }

  @Test
  void takesANegativeResultAsAFailure() {
    var store = wire.store("23LC1024", 4096);
    wire.answer = (out, in) -> -89;
    var e = assertThrows(StoreException.class, () -> store.read(70, new byte[12], 0, 12));
    assertEquals(
        "read of 12 bytes at offset 70 failed on SPI 0.1: Pi4J returned -89", e.getMessage());
  }

  @Test
  void stopsAtTheFirstPartThatFailsAndWorksAfterwards() {
    var store = wire.store("23LC1024", 7);
    wire.answer = (out, in) -> wire.sent.size() == 2 ? -1 : 0;
    var e = assertThrows(StoreException.class, () -> store.write(0, new byte[9], 0, 9));
    assertTrue(e.getMessage().contains("write of 3 bytes at offset 3"), e.getMessage());
    assertEquals(2, wire.sent.size());
    store.write(0, new byte[9], 0, 9);
    assertEquals(5, wire.sent.size());
  }

  @Test
  void cutsTheTextsOfPi4J() {
    var store = wire.store("23LC1024", 4096);
    String huge = "Error during call: " + "0xA5, ".repeat(4096) + "Message too long (90)";
    wire.answer =
        (out, in) -> {
          throw new Pi4JException(huge, new Pi4JException(huge));
        };
    var e = assertThrows(StoreException.class, () -> store.write(8, new byte[1024], 0, 1024));
    assertTrue(e.getMessage().startsWith("write of 1024 bytes at offset 8 failed"), e.getMessage());
    assertTrue(e.getMessage().contains("Error during call"), e.getMessage());
    assertTrue(e.getMessage().endsWith("Message too long (90)"), e.getMessage());
    assertTrue(e.getMessage().length() < 350, e.getMessage());
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertTrue(!trace.toString().contains("0xA5, ".repeat(100)), "the trace has the buffers");
  }

  @Test
  void keepsAShortCauseAsItIs() {
    var store = wire.store("23LC1024", 4096);
    var cause = new Pi4JException("Connection reset");
    wire.answer =
        (out, in) -> {
          throw cause;
        };
    var e = assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
    assertEquals(cause, e.getCause());
  }

  @Test
  void saysWhatATransferCosts() {
    var chip = SpiRamChip.byName("23LC1024");
    var cost = SpiRamStore.builder(chip).attach(wire.spi).cost();
    // 15 us and 4 bytes of command at 800 ns each, then 800 ns per byte.
    assertEquals(18_200, cost.readNanos());
    assertEquals(18_200, cost.writeNanos());
    assertEquals(800, cost.readNanosPerByte());
    assertEquals(800, cost.writeNanosPerByte());
    assertEquals(1, cost.unit());
    wire.modeRegister = 0x02;
    var latched = SpiRamStore.builder(SpiRamChip.byName("FM25V20A")).attach(wire.spi).cost();
    assertEquals(18_200, latched.readNanos());
    // Another 15 us and one byte.
    assertEquals(34_000, latched.writeNanos());
    assertEquals(800, latched.writeNanosPerByte());
    wire.modeRegister = 0x40;
    var noGap =
        SpiRamStore.builder(SpiRamChip.byName("23LC512"))
            .gap(0)
            .detect(false)
            .attach(wire.spi)
            .cost();
    assertEquals(2400, noGap.readNanos());
  }

  @Test
  void reusesItsArrays() {
    var store = wire.store("23LC1024", 4096);
    assertEquals(0, store.bufferBytes());
    for (int i = 0; i < 100; i++) {
      store.write(i, new byte[60], 0, 60);
      store.read(i, new byte[28], 0, 28);
    }
    assertEquals(64 + 32, store.bufferBytes());
  }

  @Test
  void leavesABorrowedConnectionOpen() {
    var store = wire.store("23LC1024", 4096);
    store.close();
    verify(wire.spi, never()).close();
    var e = assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
    assertEquals("23LC1024 on SPI 0.1 at 10000000 Hz is closed", e.getMessage());
    assertThrows(StoreException.class, store::sync);
    assertEquals(131_072, store.capacity());
  }

  /** Answers each transfer with bytes that count from 0 at its start. */
  private void answerWithPositions() {
    wire.answer =
        (out, in) -> {
          for (int i = 0; i < in.length; i++) {
            in[i] = (byte) i;
          }
          return 0;
        };
  }
}
