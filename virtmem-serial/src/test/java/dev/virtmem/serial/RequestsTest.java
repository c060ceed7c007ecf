package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import org.junit.jupiter.api.Test;

/** What is answered to requests that come again, or before their turn. */
class RequestsTest {
  private final FrameWriter writer = new FrameWriter(FrameType.HOST_DATA);
  private final Requests requests =
      new Requests(new InputQueue(16), new HostJournal(new HostListener() {}), writer);

  private int answerType() {
    return writer.array()[0] & 0xFF;
  }

  /** Failures are kept by number, and numbers of 64 requests apart share a place. */
  @Test
  void aReadOutOfTurnIsAnsweredByReadingWhateverFailedBefore() {
    var failing =
        new ForwardingStore(new HeapStore(64)) {
          @Override
          public void write(long offset, TransferBuffer source) {
            throw new StoreException("the card is full");
          }
        };
    requests.begin(new PoolLender(size -> failing, 64, 64).lend(64));
    // Two bytes to be written at 8, or four to be read from there.
    byte[] body = {8, 0, 0, 0, 4, 0};
    requests.carryOut(FrameType.WRITE, 5, body, 0, body.length);
    assertEquals(FrameType.ERROR, answerType());
    requests.repeat(FrameType.WRITE, 5, body, 0, body.length);
    assertEquals(FrameType.ERROR, answerType());
    int number = 5 + FrameType.HOST_WINDOW;
    requests.repeat(FrameType.READ_AT_ONCE, number, body, 0, body.length);
    assertEquals(FrameType.READ_AT_ONCE | FrameType.ANSWER, answerType());
  }
}
