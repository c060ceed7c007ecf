package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done when a line is opened, refused and lost, by a connector that follows a script. */
@Timeout(30)
class KeptLineTest {
  private static final Connector REFUSED =
      () -> {
        throw new IOException("not there");
      };

  private final List<HostEvent> events = new ArrayList<>();
  private final Deque<Connector> script = new ArrayDeque<>();
  private final List<OpenedLine> opened = new ArrayList<>();
  private final KeptLine line =
      new KeptLine(
          this::next,
          new HostListener() {
            @Override
            public void event(HostEvent event) {
              events.add(event);
            }
          });

  /** Takes no part in anything but its end. */
  private static final class OpenedLine implements Transport {
    private int closed;

    @Override
    public int read(byte[] target, int from, int length, long nanos) {
      throw new AssertionError("nobody reads");
    }

    @Override
    public void write(byte[] source, int from, int length) {
      throw new AssertionError("nobody writes");
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** Follows the script; its end is the end of the line. */
  private Transport next() throws IOException {
    if (script.isEmpty()) {
      line.close();
      throw new IOException("the script has ended");
    }
    return script.remove().connect();
  }

  private Transport open() {
    var fresh = new OpenedLine();
    opened.add(fresh);
    return fresh;
  }

  private static HostEvent lost(String message) {
    return new HostEvent(Kind.DISCONNECTED, message);
  }

  @Test
  void aLineThatIsNotThereIsToldOnceEachTime() {
    script.addAll(List.of(REFUSED, REFUSED, this::open, REFUSED, REFUSED, REFUSED));
    line.serve(
        with -> {
          assertSame(opened.getFirst(), with);
          assertTrue(line.isOpen());
          assertTrue(line.is(with));
          assertSame(with, line.await());
        });
    var notThere = lost("the line is waited for: not there");
    var there = new HostEvent(Kind.CONNECTED, "the line is open");
    var gone = lost("the line is gone, waiting for it");
    assertEquals(List.of(notThere, there, gone, notThere), events);
    assertFalse(line.isOpen());
  }

  @Test
  void aLineThatFailsIsClosedAndOpenedAgain() {
    script.addAll(List.of(this::open, this::open));
    line.serve(
        with -> {
          assertSame(opened.getLast(), with);
          throw new IOException("broken");
        });
    assertEquals(4, events.size());
    assertEquals(lost("the line failed, waiting for it: broken"), events.getLast());
    assertEquals(List.of(1, 1), opened.stream().map(each -> each.closed).toList());
  }

  @Test
  void aLineIsClosedWhateverBecomesOfItsUse() {
    script.add(this::open);
    assertThrows(
        IllegalStateException.class,
        () ->
            line.serve(
                with -> {
                  throw new IllegalStateException("a listener has failed");
                }));
    assertEquals(1, opened.getFirst().closed);
    assertFalse(line.isOpen());
  }

  @Test
  void aLineThatIsOpenedAtTheEndIsClosedUnused() {
    script.add(
        () -> {
          line.close();
          return open();
        });
    line.serve(
        with -> {
          throw new AssertionError("it is used after the end");
        });
    assertEquals(1, opened.getFirst().closed);
    assertFalse(line.isOpen());
    assertEquals(List.of(), events);
  }

  @Test
  void theEndClosesALineInUseAndIsNotTold() {
    script.add(this::open);
    line.serve(
        with -> {
          line.close();
          assertFalse(line.is(with));
          assertTrue(opened.getFirst().closed > 0);
          throw new IOException("closed");
        });
    assertEquals(List.of(new HostEvent(Kind.CONNECTED, "the line is open")), events);
    assertTrue(line.isClosed());
    assertNull(line.await());
  }

  /** Who writes may find out after who reads has opened it anew. */
  @Test
  void givingUpALineThatWasReplacedLeavesTheNewOneOpen() {
    script.addAll(List.of(this::open, this::open));
    line.serve(
        with -> {
          line.giveUp(opened.getFirst());
          assertEquals(opened.size() == 2, line.isOpen());
        });
    assertEquals(0, script.size());
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws InterruptedException {
    for (boolean serves : new boolean[] {false, true}) {
      var other = new KeptLine(REFUSED, new HostListener() {});
      Runnable wait = serves ? () -> other.serve(with -> {}) : other::await;
      Thread thread = Thread.ofPlatform().daemon().start(wait);
      thread.interrupt();
      thread.join();
      assertTrue(other.isClosed());
    }
  }
}
