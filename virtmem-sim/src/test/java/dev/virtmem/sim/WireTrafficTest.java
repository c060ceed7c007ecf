package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfigBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.spiram.SpiRamStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an access of n bytes puts on the wire, for each part: 1 + address bytes + n bytes, in as few
 * transfers as the limit allows, and WREN before each that writes if the part wants it.
 */
class WireTrafficTest {
  /** The header of each transfer, in hex, with its length: all that the chip was sent. */
  private final List<String> sent = new ArrayList<>();

  private int addressBytes;

  /** Not APS6404L, whose transfers are limited by time. */
  private static List<String> parts() {
    return MemoryChip.parts().stream().filter(part -> !part.startsWith("APS")).toList();
  }

  static Stream<Arguments> partsAndLimits() {
    return parts().stream()
        .flatMap(
            part ->
                Stream.of(1, 2, 32, 123, 1024, 4096 - 4)
                    .map(payload -> 1 + addressBytes(part) + payload)
                    .map(limit -> Arguments.of(part, limit)));
  }

  // Not from the driver's table: the datasheets have 3 for more than 64 KiB, and 2 below.
  private static int addressBytes(String part) {
    return MemoryChip.byName(part, 1).capacity() > 1 << 16 ? 3 : 2;
  }

  private SpiRamStore open(MemoryChip chip, int limit) {
    addressBytes = addressBytes(chip.part());
    SpiDevice counted =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          int header = Math.min(length, 1 + addressBytes);
          sent.add(HexFormat.of().formatHex(mosi, mosiFrom, mosiFrom + header) + " " + length);
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
        };
    var config = SpiConfigBuilder.newInstance(null).id("wire").bus(SpiBus.BUS_0).channel(0);
    var spi =
        new SimulatedSpiProvider(new VirtualClock(0), limit)
            .connect(0, 0, counted)
            .create(config.baud(1_000_000).build());
    return SpiRamStore.builder(SpiRamChip.byName(chip.part())).transferLimit(limit).attach(spi);
  }

  @ParameterizedTest
  @MethodSource("partsAndLimits")
  void accessesTakeTheFewestBytesAndTransfers(String part, int limit) {
    var chip = MemoryChip.byName(part, 9);
    var store = open(chip, limit);
    boolean latched = SpiRamChip.byName(part).has(Trait.WRITE_ENABLE);
    assertEquals(part.startsWith("23") ? false : true, latched);
    byte[] model = chip.peek(0, chip.capacity());
    var random = new Random(limit);
    int most = Math.min(chip.capacity(), limit < 100 ? 300 : 10_000);
    for (int step = 0; step < 200; step++) {
      var data = new byte[1 + random.nextInt(most)];
      int offset = random.nextInt(chip.capacity() - data.length + 1);
      boolean write = random.nextBoolean();
      sent.clear();
      if (write) {
        random.nextBytes(data);
        System.arraycopy(data, 0, model, offset, data.length);
        store.write(offset, data, 0, data.length);
      } else {
        store.read(offset, data, 0, data.length);
      }
      assertEquals(expected(write, latched, offset, data.length, limit), sent);
      int transfers = Math.ceilDiv(data.length, limit - 1 - addressBytes);
      assertEquals(transfers * (write && latched ? 2 : 1), sent.size());
      assertArrayEquals(Arrays.copyOfRange(model, offset, offset + data.length), data);
    }
    assertArrayEquals(model, chip.peek(0, chip.capacity()));
    assertEquals(List.of(), chip.violations());
  }

  private List<String> expected(boolean write, boolean latched, int offset, int length, int limit) {
    var expected = new ArrayList<String>();
    int payload = limit - 1 - addressBytes;
    for (int done = 0; done < length; done += payload) {
      if (write && latched) {
        expected.add("06 1");
      }
      String address = "%06x".formatted(offset + done).substring(6 - 2 * addressBytes);
      int bytes = 1 + addressBytes + Math.min(payload, length - done);
      expected.add((write ? "02" : "03") + address + " " + bytes);
    }
    return expected;
  }

  @Test
  void startUpStaysFarBelow64Transfers() {
    for (String part : parts()) {
      sent.clear();
      open(MemoryChip.byName(part, 1), 4096);
      assertTrue(sent.size() < 64, () -> part + " starts with " + sent);
    }
  }
}
