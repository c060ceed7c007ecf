package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfigBuilder;
import dev.virtmem.store.StoreUri;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CommandLogTest {
  private final CommandLog log = new CommandLog(100);
  private final FaultyWire sram = FaultyWire.powerUp("23LC1024", Faults.NONE, 1);
  private final SimulatedSpiProvider provider =
      new SimulatedSpiProvider(new VirtualClock(1000))
          .connect(0, 0, sram)
          .connect(0, 1, FramChip.powerUp("FM25V20A", 1))
          .connect(1, 0, SramChip.powerUp("23LC512", 1))
          .connect(1, 1, PsramChip.powerUp("APS6404L", 1))
          .log(log);

  private Spi spi(int bus, int channel) {
    return provider.create(
        SpiConfigBuilder.newInstance(null)
            .id(bus + "." + channel)
            .bus(bus)
            .channel(channel)
            .baud(8_000_000)
            .build());
  }

  private static void send(Spi spi, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    spi.transfer(bytes, 0, bytes, 0, bytes.length);
  }

  private static void inThread(String name, Runnable work) throws InterruptedException {
    var thread = new Thread(work, name);
    thread.start();
    thread.join();
  }

  private List<String> lines() {
    return log.commands().stream().map(command -> command.toString().strip()).toList();
  }

  @Test
  void notesWhatWasOnTheWires() throws InterruptedException {
    Spi one = spi(0, 0);
    Spi fram = spi(0, 1);
    inThread(
        "worker",
        () -> {
          send(one, "ff");
          send(one, "01 40");
          send(one, "05 00");
          send(one, "02 01abcd 010203");
          send(one, "03 000007 00");
          send(one, "03 0000");
          send(one, "9f");
          send(fram, "06");
          send(fram, "04");
          send(spi(1, 0), "03 0102 0000");
          send(spi(1, 1), "0b 123456 00 0000");
          send(one, "");
        });
    assertEquals(
        List.of(
            "0.000 us  0.0  RSTIO  worker",
            "2.000 us  0.0  WRMR, 1 byte  worker",
            "5.000 us  0.0  RDMR, 1 byte  worker",
            "8.000 us  0.0  WRITE 01ABCD, 3 bytes  worker",
            "16.000 us  0.0  READ 000007, 1 byte  worker",
            "22.000 us  0.0  READ  worker",
            "26.000 us  0.0  unknown 9F  worker",
            "28.000 us  0.1  WREN  worker",
            "30.000 us  0.1  WRDI  worker",
            "32.000 us  1.0  READ 000102, 2 bytes  worker",
            "38.000 us  1.1  FAST READ 123456, 2 bytes  worker"),
        lines());
    assertEquals(11, log.total());
    assertEquals(
        String.join("\n", log.commands().stream().map(Command::toString).toList()), log + "");
    assertEquals(List.of(), log.interleavings());
    Command write = log.commands().get(3);
    assertEquals(new Command(0, 0, 8000, "WRITE", 0x1abcd, 3, false, false, "worker"), write);
  }

  @Test
  void notesFailures() {
    sram.faults(Faults.parse("error-at:1"));
    Spi spi = spi(0, 0);
    assertThrows(Pi4JException.class, () -> send(spi, "03 000000 00"));
    assertTrue(lines().getFirst().contains("READ 000000, 1 byte, failed"), lines().toString());
  }

  @Test
  void keepsTheLastOnes() {
    var small = new CommandLog(3);
    provider.log(small);
    Spi spi = spi(0, 0);
    for (int i = 0; i < 10; i++) {
      send(spi, String.format("03 %06x 00", i));
    }
    assertEquals(List.of(7L, 8L, 9L), small.commands().stream().map(Command::address).toList());
    assertEquals(10, small.total());
    small.clear();
    assertEquals(List.of(), small.commands());
    assertEquals(0, small.total());
    assertThrows(IllegalArgumentException.class, () -> new CommandLog(-1));
  }

  @Test
  void canBeOff() {
    provider.log(null);
    send(spi(0, 0), "05 00");
    assertEquals(0, log.total());
  }

  @Test
  void findsACommandBetweenTwoThatBelongTogether() throws InterruptedException {
    Spi fram = spi(0, 1);
    Spi other = spi(0, 0);
    inThread("a", () -> send(fram, "06"));
    inThread("b", () -> send(other, "05 00"));
    inThread("a", () -> send(fram, "02 000000 11"));
    assertEquals(List.of(), log.interleavings());
    inThread("a", () -> send(fram, "06"));
    inThread("b", () -> send(fram, "03 000000 11"));
    assertEquals(1, log.interleavings().size());
    String line = log.interleavings().getFirst();
    assertTrue(line.contains("0.1  READ 000000, 1 byte  b right after"), line);
    assertTrue(line.endsWith("0.1  WREN  a"), line);
    inThread("a", () -> send(fram, "02 000000 11"));
    assertEquals(1, log.interleavings().size());
  }

  /** Two providers, as stores that are opened by URI have them: no mutex of theirs hides it. */
  @Test
  void findsTransfersOnOneBusAtATime() throws InterruptedException {
    var inTransfer = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow =
        new SimulatedSpiProvider(new VirtualClock(0))
            .connect(
                0,
                3,
                (mosi, mosiFrom, miso, misoFrom, length) -> {
                  inTransfer.countDown();
                  await(goOn);
                })
            .log(log);
    var config = SpiConfigBuilder.newInstance(null).id("slow").bus(0).channel(3).build();
    Spi waiting = slow.create(config);
    var thread = new Thread(() -> send(waiting, "aa"), "slow");
    thread.start();
    await(inTransfer);
    inThread("other bus", () -> send(spi(1, 0), "05 00"));
    assertEquals(List.of(), log.interleavings());
    inThread("quick", () -> send(spi(0, 0), "05 00"));
    goOn.countDown();
    thread.join();
    assertEquals(
        List.of("quick to 0.0 while a transfer of slow to 0.3 was under way"), log.interleavings());
    inThread("quick", () -> send(spi(0, 0), "05 00"));
    assertEquals(1, log.interleavings().size());
    log.clear();
    assertEquals(List.of(), log.interleavings());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isThereForAStore() {
    var uri = StoreUri.parse("sim:FM25V20A?chips=2");
    try (var store = (SimulatedChipStore) new SimStoreProvider().open(uri)) {
      store.log(log);
      store.write(262_143, new byte[] {1, 2}, 0, 2);
    }
    var seen = new ArrayList<String>();
    for (Command command : log.commands()) {
      seen.add(command.channel() + " " + command.instruction() + " " + command.address());
    }
    assertEquals(List.of("0 WREN -1", "0 WRITE 262143", "1 WREN -1", "1 WRITE 0"), seen);
  }
}
