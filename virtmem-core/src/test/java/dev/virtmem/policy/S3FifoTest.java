package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Cases worked by hand with 4 frames: 1 for the small queue, 3 for the main one, 3 ghosts. */
class S3FifoTest {

  private final DemandCache cache = new DemandCache("S3FIFO", 4);

  @Test
  void tracksHits() {
    assertTrue(cache.policy().tracksHits());
  }

  @Test
  void movesPagesBetweenItsQueues() {
    assertEquals("a", cache.run("abcd e"));
    // The ghost a enters main: small cde, main a.
    assertEquals("b", cache.run("a"));
    // Two hits move c to main: small ef, main ac.
    assertEquals("d", cache.run("cc f"));
    // The ghosts b and e enter main, g goes through small: small empty, main acbe.
    assertEquals("efg", cache.run("b g e"));
    // Main is above its share, and a leaves no ghost: it comes back into small.
    assertEquals("ah", cache.run("h a"));
    // One hit keeps c in main: small x, main ehc.
    assertEquals("adb", cache.run("c d h x"));
  }

  @Test
  void oneHitIsTooFewForTheMainQueue() {
    assertEquals("abc", cache.run("abcd abc efg"));
  }

  @Test
  void findsTheOldestGhostThoughItsVictimBecomesOne() {
    // Small h, main cbe, ghosts d, f and g.
    assertEquals("abdefga", cache.run("abcd e a cc f b g e h"));
    // If d had been forgotten it would be in small, and x would evict it.
    assertEquals("hc", cache.run("d x"));
  }

  @Test
  void countsThreeHitsAtMost() {
    // All move to main, whose oldest page is evicted: small e, main bcd.
    assertEquals("a", cache.run("abcd abcd abcd e"));
    cache.run("bbbbbbbbb ccc ddd");
    cache.pin("e");
    // Three rounds bring all of main to 0: b goes first, for all its nine hits.
    assertEquals("b", cache.run("f"));
  }

  @Test
  void passesOverPinnedFramesAndKeepsTheirPlace() {
    cache.run("abcd");
    cache.pin("ab");
    assertEquals("c", cache.run("e"));
    cache.unpin("a");
    assertEquals("a", cache.run("f"));
    cache.unpin("b");
    assertEquals("b", cache.run("g"));
  }

  @Test
  void takesFromTheSmallQueueIfAllOfTheMainQueueIsPinned() {
    DemandCache large = new DemandCache("S3FIFO", 20);
    String letters = "abcdefghijklmnopqrst";
    // All move to main: small u, main b to t, which is 19 pages where its share is 18.
    assertEquals("a", large.run(letters + letters + letters + "u"));
    large.pin(letters.substring(1));
    large.run("uuu");
    assertEquals('u', large.choice());
  }
}
