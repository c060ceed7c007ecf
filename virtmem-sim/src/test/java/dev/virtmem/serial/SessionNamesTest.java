package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedSerialStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names by which both ends of a simulated store tell sessions apart. */
class SessionNamesTest {
  private static final int SIZE = 64;

  /** Who asks again for a session by its nonce is told its name. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void bothFollowFromTheSeed(long seed) throws IOException {
    var random = new Random(seed);
    long nonce = random.nextLong() & 0xFFFF_FFFFL;
    long session = random.nextLong();
    var faults = LineFaults.noise(0, seed);
    try (var store = SimulatedSerialStore.open(SIZE, 1_000_000, 500_000, faults, s -> s)) {
      var frame = new byte[32];
      var writer = new FrameWriter(16).start(FrameType.OPEN, 0).u32(nonce).u32(SIZE);
      var answer = new ByteArrayOutputStream();
      store.host().receive(frame, 0, writer.finish(0, frame, 0), 0, answer::write);
      var reader = new FrameReader(32);
      reader.feed(answer.toByteArray(), 0, answer.size());
      assertTrue(reader.ended() && reader.decode() && reader.isOf(0));
      assertEquals(FrameType.OPEN | FrameType.ANSWER, reader.type());
      assertEquals(nonce, reader.u32(0));
      assertEquals(session, reader.u64(4));
      // It was no new session, which would have ended that of the store.
      store.read(0, new byte[1], 0, 1);
    }
  }
}
