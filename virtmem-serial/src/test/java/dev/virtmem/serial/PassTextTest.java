package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PassTextTest {
  private static final int CAPACITY = 8;
  private static final String NOT_TAKEN =
      "the text is not taken, or too slowly: all but the last 8 bytes of it are dropped";

  private final List<String> told = new ArrayList<>();

  private PassText text(Runnable whileTelling) {
    return new PassText(
        CAPACITY,
        new HostListener() {
          @Override
          public void event(HostEvent event) {
            whileTelling.run();
            told.add(event.message());
          }
        });
  }

  private static void takeAll(PassText text) {
    assertEquals(CAPACITY, text.take(new byte[CAPACITY]));
    text.arrived();
  }

  @Test
  void whatHappensFirstIsToldFirst() throws Exception {
    var text = new PassText[1];
    var taker = Thread.ofPlatform().unstarted(() -> takeAll(text[0]));
    text[0] =
        text(
            () -> {
              if (taker.getState() == Thread.State.NEW) {
                taker.start();
                // Until it has told, or is made to wait with that.
                while (taker.isAlive() && taker.getState() != Thread.State.BLOCKED) {
                  Thread.onSpinWait();
                }
              }
            });
    text[0].add(new byte[CAPACITY + 3], 0, CAPACITY + 3);
    taker.join();
    assertEquals(List.of(NOT_TAKEN, "the text is taken again, 3 bytes of it were dropped"), told);
  }

  @Test
  void overflowsAreToldAtTheFirstSecondFourthAndEighthTime() {
    PassText text = text(() -> {});
    for (int i = 0; i < 11; i++) {
      text.add(new byte[CAPACITY + 1], 0, CAPACITY + 1);
      takeAll(text);
    }
    var expected = new ArrayList<String>();
    for (int count : new int[] {1, 2, 4, 8}) {
      expected.add(NOT_TAKEN);
      expected.add("the text is taken again, " + count + " bytes of it were dropped");
    }
    assertEquals(expected, told);
    text.add(new byte[5], 0, 5);
    text.end();
    text.close();
    text.close();
    expected.add("the text ends, 16 bytes of it were dropped");
    assertEquals(expected, told);
    assertEquals(16, text.dropped());
  }

  @Test
  void theLastTextIsKeptAndWhatWasLostOnTheWayCounts() {
    PassText text = text(() -> {});
    text.add("0123456789x".getBytes(StandardCharsets.US_ASCII), 0, 10);
    text.add("ab".getBytes(StandardCharsets.US_ASCII), 0, 2);
    var taken = new byte[3];
    assertEquals(3, text.take(taken));
    assertEquals("456", new String(taken, StandardCharsets.US_ASCII));
    assertEquals(4, text.dropped());
    text.lost(3);
    assertEquals(7, text.dropped());
    assertEquals(3, text.take(taken));
    text.arrived();
    assertEquals(List.of(NOT_TAKEN), told);
    text.close();
    assertEquals(List.of(NOT_TAKEN, "the text ends, 9 bytes of it were dropped"), told);
  }

  @Test
  void nothingDroppedIsNothingToTell() {
    PassText text = text(() -> {});
    text.add(new byte[CAPACITY], 0, CAPACITY);
    takeAll(text);
    text.close();
    assertEquals(List.of(), told);
  }

  /** What is there when it ends is dropped, whoever ends it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoWaitsForTextIsLetGoAtTheEnd(boolean interrupted) throws InterruptedException {
    PassText text = text(() -> {});
    var counts = new ArrayList<Integer>();
    Thread taker = Thread.ofPlatform().daemon().start(() -> counts.add(text.take(new byte[1])));
    while (taker.getState() != Thread.State.WAITING) {
      assertTrue(taker.isAlive(), "it does not wait");
      Thread.onSpinWait();
    }
    if (interrupted) {
      taker.interrupt();
    } else {
      text.end();
    }
    taker.join();
    text.add(new byte[2], 0, 2);
    counts.add(text.take(new byte[1]));
    assertEquals(List.of(0, 0), counts);
    text.close();
    assertEquals(List.of("the text ends, 2 bytes of it were dropped"), told);
  }
}
