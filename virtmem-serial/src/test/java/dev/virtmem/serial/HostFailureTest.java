package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host whose line is lost while it answers, and one whose store fails at its end. */
class HostFailureTest implements HostListener {
  private static final long SESSION = 77;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final List<Kind> events = new ArrayList<>();
  private final FrameWriter writer = new FrameWriter(64);
  private final byte[] sent = new byte[4096];
  private int length;

  @Override
  public void text(byte[] bytes, int from, int count) {
    text.write(bytes, from, count);
  }

  @Override
  public void event(HostEvent event) {
    events.add(event.kind());
  }

  private void add(long session) {
    length += writer.finish(session, sent, length);
  }

  private void send(HostSession host, ByteSink answers) throws IOException {
    int count = length;
    length = 0;
    host.receive(sent, 0, count, 0, answers);
  }

  private static void ask(HostSession host, ByteSink answers) throws IOException {
    byte[] inits = {-1, 0};
    host.receive(inits, 0, 2, 0, answers);
    host.receive(Plain.question(), 0, Plain.question().length, 0, answers);
  }

  @Test
  void whatWasCarriedOutIsNotCarriedOutAgainWhenItsAnswerFindsTheLineGone() throws IOException {
    // With some number of answers before it, that to PRINT has no room beside them.
    for (int reads = 0; reads < 40; reads++) {
      text.reset();
      printBehind(reads);
      assertEquals("hello", text.toString(StandardCharsets.US_ASCII), "behind " + reads);
    }
  }

  private void printBehind(int reads) throws IOException {
    ByteSink nowhere = (bytes, from, count) -> {};
    var host = new HostSession(PoolLender.heap(4096, 4096), this, () -> SESSION);
    ask(host, nowhere);
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    send(host, nowhere);
    for (int number = 0; number < reads; number++) {
      writer.start(FrameType.READ, number).u32(0).u16(1024);
      add(SESSION);
    }
    byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
    writer.start(FrameType.PRINT, reads).bytes(hello, 0, hello.length);
    add(SESSION);
    assertThrows(
        IOException.class,
        () ->
            send(
                host,
                (bytes, from, count) -> {
                  throw new IOException("the line is gone");
                }));
    host.lineLost();
    // The device sends again what was not answered.
    for (int number = 0; number < reads; number++) {
      writer.start(FrameType.READ, number).u32(0).u16(1024);
      add(SESSION);
    }
    writer.start(FrameType.PRINT, reads).bytes(hello, 0, hello.length);
    add(SESSION);
    send(host, nowhere);
    host.close();
  }

  @Test
  void aStoreThatFailsAtItsEndDoesNotEndItsLine() throws IOException {
    var lender =
        new PoolLender(
            size ->
                new ForwardingStore(new HeapStore(size)) {
                  @Override
                  public void close() {
                    throw new StoreException("the card was removed");
                  }
                },
            4096,
            4096);
    var answers = new ByteArrayOutputStream();
    var host = new HostSession(lender, this);
    byte[] init = {-1, 0, -1, 1, 0, 1, 0, 0};
    for (int i = 0; i < 2; i++) {
      host.receive(init, 0, init.length, 0, answers::write);
    }
    assertEquals(List.of(Kind.POOL, Kind.FAILED, Kind.POOL), events);
    ask(host, answers::write);
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    send(host, answers::write);
    host.close();
    assertEquals(0, lender.lent());
    assertEquals(Kind.FAILED, events.getLast());
  }

