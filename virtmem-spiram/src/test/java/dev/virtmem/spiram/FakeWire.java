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

/** A mocked Pi4J connection that notes what is sent and answers what the test wants. */
final class FakeWire {
  /** Answers one transfer: the sent bytes in, the received bytes out, the result of Pi4J. */
  interface Answer {
    int answer(byte[] sent, byte[] received);
  }

  final Spi spi = mock(Spi.class);

  /** The bytes of each transfer in hex. */
  final List<String> sent = new ArrayList<>();

  int modeRegister = 0x40;
  Answer answer = (out, in) -> in.length;

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

  /** Sets up the driver and forgets what that sent. */
  SpiRamStore store(String chip, int limit) {
    var store = SpiRamStore.builder(SpiRamChip.byName(chip)).transferLimit(limit).attach(spi);
    sent.clear();
    return store;
  }
}
