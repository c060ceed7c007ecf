package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Cases worked by hand; a letter is a page, a capital a write to it or a dirty one evicted. */
class QueuePoliciesTest {

  @Test
  void fifoIgnoresHits() {
    DemandCache cache = new DemandCache("FIFO", 3);
    assertEquals("abc", cache.run("abc a d e f"));
    assertFalse(cache.policy().tracksHits());
  }

  @Test
  void fifoPassesOverPinnedFramesAndKeepsTheirPlace() {
    DemandCache cache = new DemandCache("FIFO", 3);
    cache.run("abc");
    cache.pin("a");
    assertEquals("b", cache.run("d"));
    cache.unpin("a");
    assertEquals("ac", cache.run("ef"));
  }

  @Test
  void cleanFirstTakesTheOldestCleanPage() {
    DemandCache cache = new DemandCache("FIFO-CLEAN5", 3);
    assertEquals("bc", cache.run("Abc d e"));
    assertFalse(cache.policy().tracksHits());
  }

  @Test
  void cleanFirstTakesADirtyPageAtItsFifthEncounter() {
    DemandCache cache = new DemandCache("FIFO-CLEAN5", 3);
    assertEquals("bcde" + "A", cache.run("Abc defg h"));
  }

  @Test
  void cleanFirstCountsEncountersFromWhenThePageWasBroughtIn() {
    DemandCache cache = new DemandCache("FIFO-CLEAN2", 2);
    assertEquals("bA", cache.run("Ab c d"));
    // A is back in its old frame, and is passed over for f though it was for b before.
    assertEquals("cdefA", cache.run("eA f g h"));
  }

  @Test
  void cleanFirstTakesTheOldestIfAllAreDirty() {
    DemandCache cache = new DemandCache("FIFO-CLEAN5", 3);
    assertEquals("ABC", cache.run("ABC DEF"));
  }

  @Test
  void cleanFirstCountsPinnedFrames() {
    DemandCache cache = new DemandCache("FIFO-CLEAN2", 3);
    cache.run("Abc");
    cache.pin("a");
    assertEquals("bc", cache.run("de"));
    cache.unpin("a");
    assertEquals("Ad", cache.run("fg"));
  }

  @Test
  void cleanFirstWithOneEncounterIsFifo() {
    DemandCache cache = new DemandCache("FIFO-CLEAN1", 3);
    assertEquals("AbC", cache.run("AbC def"));
  }

  @Test
  void cleanFirstCountsASearchThatWasNotCarriedOut() {
    DemandCache cache = new DemandCache("FIFO-CLEAN2", 2);
    cache.run("Ab");
    assertEquals('b', cache.choice());
    assertEquals('a', cache.choice());
  }

  @Test
  void clockLoadsWithTheBitCleared() {
    DemandCache cache = new DemandCache("CLOCK", 3);
    assertEquals("abc", cache.run("abc def"));
    assertTrue(cache.policy().tracksHits());
  }

  @Test
  void clockGivesASecondChanceAtTheEndOfTheOrder() {
    DemandCache cache = new DemandCache("CLOCK", 3);
    assertEquals("bcad", cache.run("abc a d e f g"));
  }

  @Test
  void clockGoesRoundIfAllWereHit() {
    DemandCache cache = new DemandCache("CLOCK", 3);
    assertEquals("abc", cache.run("abc abc d e f"));
    assertEquals("d", new DemandCache("CLOCK", 1).run("a a d d e").substring(1));
  }

  @Test
  void clockLeavesPinnedFramesTheirBit() {
    DemandCache cache = new DemandCache("CLOCK", 3);
    cache.run("abc a");
    cache.pin("a");
    assertEquals("b", cache.run("d"));
    cache.unpin("a");
    assertEquals("c" + "d", cache.run("e" + "f"));
  }

  @Test
  void sieveKeepsTheOrderOfArrival() {
    DemandCache cache = new DemandCache("SIEVE", 3);
    assertEquals("bcd", cache.run("abc a d e f"));
    assertTrue(cache.policy().tracksHits());
    // The hand is at e: it clears e and f, starts over, and finds that a was not hit again.
    assertEquals("a", cache.run("e f g"));
  }

  @Test
  void sieveStartsOverBehindTheNewest() {
    assertEquals("abc", new DemandCache("SIEVE", 1).run("a b b c d"));
  }

  @Test
  void sieveMovesTheHandOffARemovedFrame() {
    DemandCache cache = new DemandCache("SIEVE", 3);
    cache.run("abc a");
    assertEquals('b', cache.choice());
    cache.policy().removed(1);
    cache.policy().check();
    assertEquals('c', cache.choice());
  }

  @Test
  void sieveLeavesPinnedFramesTheirBit() {
    DemandCache cache = new DemandCache("SIEVE", 3);
    cache.run("abc a");
    cache.pin("a");
    assertEquals("bcd", cache.run("d e f"));
    cache.unpin("a");
    // The bits of e and f are cleared, then that of a; e is met again first.
    assertEquals("e", cache.run("e f g"));
  }

  @Test
  void lruTakesTheLeastRecentlyUsed() {
    DemandCache cache = new DemandCache("LRU", 3);
    assertEquals("bca", cache.run("abc a a d e f"));
    assertTrue(cache.policy().tracksHits());
  }

  @Test
  void lruPassesOverPinnedFramesAndKeepsTheirPlace() {
    DemandCache cache = new DemandCache("LRU", 3);
    cache.run("abc");
    cache.pin("ab");
    assertEquals("c", cache.run("d"));
    cache.unpin("ab");
    assertEquals("ab", cache.run("ef"));
  }

  @Test
  void everyPolicyKnowsNoVictimIfAllArePinned() {
    for (String name : Policies.names()) {
      DemandCache cache = new DemandCache(name, 12);
      assertEquals('-', cache.choice(), name);
      cache.run("abcdefghijkl abcdefABCDEF abc abc");
      cache.pin("abcdefghijkl");
      assertEquals('-', cache.choice(), name);
      cache.policy().check();
      cache.unpin("c");
      assertEquals('c', cache.choice(), name);
    }
  }

  @Test
  void everyPolicyRefusesAFrameTwice() {
    for (String name : Policies.names()) {
      ReplacementPolicy policy = Policies.named(name, 4);
      policy.inserted(3, 77);
      var twice = assertThrows(IllegalStateException.class, () -> policy.inserted(3, 78), name);
      assertTrue(twice.getMessage().contains("frame 3"), twice.getMessage());
      policy.removed(3);
      assertThrows(IllegalStateException.class, () -> policy.removed(3), name);
    }
  }
}
