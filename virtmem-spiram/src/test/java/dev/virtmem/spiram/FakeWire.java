package dev.virtmem.spiram;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfig;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A mocked Pi4J connection that notes what is sent and answers what the test wants. */
final class FakeWire {
  private static final AtomicInteger WIRES = new AtomicInteger();

  /** Answers one transfer: the sent bytes in, the received bytes out, the result of Pi4J. */
  interface Answer {
    int answer(byte[] sent, byte[] received);
  }

  final Spi spi = mock(Spi.class);

  /** The bytes of each transfer in hex. */
  final List<String> sent = new ArrayList<>();

  int modeRegister = 0x40;

  // The contents of a chip with 3 address bytes, other ones on each wire: start-up finds a chip.
  private final int contents = WIRES.incrementAndGet();
  Answer answer = this::contents;

  FakeWire(int hz) {
    SpiConfig config = mock(SpiConfig.class);
    when(config.bus()).thenReturn(SpiBus.BUS_0);
    when(config.channel()).thenReturn(1);
    when(config.baud()).thenReturn(hz);
    when(spi.config()).thenReturn(config);
    when(spi.transfer(any(byte[].class), anyInt(), any(byte[].class), anyInt(), anyInt()))
        .thenAnswer(
            call -> {
              byte[] out = call.getArgument(0);
              byte[] in = call.getArgument(2);
              int length = call.getArgument(4);
              if (call.<Integer>getArgument(1) != 0
                  || call.<Integer>getArgument(3) != 0
                  || out.length != length
                  || in.length != length) {
                throw new AssertionError("arrays are not exactly of the transfer's size");
              }
              byte[] copy = out.clone();
              sent.add(HexFormat.of().formatHex(copy));
              int result = answer.answer(copy, in);
              if (copy[0] == 5 && result >= 0) {
                in[1] = (byte) modeRegister;
              }
              return result;
            });
  }

  private int contents(byte[] out, byte[] in) {
    if (out[0] == 3) {
      int address = out[1] << 16 | (out[2] & 0xff) << 8 | out[3] & 0xff;
      for (int i = 4; i < in.length; i++) {
        in[i] = (byte) ((address + i - 4 + contents) * 0x9e3779b1 >>> 24);
      }
    }
    return in.length;
  }

  /** Sets up the driver and forgets what that sent. */
  SpiRamStore store(String chip, int limit) {
    var store =
        SpiRamStore.builder(SpiRamChip.byName(chip)).transferLimit(limit).detect(false).attach(spi);
    sent.clear();
    return store;
  }
}