  /** The failure of a write is kept for its repeats, and takes the place of request 64 as well. */
  @Test
  void aReadBeforeItsTurnIsNotAnsweredByTheFailureOfAWrite() throws IOException {
    var lent =
        new ForwardingStore(new HeapStore(4096)) {
          @Override
          public void write(long offset, TransferBuffer source) {
            throw new StoreException("the card is full");
          }
        };
    var answers = new ByteArrayOutputStream();
    var host = new HostSession(new PoolLender(size -> lent, 4096, 4096), this, () -> SESSION);
    ask(host, answers::write);
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    writer.start(FrameType.WRITE, 0).u32(0).u8(5);
    add(SESSION);
    for (int number = 1; number < FrameType.HOST_WINDOW - 1; number++) {
      writer.start(FrameType.PING, number);
      add(SESSION);
    }
    send(host, answers::write);
    answers.reset();
    writer.start(FrameType.READ_AT_ONCE, FrameType.HOST_WINDOW).u32(0).u16(1);
    add(SESSION);
    send(host, answers::write);
    var reader = new FrameReader(FrameType.HOST_DATA);
    var types = new ArrayList<Integer>();
    for (int at = 0; at < answers.size(); ) {
      at = reader.feed(answers.toByteArray(), at, answers.size());
      assertTrue(reader.decode());
      types.add(reader.type());
    }
    int answer = FrameType.READ_AT_ONCE | FrameType.ANSWER;
    assertEquals(List.of(FrameType.MISSING, answer), types);
    host.close();
  }

  /** Of an init whose 00 arrives as 01, and what follows, a host makes a pool of 4 GB. */
  @Test
  void aDamagedInitDoesNotEndASession() throws IOException {
    var answers = new ByteArrayOutputStream();
    var host = new HostSession(PoolLender.heap(4096, 4096), this, () -> SESSION);
    ask(host, answers::write);
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    send(host, answers::write);
    byte[] damaged = {-1, 0, -1, 0, -1, 1};
    host.receive(damaged, 0, damaged.length, 0, answers::write);
    ask(host, answers::write);
    ask(host, answers::write);
    answers.reset();
    writer.start(FrameType.RESUME, 0).u64(SESSION);
    add(0);
    send(host, answers::write);
    var reader = new FrameReader(FrameType.HOST_DATA);
    reader.feed(answers.toByteArray(), 0, answers.size());
    assertTrue(reader.decode());
    assertEquals(FrameType.RESUME | FrameType.ANSWER, reader.type());
    host.close();
  }

  /** A board may know no better than to choose the same nonce each time that it starts. */
  @Test
  void aDeviceThatStartsOverWithItsNonceGetsAnotherSession() throws IOException {
    var answers = new ByteArrayOutputStream();
    var ids = List.of(SESSION, SESSION + 1).iterator();
    var host = new HostSession(PoolLender.heap(4096, 4096), this, ids::next);
    ask(host, answers::write);
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    writer.start(FrameType.PING, 0);
    add(SESSION);
    send(host, answers::write);
    answers.reset();
    writer.start(FrameType.OPEN, 0).u32(1).u32(4096);
    add(0);
    send(host, answers::write);
    var reader = new FrameReader(FrameType.HOST_DATA);
    reader.feed(answers.toByteArray(), 0, answers.size());
    assertTrue(reader.decode());
    assertEquals(SESSION + 1, reader.u64(4));
    host.close();
  }

  /** It runs another program since, and did not ask for anything before. */
  @Test
  void aDeviceThatWantsAnotherSizeDoesNotRepeatItself() throws IOException {
    var answers = new ByteArrayOutputStream();
    var ids = List.of(SESSION, SESSION + 1).iterator();
    var host = new HostSession(PoolLender.heap(4096, 4096), this, ids::next);
    ask(host, answers::write);
    for (long size : new long[] {1024, 1024, 4096}) {
      answers.reset();
      writer.start(FrameType.OPEN, 0).u32(1).u32(size);
      add(0);
      send(host, answers::write);
      var reader = new FrameReader(FrameType.HOST_DATA);
      reader.feed(answers.toByteArray(), 0, answers.size());
      assertTrue(reader.decode());
      assertEquals(size == 1024 ? SESSION : SESSION + 1, reader.u64(4));
      assertEquals(size, host.statistics().poolBytes());
    }
    host.close();
  }
}
